"""Sign-in, account, people and audit pages."""
