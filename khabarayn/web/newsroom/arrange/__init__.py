"""The pages that order the site: sections, tags, bylines, redirects, words, settings."""
