"""Checks, hints and grading for the course."""
