"""Showing, proving and handing out the evidence of an article."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from annotator.errors import CannotWrite, FolderNotEmpty, UnknownArticle
from annotator.evidence import Evidence, Verification, evidence_record, evidence_text
from annotator.handling import Handling
from annotator.language import Translate
from annotator.model import Article
from annotator.open_project import OpenProject
from annotator.store import custody, nearness
from annotator.store.clock import iso_time, system_milliseconds, time_of, uuid_text
from annotator.text.canonical import text_sha256
from annotator.writers.target import whole_file

_NEUTRAL = frozenset({"source", "sha256", "updated_at"})  # what no correction changes, or says nothing


class Custody(OpenProject):
    """The part of the project that answers for what was read."""

    def evidence(self, article: str) -> Evidence:
        """Return all that proves what was read, verified now; raise UnknownArticle."""
        found, original = self.article(article), self.original(article)
        identity = self._article_bytes(article)
        group = nearness.group_of(self._connection, identity)
        return Evidence(
            found.id, found.details, found.language, found.source, len(original), len(found.text), found.sha256,
            found.replaces, tuple(custody.corrections_of(self._connection, identity)),
            tuple(uuid_text(one) for one in group) if len(group) > 1 else (),
            tuple(_custody(custody.operations_on(self._connection, identity))),
            self._verified(identity, found, original),
        )  # fmt: skip

    def original(self, article: str) -> bytes:
        """Return the bytes of the file that an article was made from; raise UnknownArticle."""
        found = custody.original(self._connection, self._article_bytes(article))
        if found is None:
            raise UnknownArticle(id=article)
        return found

    def export_evidence(self, article: str, folder: str | Path, *, translate: Translate = str) -> Path:
        """Write a folder with the original, the text, the evidence as JSON and as text, and SHA256SUMS of these.

        It appears whole or not at all. Raises UnknownArticle, FolderNotEmpty, CannotWrite or DiskFull.
        """
        evidence, folder = self.evidence(article), Path(folder)
        files = {
            f"original{_ending(evidence.source.file)}": self.original(article),
            "text.txt": self.article(article).text.encode("utf-8"),
            "record.json": orjson.dumps(evidence_record(evidence), option=orjson.OPT_INDENT_2, default=str),
            "record.txt": evidence_text(evidence, translate).encode("utf-8"),
        }
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
        with _whole_folder(folder) as inside:
            for name, data in {**files, "SHA256SUMS": sums.encode("ascii")}.items():
                with whole_file(inside / name) as file:
                    file.write(data)
        return folder

    def _verified(self, identity: bytes, article: Article, original: bytes) -> Verification:
        return Verification(
            iso_time(system_milliseconds()),
            hashlib.sha256(original).hexdigest() == article.source.bytes_sha256,
            text_sha256(article.text) == article.sha256,
            custody.is_intact(self._connection, identity),
        )


def _custody(operations: Iterator[custody.Entry]) -> Iterator[Handling]:
    """Yield what was done to an article, each time with what differs from before."""
    before: dict[str, Any] = {}
    for entry in operations:
        kept = before if entry.kind == "article" else {}
        changes = dict(_changes(kept, entry.value or {})) if kept or entry.kind != "article" else {}
        if entry.kind == "article":
            before = entry.value or {}
        yield Handling(
            time_of(entry.id), entry.reviewer, entry.action, uuid_text(entry.id), uuid_text(entry.replica), changes
        )  # fmt: skip


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in sorted((before.keys() | after.keys()) - _NEUTRAL):
        if before.get(name) != after.get(name):
            yield name, (before.get(name), after.get(name))


def _ending(file: str) -> str:
    """Return the ending of a file's name if it is a plain one: it goes into a name of ours."""
    ending = Path(file).suffix
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 8 else ""


@contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder that becomes `folder` only if the block succeeds."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(path=folder)
    inside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        inside.mkdir(parents=True)
        yield inside
        with suppress(FileNotFoundError):
            folder.rmdir()
        inside.replace(folder)
    except OSError as error:
        raise CannotWrite(path=folder, reason=error.strerror or error) from error
    finally:
        shutil.rmtree(inside, ignore_errors=True)
