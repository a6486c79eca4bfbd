"""A batch that is killed, at any moment, and started again."""
