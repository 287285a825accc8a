"""Queries, each named by what it returns; they return frozen values."""
