"""The pages that compose the front page and the editions."""
