"""The paper's memory: rows in, frozen values out."""
