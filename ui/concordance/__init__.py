"""The concordance: a search in all articles, its hits line by line with what stands beside them, and marking them."""
