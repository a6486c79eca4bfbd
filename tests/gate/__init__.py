"""The gate: measures the course's checks by wrong answers, mutants and right answers."""
