"""What news is, apart from how it is stored or shown: pure values and pure functions."""
