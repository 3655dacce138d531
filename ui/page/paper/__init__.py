"""The page on paper: what is printed, sheet by sheet. `ui/page/printing.py` puts it together."""
