"""The manifest of a bundle: what it is, of which project, from whom, and which files hold what.

The format stands in docs/formats/bundle.md, its JSON Schema in docs/formats/hashiya-bundle-1.schema.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from annotator.store.segments import Segment
from annotator.store.shapes import fields, identity, many, maybe, sha256, text, whole, words

FORMAT, VERSION = "hashiya-bundle", 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Head:
    """How far a replica goes: its last operation and the hash of it (hexadecimal)."""

    replica: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the bundle with a range of a replica's operations; `before` and `after` are the hashes around it."""

    file: str
    replica: str
    first: int
    last: int
    before: str
    after: str

    def segment(self) -> Segment:
        """Return the range as the store knows it."""
        replica = bytes.fromhex(self.replica.replace("-", ""))
        return Segment(replica, self.first, self.last, bytes.fromhex(self.before), bytes.fromhex(self.after))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. `since` is what its receiver must have, `heads` what its sender has.

    `reviewers` are those for whom it was made; None for all. `sha256` are the digests of the files by name.
    """

    project: str
    name: str
    project_format: int
    program: str
    made_at: str
    sender: str
    reviewers: Sequence[str] | None
    since: Sequence[Head]
    heads: Sequence[Head]
    segments: Sequence[Part]
    texts: Sequence[str]
    originals: Sequence[str]
    articles: int
    sha256: Mapping[str, str]

    @property
    def operations(self) -> int:
        """How many operations it holds."""
        return sum(one.last - one.first + 1 for one in self.segments)


_HEAD = fields({"replica": identity, "seq": whole, "hash": sha256})
_PART = fields(
    {"file": words, "replica": identity, "first": whole, "last": whole, "before": sha256, "after": sha256}
)  # fmt: skip
_SHAPE = fields(
    {
        "format": words, "version": whole, "digest": sha256, "project": identity, "name": text, "project_format": whole,
        "program": text, "made_at": text, "sender": words, "reviewers": maybe(many(words)), "since": many(_HEAD),
        "heads": many(_HEAD), "segments": many(_PART), "texts": many(words), "originals": many(words), "articles": whole,
        "sha256": lambda value: type(value) is dict and all(map(text, value)) and all(map(sha256, value.values())),
    }
)  # fmt: skip


def encoded(manifest: Manifest) -> bytes:
    """Return a manifest as JSON, with the digest over all the rest of it."""
    record = {"format": FORMAT, "version": VERSION} | asdict(manifest)
    return orjson.dumps(record | {"digest": _digest(record)}, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def format_of(record: Any) -> tuple[str, int, int]:
    """Return the format, the version and the project's format that a manifest says it is of, before all else is looked at."""
    if not isinstance(record, dict):
        return "", 0, 0
    found = record.get("format"), record.get("version"), record.get("project_format")
    return (found[0] if isinstance(found[0], str) else ""), _number(found[1]), _number(found[2])


def decoded(record: dict[str, Any]) -> Manifest | None:
    """Return the manifest in a JSON value, or None when it is not what a program of ours writes."""
    if not _SHAPE(record) or record["version"] != VERSION or record["digest"] != _digest(record):
        return None
    given = {name: value for name, value in record.items() if name not in ("format", "version", "digest")}
    given |= {name: tuple(Head(**one) for one in record[name]) for name in ("since", "heads")}
    found = Manifest(**given | {"segments": tuple(Part(**one) for one in record["segments"])})
    return found if all(1 <= one.first <= one.last for one in found.segments) else None


def _digest(record: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in record.items() if name != "digest"}
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _number(value: Any) -> int:
    return value if type(value) is int else 0
