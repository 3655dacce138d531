"""The statistics dock: pictures of the work, the same as tables, and how well reviewers agree."""
