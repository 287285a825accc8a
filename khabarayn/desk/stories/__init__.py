"""A story's life, a verb a file: drafting, revising, publishing, correcting, withdrawing."""
