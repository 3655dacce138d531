"""Review: comparing the layers of several reviewers, measuring how well they agree, and settling where they do not."""
