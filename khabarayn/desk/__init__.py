"""The editorial verbs, one a file: the only code that writes to the database."""
