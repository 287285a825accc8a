"""The verbs of a story, one a file: draft, revise, publish, correct, withdraw and the like."""
