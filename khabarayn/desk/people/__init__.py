"""Accounts, sign-in, second factors, sessions and the audit log."""
