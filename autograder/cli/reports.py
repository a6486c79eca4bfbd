"""``autograder feedback`` and ``autograder report``: what was marked, for each student and for the class."""
