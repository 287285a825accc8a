"""Pages that arrange the site: sections, tags, bylines, redirects, words, settings."""
