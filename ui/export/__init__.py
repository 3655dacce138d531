"""Taking work out: what is asked for, the dialog that asks, and doing it."""
