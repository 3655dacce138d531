"""SQLite only here: the project file, its operation log, and the current state that follows from the log."""
