"""The grader: submissions in, marks and feedback out. It knows of the course only what it is handed."""
