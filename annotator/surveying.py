"""Looking at files before they are imported: what they hold, what of it is there already, where somebody should decide."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import ProjectError
from annotator.incoming import Incoming, Item, stamp_of
from annotator.model import Details, RefusedFile
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Table
from annotator.readers.source_file import SourceFile
from annotator.store import queries
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.identity import article_id
from annotator.survey import Found, Stamp, Survey

LONGEST_LIST = 20_000
_BEGINNING = 600


class Surveyor:
    """One survey of files, compared with an open project; it writes nothing."""

    def __init__(self, connection: Connection, incoming: Incoming) -> None:
        self._connection = connection
        self._incoming = incoming
        self._found: list[Found] = []
        self._refused: list[RefusedFile] = []
        self._tables: dict[Path, Table] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._met: set[str] = set()
        self._truncated = 0

    def run(self) -> Survey:
        """Read everything once and return what was found."""
        for file in self._incoming.files():
            if isinstance(file, SourceFile):
                self._look_into(file)
            else:
                self._refused.append(RefusedFile(file[0], file[1].sentence))
        return Survey(
            tuple(self._found), tuple(self._refused), self._tables, self._stamps, self._incoming.cancelled,
            self._truncated,
        )  # fmt: skip

    def _look_into(self, file: SourceFile) -> None:
        try:
            self._stamps[file.path] = stamp_of(file)
            reader = reader_for(file)
            if reader.table:
                self._tables[file.path] = reader.table(file, self._incoming.options(file.path))
        except ProjectError:
            pass  # reading it says the same, with its reason
        for item in self._incoming.items(file):
            self._meet(item)

    def _meet(self, item: Item) -> None:
        if isinstance(item.content, ProjectError):
            self._refused.append(RefusedFile(item.file.path, item.content.sentence))
        elif isinstance(item.content, Draft):
            if len(self._found) < LONGEST_LIST:
                self._found.append(self._found_of(item, item.content))
            else:
                self._truncated += 1

    def _found_of(self, item: Item, draft: Draft) -> Found:
        identity = article_id(draft.sha256)
        there = draft.sha256 in self._met or queries.has_article(self._connection, identity)
        self._met.add(draft.sha256)
        return Found(
            item.file.path, item.number, Details(draft.title, draft.outlet, draft.author, draft.date), draft.url,
            draft.encoding, draft.confidence, len(draft.text), draft.text[:_BEGINNING], draft.sha256, draft.notes,
            draft.doubts, uuid_text(identity) if there else "", annotations=len(draft.annotations),
        )  # fmt: skip
