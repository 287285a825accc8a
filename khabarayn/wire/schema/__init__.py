"""The JSON Schema that stories in ninjs are held to."""
