"""The page: one article, read-only, with its marks painted by us and never put into the Qt document."""
