"""Which stories belong beside a story: a port and its engines."""
