"""The front page, the breaking strip and the editions, a verb a file."""
