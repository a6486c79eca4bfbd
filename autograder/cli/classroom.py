"""``autograder collect`` and ``autograder export``: from and to a learning management system."""
