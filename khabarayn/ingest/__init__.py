"""Import stories (fetch, identify, adapt, accept) and export the paper's own."""
