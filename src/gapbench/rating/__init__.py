"""The rules: pure functions from answers to values, groups, levels, findings and verdicts."""
