"""The lines of a concordance as a table for spreadsheets: CSV as `csv_table` writes it, one row a hit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from annotator.concordance import KwicLine
from annotator.writers.sheet import unrunnable
from annotator.writers.target import whole_file

COLUMNS = ("article_id", "article_title", "start", "end", "left", "hit", "right", "labels")


def write_lines(lines: Iterable[KwicLine], path: Path) -> int:
    """Write lines to a file and return how many they were. Raises CannotWrite or DiskFull."""
    count = 0
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for count, one in enumerate(lines, start=1):  # noqa: B007 - counts for what comes after
            words = (one.left, one.hit, one.right, " ".join(one.labels))
            rows.writerow([one.article, unrunnable(one.title), one.start, one.end, *map(unrunnable, words)])
        text.flush()
        text.detach()
    return count
