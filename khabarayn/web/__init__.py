"""The doors that speak HTTP; its rooms share only what stands beside them here."""
