"""The first rows of a table of places, with a choice above each column: what it holds."""

from __future__ import annotations

from annotator.assist.columns import FIELDS, ColumnMapping
from annotator.assist.gazetteer_files import Preview
from ui.column_table import ColumnTable
from ui.translate import tr

_ROWS = 6


class PlaceColumns(ColumnTable):
    """Shows a preview of a file of places."""

    def __init__(self) -> None:
        super().__init__(field_names())

    def show_preview(self, preview: Preview) -> None:
        """Show a file's columns and first rows with what they likely hold."""
        rows = [[cells.get(column, "") for column in preview.header] for cells in preview.rows[:_ROWS]]
        guessed = {field: getattr(preview.mapping, field) for field in FIELDS}
        self.show_table(preview.header, rows, {field: column for field, column in guessed.items() if column})

    def mapping(self) -> ColumnMapping:
        """Return what the columns hold."""
        return ColumnMapping(**self.chosen())


def field_names() -> dict[str, str]:
    """Return what a column can hold."""
    names = {
        "name_ar": tr("Arabic name"),
        "names_ar": tr("More Arabic names"),
        "name_en": tr("English name"),
        "other_names": tr("Other names"),
        "lat": tr("Latitude"),
        "lon": tr("Longitude"),
        "id": tr("Id"),
        "kind": tr("Kind of place"),
        "country": tr("Country"),
        "district": tr("Governorate"),
        "parent": tr("Lies in"),
        "population": tr("Population"),
        "geonames": tr("Id in GeoNames"),
    }
    return {field: names[field] for field in FIELDS}
