"""The Arabic language as the rest of the house needs it: pure functions, no Flask, no database."""
