"""Reviewing in the window: comparing layers, settling them, what became of one's marks, comments, roles and lots."""
