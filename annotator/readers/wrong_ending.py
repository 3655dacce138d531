"""What is noted when a file is of another format than its name says."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from annotator.language import N_, Sentence
from annotator.readers.source_file import SourceFile


def ending_notes(source: SourceFile, endings: Collection[str], format: str | Sentence) -> Iterator[Sentence]:
    """Yield the note that a file's ending is none of its format, if so."""
    ending = source.path.suffix
    if ending.lower() not in endings:
        template = N_("Its name ends in “{ending}”, but it is {format} and was read as that.")
        yield Sentence(template, {"ending": ending, "format": format})
