"""Finding stories by what people type: one port, SQLite FTS5 or PostgreSQL behind it."""
