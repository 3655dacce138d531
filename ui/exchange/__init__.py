"""Sending work to another laptop and receiving it, in the window."""
