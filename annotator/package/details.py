"""What whoever hands a package out says about it, and the things in it; what nobody said is empty and is never made up."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_PERSON = re.compile(r"(?P<name>[^<>]*[^<>\s])\s*<(?P<address>https?://[^<>\s]+)>")


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made the data: a name, and an address (ORCID, ROR or another) if one was given."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PackageDetails:
    """What is said about a package. `licence` is a key of the SPDX list, an address or a sentence; `creators` are written
    as a name or as `name <address>`.
    """

    title: str = ""
    licence: str = ""
    citation: str = ""
    creators: tuple[str, ...] = ()

    @property
    def made_by(self) -> list[Creator]:
        """The creators, each with name and address."""
        return [_creator(one) for one in map(on_one_line, self.creators) if one]

    @property
    def missing(self) -> list[str]:
        """The names of what was not given."""
        given = {"title": self.title, "licence": self.licence, "citation": self.citation, "creators": self.made_by}
        return [name for name, value in given.items() if not value]


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a package: its path with `/`, its size in bytes, its SHA-256, and the format it belongs to, if any."""

    path: str
    size: int
    sha256: str
    format: str = ""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """The ending of its name, without the dot."""
        return self.name.rpartition(".")[2]


def on_one_line(text: str) -> str:
    """Return what a person typed on one line."""
    return " ".join(text.split())


def is_address(text: str) -> bool:
    """Tell whether a licence is given by its address."""
    return text.startswith(("https://", "http://"))


def is_key(text: str) -> bool:
    """Tell whether a licence is given by its key."""
    return _KEY.fullmatch(text) is not None


def _creator(text: str) -> Creator:
    found = _PERSON.fullmatch(text)
    return Creator(found["name"], found["address"]) if found else Creator(text)


MEDIA_TYPES = {
    "csv": "text/csv", "json": "application/json", "jsonl": "application/jsonl", "jsonld": "application/ld+json",
    "geojson": "application/geo+json", "txt": "text/plain", "md": "text/markdown", "html": "text/html",
    "xml": "application/xml", "parquet": "application/vnd.apache.parquet", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
"""The media types of files by ending; any other is `application/octet-stream` or text nobody registered a type for."""


def media_type(file: PackedFile) -> str:
    """Return the media type of a file."""
    return MEDIA_TYPES.get(file.ending, "application/octet-stream")
