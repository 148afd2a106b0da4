"""What a consultant does: scoping, the walk, readiness, findings, the plan, the deliverable; one module per activity."""
