"""Honest submissions, damaged as people damage them: each must get the marks that it had, or a person's look."""
