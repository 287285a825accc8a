"""Backups: snapshots of the database, its files and its keys in a folder or a bucket."""
