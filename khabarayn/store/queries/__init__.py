"""Questions asked of the paper's memory, each named by its answer; answers are frozen values."""
