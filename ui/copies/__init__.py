"""Copies of one text side by side, and whether they are copies. Differences are found without Qt."""
