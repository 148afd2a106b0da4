"""What a consultant does: scoping, the walk, readiness, findings, the plan, the deliverable; a module for each."""
