"""Which program this is: it is written into the record of every article it brings in."""

VERSION = "0.1.0"
PROGRAM = f"Hashiya {VERSION}"
