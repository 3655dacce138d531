"""Looking at files before they are imported: what they hold, what of it is there already, where somebody should decide."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from annotator.errors import ProjectError
from annotator.incoming import Incoming, Item, stamp_of
from annotator.likeness import Likeness
from annotator.model import Details
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Table
from annotator.readers.source_file import SourceFile
from annotator.reports import RefusedFile
from annotator.store import queries
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.identity import article_id
from annotator.survey import Found, Stamp, Survey, Told

LONGEST_LIST = 20_000
_BEGINNING = 600


class Surveyor:
    """One survey of files, compared with an open project; it writes nothing."""

    def __init__(self, connection: Connection, incoming: Incoming, *, told: Told | None = None) -> None:
        self._connection = connection
        self._incoming = incoming
        self._told = told
        self._likeness = Likeness(connection)
        self._compared: list[int] = []  # which of the articles found were given to it
        self._found: list[Found] = []
        self._refused: list[RefusedFile] = []
        self._tables: dict[Path, Table] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._met: set[bytes] = set()
        self._truncated = 0

    def run(self) -> Survey:
        """Read everything once and return what was found."""
        for file in self._incoming.files():
            if isinstance(file, SourceFile):
                self._look_into(file)
            else:
                self._refuse(file[0], file[1])
        for at, likely in self._likeness.answers().items():
            number = self._compared[at]
            self._found[number] = replace(self._found[number], near=likely.near, corrects=likely.corrects)
        return Survey(
            tuple(self._found), tuple(self._refused), self._tables, self._stamps, self._incoming.cancelled, self._truncated
        )  # fmt: skip

    def _look_into(self, file: SourceFile) -> None:
        with suppress(ProjectError):  # reading it says the same, with the file's name
            self._stamps[file.path] = stamp_of(file)
            reader = reader_for(file)
            if reader.table:
                self._tables[file.path] = reader.table(file, self._incoming.options(file.path))
        for item in self._incoming.items(file):
            if isinstance(item.content, ProjectError):
                self._refuse(file.path, item.content)
            elif isinstance(item.content, Draft):
                self._meet(item, item.content)

    def _meet(self, item: Item, draft: Draft) -> None:
        if len(self._found) >= LONGEST_LIST:
            self._truncated += 1
            return
        identity = article_id(draft.sha256)
        there = identity in self._met or queries.has_article(self._connection, identity)
        if not there:
            self._met.add(identity)
            self._compared.append(len(self._found))
            self._likeness.add(item.file.path, item.number, draft)
        self._found.append(_found(item, draft, uuid_text(identity) if there else ""))
        self._tell(self._found[-1])

    def _refuse(self, file: Path, error: ProjectError) -> None:
        self._refused.append(RefusedFile(file, error.sentence))
        self._tell(self._refused[-1])

    def _tell(self, one: Found | RefusedFile) -> None:
        if self._told:
            self._told(one)


def _found(item: Item, draft: Draft, same_as: str) -> Found:
    return Found(
        item.file.path, item.number, Details(draft.title, draft.outlet, draft.author, draft.date), draft.url,
        draft.encoding, draft.confidence, len(draft.text), draft.text[:_BEGINNING], draft.sha256, draft.notes,
        draft.doubts, same_as, annotations=len(draft.annotations),
    )  # fmt: skip
