"""`datapackage.json`: the files of a package as Frictionless Data resources, the tables of CSV with their schemas.

https://specs.frictionlessdata.io/data-package/ (version 1). What the specification has no name for stands under `hashiya`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.package.details import PackageDetails, PackedFile, is_address, media_type, on_one_line
from annotator.package.table_schemas import table_schema, tables
from annotator.package.tally import Tally
from annotator.version import PROGRAM

_NOT_IN_NAMES = re.compile(r"[^a-z0-9._-]+")
_TEXT = re.compile(r"text/.*|application/(?:.*\+)?(?:json|jsonl|xml)")


def data_package(
    files: Iterable[PackedFile], tally: Tally, details: PackageDetails, *, created: str, since: str
) -> dict[str, Any]:
    """Return the descriptor."""
    title = {"title": on_one_line(details.title)} if details.title else {}
    return {
        "profile": "data-package",
        "name": "hashiya-export",
        **title,
        **({"created": created} if created else {}),
        **_said(details),
        "hashiya": {
            "program": PROGRAM,
            "label_set_version": tally.label_set_version,
            "guideline_version": tally.guideline_version,
            "counts": tally.counts(),
            "not_given": details.missing,
            **({"since": since} if since else {}),
        },
        "resources": list(_resources(files)),
    }


def _said(details: PackageDetails) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if details.licence:
        licence = on_one_line(details.licence)
        said["licenses"] = [{"path": licence} if is_address(licence) else {"name": licence}]
    if details.made_by:
        said["contributors"] = [
            {"title": one.name, "role": "author"} | ({"path": one.address} if one.address else {})
            for one in details.made_by
        ]
    return said | ({"citation": on_one_line(details.citation)} if details.citation else {})


def _resources(files: Iterable[PackedFile]) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for file in files:
        table = file.name.removesuffix(".csv") if file.format == "csv" else ""
        name = table if table in tables() else _name(file)
        while name in taken:
            name += "-"
        taken.add(name)
        yield _resource(file, name, is_table=table in tables())


def _resource(file: PackedFile, name: str, *, is_table: bool) -> dict[str, Any]:
    kind = media_type(file)
    described = {
        "name": name,
        "path": file.path,
        "format": file.ending,
        "mediatype": kind,
        **({"encoding": "utf-8"} if _TEXT.fullmatch(kind) else {}),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if is_table:
        return described | {"profile": "tabular-data-resource", "schema": table_schema(name)}
    # Without `type` the reference library would read JSON Lines or Parquet as a table of its own making.
    return described | {"profile": "data-resource", "type": "file"}


def _name(file: PackedFile) -> str:
    """Return a name of a file as the specification allows: no more than small ASCII letters, digits and `.-_`."""
    return _NOT_IN_NAMES.sub("-", file.path.removeprefix("data/").lower().replace("/", "-"))
