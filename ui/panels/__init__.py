"""The panels around the page; none knows another."""
