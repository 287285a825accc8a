"""Work that is done after the answer: intents kept as rows, done by whoever sweeps."""
