"""Verbs of the front page, the breaking-news strip and the editions."""
