"""The picture library's pages and uploads."""
