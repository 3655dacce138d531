"""Getting articles in by the window: what files hold, what a reviewer decides about it, and what became of it."""
