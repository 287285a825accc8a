"""Pictures: checked, made small in a child process, and kept in a folder or a bucket."""
