"""The tables of CSV as Frictionless Table Schemas: types, keys, and which column names a row of which table.

https://specs.frictionlessdata.io/table-schema/ (version 1). An empty cell is a missing value.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES, Column

KEYS = {
    "articles": ("id",),
    "annotations": ("id",),
    "claims": ("id",),
    "mentions": ("annotation",),
    "relations": ("claim", "type", "other_claim", "reviewer"),
    "verdicts": ("claim", "reviewer"),
    "entities": ("id",),
}
"""The columns of each table that together are there once."""
_TYPES = {"text": "string", "whole": "integer", "number": "number"}
_TIMES = frozenset({"imported_at", "created_at", "updated_at"})
_YES_OR_NO = frozenset({"to_confirm"})
_COLUMNS = {table.name: table.columns for table in OF_ARTICLES} | {"entities": ENTITY_COLUMNS}


def table_schema(table: str) -> dict[str, Any]:
    """Return the schema of a table of CSV."""
    columns, key = _COLUMNS[table], KEYS[table]
    return {
        "fields": [_field(column, required=column.name in key) for column in columns],
        "missingValues": [""],
        "primaryKey": list(key),
        "foreignKeys": list(_foreign_keys(columns)),
    }


def tables() -> tuple[str, ...]:
    """Return the names of all tables."""
    return tuple(_COLUMNS)


def _field(column: Column, *, required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind]}
    if column.name in _TIMES:
        field["type"] = "datetime"
    elif column.name in _YES_OR_NO:
        field |= {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    return field | ({"constraints": {"required": True}} if required else {})


def _foreign_keys(columns: Iterable[Column]) -> Iterable[dict[str, Any]]:
    for column in columns:
        if column.points_to:
            [key] = KEYS[column.points_to]
            yield {"fields": [column.name], "reference": {"resource": column.points_to, "fields": [key]}}
