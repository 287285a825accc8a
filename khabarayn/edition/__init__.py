"""Editions: a chosen set of stories as one signed file for phones, and as an e-book."""
