"""What a format cannot hold: counted by reason, with the ids of what was concerned and the rule that was used.

The ids of a large export would fill the memory, so they wait in a temporary file until the report is written.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import SEEK_END
from itertools import islice
from typing import IO, BinaryIO

import orjson

from annotator.language import N_
from annotator.reports import Loss, Reason

_IN_MEMORY = 1 << 16
_AT_ONCE = 1000
_FIRST = 200  # ids of a reason, which a person may want to look at


TEXTS = Reason("text", N_("The texts and source records of {count} articles are left out."))
UNMARKED = Reason("article_without_annotations", N_("{count} articles without annotations are left out."))
SOURCES = Reason(
    "source_record", N_("The source records of {count} articles (file, hashes, who imported it) are left out.")
)
FRAMES = Reason("claim_frame", N_("{count} claim frames (who says it, with which words, where and when) are left out."))
VERDICTS = Reason("verdict", N_("{count} verdicts are left out."))
LINKS = Reason("entity_link", N_("{count} links of annotations to the register are left out."))
ENTITIES = Reason("entity", N_("{count} actors and places of the register are left out."))
RELATIONS = Reason("relation", N_("{count} relations between claims are left out."))
ACROSS = Reason("relation_across_articles", N_("{count} relations between claims of different articles are left out."))
NOTES = Reason("note", N_("The notes of {count} annotations are left out."))
FORMS = Reason("plain_form", N_("The plain forms of {count} annotations are left out."))
REVIEWERS = Reason("reviewer", N_("Whose {count} annotations are is left out, and when they were made."))
OVERLAPS = Reason(
    "overlap",
    N_("{count} annotations overlap with another and are left out."),
    N_("The longest span is kept, of equals the earlier."),
)
SUB_TOKENS = Reason("sub_token", N_("{count} annotations begin or end inside a token."))
NEWLINES = Reason("newline", N_("{count} annotations run over the end of a line."))
CARRIED = Reason(
    "carried_over",
    N_("That {count} annotations were carried over from an earlier version of their article is left out."),
)
OLDER_LABELS = Reason(
    "label_set_version", N_("Under which version of the label set {count} annotations were made is left out.")
)
BEYOND_BMP = Reason("non_bmp", N_("The texts of {count} articles have characters that other programs count as two."))


class Losses:
    """Counts what a writer could not write. A context manager: it holds a temporary file."""

    def __init__(self) -> None:
        self._counts: dict[Reason, int] = {}
        self._ids: dict[Reason, IO[bytes]] = {}
        self._files = ExitStack()

    def __enter__(self) -> Losses:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, reason: Reason, *ids: str, count: int | None = None) -> None:
        """Note that these things did not fit, by their ids; `count` where they have none, or it is not one each."""
        number = len(ids) if count is None else count
        if not number:
            return
        self._counts[reason] = self._counts.get(reason, 0) + number
        if ids:
            self._file_of(reason).write("".join(f"{identity}\n" for identity in ids).encode())

    def found(self) -> tuple[Loss, ...]:
        """Return the losses by reason, in the order in which these first came up."""
        return tuple(Loss(reason, count, self._first_of(reason)) for reason, count in self._counts.items())

    def write(self, file: BinaryIO, head: dict[str, object]) -> None:
        """Write the report as one JSON object: `head`, then the losses with their ids; an empty list when nothing is lost."""
        file.write(orjson.dumps(head, option=orjson.OPT_INDENT_2).removesuffix(b"\n}") + b',\n  "losses": [')
        for number, loss in enumerate(self.found()):
            file.write(b",\n" if number else b"\n")
            self._write_loss(file, loss)
        file.write(b"\n  ]\n}\n")

    def _write_loss(self, file: BinaryIO, loss: Loss) -> None:
        record = {
            "reason": loss.reason.key,
            "count": loss.count,
            "sentence": str(loss.sentence),
            "rule": loss.reason.rule,
        }
        file.write(b"    " + orjson.dumps(record).removesuffix(b"}") + b',"ids":[')
        ids, before = self._ids_of(loss.reason), b""
        while some := list(islice(ids, _AT_ONCE)):
            file.write(before + orjson.dumps(some)[1:-1])
            before = b","
        file.write(b"]}")

    def _file_of(self, reason: Reason) -> IO[bytes]:
        if reason not in self._ids:
            file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with all others in `__exit__`
            self._ids[reason] = self._files.enter_context(file)
        return self._ids[reason]

    def _first_of(self, reason: Reason) -> tuple[str, ...]:
        """Return the first ids; more can be noted afterwards."""
        first = tuple(islice(self._ids_of(reason), _FIRST))
        if reason in self._ids:
            self._ids[reason].seek(0, SEEK_END)
        return first

    def _ids_of(self, reason: Reason) -> Iterator[str]:
        file = self._ids.get(reason)
        if file is not None:
            file.seek(0)
            yield from (line.rstrip(b"\n").decode() for line in file)
