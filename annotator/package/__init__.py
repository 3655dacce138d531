"""A package: exports in one folder or ZIP, with what a receiver needs to understand, check and cite them."""
