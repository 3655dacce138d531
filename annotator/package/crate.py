"""`ro-crate-metadata.json`: a package as a research object: its files, who made it and with what.

RO-Crate 1.1, https://w3id.org/ro/crate/1.1. Its context is schema.org of 2020, which lacks `sha256` and `creditText`. A folder
of many files is one entity; its files stand in `datapackage.json`. Contexts are named and never fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotator.package.details import (
    Creator,
    PackageDetails,
    PackedFile,
    is_address,
    is_key,
    media_type,
    on_one_line,
)
from annotator.package.tally import Tally
from annotator.version import PROGRAM, VERSION

METADATA = "ro-crate-metadata.json"
_CRATE = "https://w3id.org/ro/crate/1.1"
_TERMS = {"sha256": "https://schema.org/sha256", "creditText": "https://schema.org/creditText"}
_SPDX = "https://spdx.org/licenses/"
_SOFTWARE, _ACTION, _LICENCE = "#hashiya", "#export", "#licence"
_ABOUT = (
    "Annotations of news articles: actors, places and claims. A claim is what somebody says, never a fact; a verdict is what "
    "one reviewer holds of it. {articles} articles, {annotations} annotations, label set {labels}, guideline {guideline}. "
    "The date is that of the newest change in it."
)
_MANY = 50


def crate(
    files: Iterable[PackedFile], tally: Tally, details: PackageDetails, *, title: str, created: str
) -> dict[str, Any]:
    """Return the metadata document as JSON-LD."""
    parts = list(_parts(list(files)))
    return {
        "@context": [f"{_CRATE}/context", _TERMS],
        "@graph": [
            {
                "@id": METADATA,
                "@type": "CreativeWork",
                "conformsTo": {"@id": _CRATE},
                "about": {"@id": "./"},
            },
            _root(parts, tally, details, title=title, created=created),
            *parts,
            *_contextual(details),
        ],
    }


def _root(
    parts: list[dict[str, Any]], tally: Tally, details: PackageDetails, *, title: str, created: str
) -> dict[str, Any]:
    told = _ABOUT.format(
        articles=tally.articles,
        annotations=tally.annotations,
        labels=tally.label_set_version,
        guideline=tally.guideline_version,
    )
    missing = f" Not given: {', '.join(details.missing)}." if details.missing else ""
    licence = {"license": {"@id": _licence_id(details.licence)}} if details.licence else {}
    creators = {"creator": [{"@id": _creator_id(*one)} for one in enumerate(details.made_by, start=1)]}
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": told + missing,
        "datePublished": created,
        **licence,
        **(creators if details.made_by else {}),
        **({"creditText": on_one_line(details.citation)} if details.citation else {}),
        "mentions": {"@id": _ACTION},
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }


def _parts(files: list[PackedFile]) -> Iterator[dict[str, Any]]:
    folders: dict[str, list[PackedFile]] = {}
    for file in files:
        folders.setdefault(file.path.rpartition("/")[0], []).append(file)
    for folder, inside in folders.items():
        if len(inside) > _MANY:
            about = f"{len(inside)} files, listed in datapackage.json"
            yield {"@id": f"{folder}/", "@type": "Dataset", "name": folder.rpartition("/")[2], "description": about}
        else:
            yield from map(_file, inside)


def _file(file: PackedFile) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.name,
        "encodingFormat": media_type(file),
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _contextual(details: PackageDetails) -> Iterator[dict[str, Any]]:
    if details.licence:
        yield {"@id": _licence_id(details.licence), "@type": "CreativeWork", "name": on_one_line(details.licence)}
    for number, one in enumerate(details.made_by, start=1):
        yield {"@id": _creator_id(number, one), "@type": _kind(one), "name": one.name}
    yield {"@id": _SOFTWARE, "@type": "SoftwareApplication", "name": PROGRAM, "softwareVersion": VERSION}
    yield {
        "@id": _ACTION,
        "@type": "CreateAction",
        "name": "Export",
        "instrument": {"@id": _SOFTWARE},
        "result": {"@id": "./"},
    }


def _licence_id(licence: str) -> str:
    licence = on_one_line(licence)
    if is_address(licence):
        return licence
    return f"{_SPDX}{licence}" if is_key(licence) else _LICENCE


def _creator_id(number: int, one: Creator) -> str:
    return one.address or f"#creator-{number}"


def _kind(one: Creator) -> str:
    """Return what somebody is, as far as the address says: nothing is guessed from a name."""
    if "orcid.org/" in one.address:
        return "Person"
    return "Organization" if "ror.org/" in one.address else "Thing"
