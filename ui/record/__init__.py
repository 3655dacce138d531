"""The record of an article: what is said about it, where it came from, and what happened to it since."""
