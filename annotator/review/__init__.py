"""Comparing the layers of an article and making the final one of them; no SQL and no files, only values."""
