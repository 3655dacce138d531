"""The claim board: all claims of the project in one table, and how they are linked to each other."""
