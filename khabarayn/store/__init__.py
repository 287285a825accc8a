"""Database, models and queries: rows go in, frozen values come out."""
