"""Pictures: validated, resized in a child process, and stored in a folder or a bucket."""
