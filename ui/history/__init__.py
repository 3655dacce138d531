"""The history: who did what when, and an article as it was."""
