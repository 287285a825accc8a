"""How a paper looks: name, wordmark, hues, faces and sign as one value, and what is drawn of it."""
