"""Rules of the Arabic language: pure functions, no Flask, no database."""
