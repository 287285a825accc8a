"""The world's news becomes proposals: fetched, identified, adapted, accepted; and ours goes out."""
