"""The editorial verbs: one a file, and the only code that changes what the paper remembers."""
