"""What orders the site: sections, tags, bylines, redirects, words, settings."""
