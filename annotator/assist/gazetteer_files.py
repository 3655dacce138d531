"""Other people's gazetteers: CSV, TSV and GeoJSON files read as far as they are good, with a remark on every line that is not.

Nothing is mended silently, and nothing is guessed: coordinates that only look exchanged stay as they are, without precision.
The format is described in docs/formats/gazetteers.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator.assist.columns import FIELDS, ColumnMapping, guess_mapping, is_arabic
from annotator.assist.gazetteer import load
from annotator.assist.names import TaggedName
from annotator.assist.place import Place, Point, Precision
from annotator.assist.place_kinds import kind_named
from annotator.assist.swapped import Region, all_swapped, exchanged, is_possible, region_of
from annotator.assist.tables import BROKEN, Outcome, Remark, Row, open_table
from annotator.errors import NoNameColumn
from annotator.language import N_, Sentence
from annotator.text.fold import fold

PREVIEW_ROWS = 20
_LONGEST_NAME = 200
_SEVERAL = re.compile("[|;]")
_COMMAS = re.compile("[|;\n,،]")
_EDGES = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_NUMBER = re.compile(r"[+-]?\d{1,10}(\.\d*)?")


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a table: its columns, some rows by column, and what the columns likely hold."""

    encoding: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class GazetteerFile:
    """The places of a file, how many rows it has, and what had to be said of them, by line."""

    places: tuple[Place, ...]
    rows: int
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> int:
        """How many rows did not come in."""
        return sum(remark.outcome == "refused" for remark in self.remarks)

    @property
    def without_arabic(self) -> int:
        """How many places have no Arabic name."""
        return sum(all(name.language != "ar" for name in place.names) for place in self.places)

    def counts(self) -> Counter[tuple[Outcome, str]]:
        """Return how often each remark was made, by its outcome and the template of its sentence."""
        return Counter((remark.outcome, remark.reason.template) for remark in self.remarks)


def preview(path: Path, rows: int = PREVIEW_ROWS, *, encoding: str | None = None) -> Preview:
    """Return the columns and first rows of a table, with a guess at what they hold. Raises what `open_table` raises."""
    table = open_table(path, encoding=encoding)
    cells = [row.cells for row in islice((row for row in table.rows if isinstance(row, Row)), rows)]
    return Preview(table.encoding, table.header, tuple(cells), guess_mapping(table.header, cells))


def read_gazetteer(path: Path, mapping: ColumnMapping, *, source: str, encoding: str | None = None) -> GazetteerFile:
    """Return the places of a table as far as they are good; `source` is the name they are kept under.

    Raises NoNameColumn, or what `open_table` raises.
    """
    if not mapping.has_name:
        raise NoNameColumn
    table = open_table(path, encoding=encoding)
    reading = _Reading(mapping, source, table.encoding)
    for row in table.rows:
        reading.take(row)
    return reading.result()


@dataclass(frozen=True, slots=True)
class _Taken:
    """A place with its line, and the coordinates as the file has them, which may be impossible."""

    line: int
    place: Place
    point: Point | None
    district: str
    parent: str


class _Reading:
    """One file on its way in."""

    def __init__(self, mapping: ColumnMapping, source: str, encoding: str) -> None:
        self._mapping, self._source, self._encoding = mapping, source, encoding
        self._rows = 0
        self._taken: list[_Taken] = []
        self._remarks: list[Remark] = []
        self._by_id: dict[str, _Taken] = {}
        self._strange_kinds: set[str] = set()
        self._line = 0

    def take(self, row: Row | Remark) -> None:
        """Take in one row, or say why not."""
        self._rows += 1
        self._line = row.line
        if isinstance(row, Remark):
            self._remarks.append(row)
            return
        self._remarks += row.remarks
        cells = {name: self._cell(row.cells, name) for name in FIELDS}
        names = self._names(cells)
        if names:
            self._add(row, cells, names)
        else:
            self._say("refused", N_("the row has no name that can be read."))

    def result(self) -> GazetteerFile:
        """Return what came in, once all rows are read: now it can be told where each place is and what it lies in."""
        regions = self._regions()
        places = tuple(self._placed(one, regions.get(one.district) or regions.get("")) for one in self._taken)
        if all_swapped(places):
            template = N_(
                "Latitude and longitude seem to be exchanged in the whole file: exchange their columns and read it again."
            )
            self._remarks.insert(0, Remark(0, "noted", Sentence(template)))
        return GazetteerFile(places, self._rows, tuple(sorted(self._remarks, key=lambda remark: remark.line)))

    def _say(self, outcome: Outcome, template: str, **details: object) -> None:
        self._remarks.append(Remark(self._line, outcome, Sentence(template, details)))

    def _cell(self, cells: Mapping[str, str], name: str) -> str:
        """Return the cell of a field; nothing, and a remark, when it holds bytes that are no text."""
        column = getattr(self._mapping, name)
        value = cells.get(column, "") if column else ""
        if BROKEN.search(value):
            self._say(
                "mended",
                N_("“{column}” holds bytes that are no {encoding}; this cell was left out."),
                column=column, encoding=self._encoding,
            )  # fmt: skip
            return ""
        return value.strip()

    def _names(self, cells: Mapping[str, str]) -> tuple[TaggedName, ...]:
        arabic = _split(cells["name_ar"], _SEVERAL) + _split(cells["names_ar"], _COMMAS)
        english, others = _split(cells["name_en"], _SEVERAL), _split(cells["other_names"], _COMMAS)
        strangers = [name for name in arabic if not is_arabic(name)]
        for name in strangers:
            self._say(
                "mended",
                N_("“{name}” stands among the Arabic names without an Arabic letter; kept as another name."),
                name=name[:80],
            )
        found = [TaggedName(name, "ar") for name in arabic if is_arabic(name)]
        found += [TaggedName(name, "ar" if is_arabic(name) else "en") for name in english]
        found += [TaggedName(name, "und") for name in (*strangers, *others)]
        kept = {name.text: name for name in reversed(found) if len(name.text) <= _LONGEST_NAME}
        if any(len(name.text) > _LONGEST_NAME for name in found):
            self._say("mended", N_("a name with more than {count} characters was left out."), count=_LONGEST_NAME)
        return tuple(reversed(kept.values()))

    def _add(self, row: Row, cells: Mapping[str, str], names: tuple[TaggedName, ...]) -> None:
        point, kind = self._point(row, cells), self._kind(cells["kind"])
        if point and row.is_centre:
            self._say("noted", N_("an area; the point is its centre."))
        precision: Precision = "area" if row.is_centre or kind in _AREAS else "locality"
        place = Place(
            source=self._source,
            id=cells["id"] or cells["geonames"],
            names=names,
            kind=kind,
            country=_country(cells["country"]),
            precision=precision if point else "unknown",
            population=self._population(cells["population"]),
            geonames=cells["geonames"] if cells["geonames"].isdecimal() else "",
        )
        taken = _Taken(row.line, place, point, cells["district"], cells["parent"])
        known = self._by_id.get(place.id) if place.id else None
        if known and (known.place.names, known.point) == (names, point):
            self._say("refused", N_("the same place stands in line {line} already."), line=known.line)
        elif known:
            self._say(
                "mended",
                N_("the id {id} belongs to line {line} already; kept without an id."),
                id=place.id,
                line=known.line,
            )
            self._taken.append(replace(taken, place=replace(place, id="")))
        else:
            self._taken.append(taken)
            if place.id:
                self._by_id[place.id] = taken

    def _point(self, row: Row, cells: Mapping[str, str]) -> Point | None:
        """Return the coordinates as the file has them, also when they are impossible only because they are exchanged."""
        lat, lon = row.point or (self._degrees(cells["lat"]), self._degrees(cells["lon"]))
        if lat is None or lon is None:
            if not cells["lat"] and not cells["lon"]:
                self._say("noted", N_("no coordinates; the place is kept without them."))
            elif not cells["lat"] or not cells["lon"]:
                self._say("mended", N_("one coordinate is missing; the place is kept without them."))
            return None
        if (lat, lon) == (0, 0):
            self._say("mended", N_("0, 0 is no place; kept without coordinates."))
            return None
        if not is_possible((lat, lon)) and not is_possible((lon, lat)):
            self._say(
                "mended",
                N_("there is no latitude {lat} with longitude {lon}; kept without coordinates."),
                lat=lat,
                lon=lon,
            )
            return None
        return lat, lon

    def _degrees(self, cell: str) -> float | None:
        """Return a number of degrees; Arabic digits and decimal commas are understood."""
        number = fold(cell).replace(",", ".").strip().rstrip("°")
        if not _NUMBER.fullmatch(number):
            if cell:
                self._say("mended", N_("“{value}” is no number of degrees; kept without coordinates."), value=cell[:40])
            return None
        return float(number)

    def _population(self, cell: str) -> int:
        number = fold(cell).replace(",", "").replace(" ", "").partition(".")[0]
        if number.isdecimal() and len(number) <= 10:
            return int(number)
        if cell:
            self._say("mended", N_("“{value}” is no number of people; left out."), value=cell[:40])
        return 0

    def _kind(self, cell: str) -> str:
        """Return the kind that a word or code stands for; a word that is not known is told once."""
        kind = kind_named(cell)
        if kind is None and cell not in self._strange_kinds:
            self._strange_kinds.add(cell)
            self._say(
                "noted",
                N_("“{value}” is no known kind of place; left open here and in all further lines."),
                value=cell[:40],
            )
        return kind or ""

    def _regions(self) -> dict[str, Region]:
        """Return where the places of each district are, and under the empty name those of the whole file."""
        groups: dict[str, list[Point]] = {"": []}
        for one in self._taken:
            if one.point:
                groups[""].append(one.point)
                groups.setdefault(one.district, []).append(one.point) if one.district else None
        found = {name: region_of(points) for name, points in groups.items()}
        return {name: region for name, region in found.items() if region}

    def _placed(self, taken: _Taken, region: Region | None) -> Place:
        self._line = taken.line
        place = replace(taken.place, district=self._words(taken.district), parent=self._words(taken.parent))
        if taken.point is None:
            return place
        if region and region.is_swapped(taken.point):
            return self._exchanged(place, taken.point)
        if not is_possible(taken.point):
            self._say("mended", N_("there is no latitude {lat}; kept without coordinates."), lat=taken.point[0])
            return replace(place, precision="unknown")
        return replace(place, lat=taken.point[0], lon=taken.point[1])

    def _exchanged(self, place: Place, point: Point) -> Place:
        """Return a place whose coordinates are exchanged: put right when they are impossible as they stand, else only told."""
        if not is_possible(point):
            self._say(
                "mended",
                N_("latitude {lat} does not exist: latitude and longitude were exchanged, and are put right."),
                lat=point[0],
            )
            lat, lon = exchanged(point)
            return replace(place, lat=lat, lon=lon)
        self._say(
            "noted",
            N_(
                "latitude and longitude seem exchanged: {lat}, {lon} is far from the others. Kept so, precision unknown."
            ),
            lat=point[0], lon=point[1],
        )  # fmt: skip
        return replace(place, lat=point[0], lon=point[1], precision="unknown")

    def _words(self, value: str) -> tuple[TaggedName, ...]:
        """Return what a place lies in, in words: those of the row with this id, or the value itself."""
        row = self._by_id.get(value)
        if row:
            return row.place.names[:1]
        return (TaggedName(value, "ar" if is_arabic(value) else "und"),) if value and not value.isdecimal() else ()


_AREAS = ("country", "governorate", "district", "area")


def _split(cell: str, separator: re.Pattern[str]) -> list[str]:
    """Return the names in a cell, without white space and marks of direction around them."""
    parts = (" ".join(part.split()).strip(_EDGES).strip() for part in separator.split(cell))
    return [part for part in parts if any(map(str.isalpha, part))]


def _country(cell: str) -> str:
    """Return the code of a country (ISO 3166-1): as it stands, or that of a neighbour's name."""
    if re.fullmatch("[A-Za-z]{2}", cell):
        return cell.upper()
    return next((one.country for one in load().named(cell) if one.kind == "country"), "") if cell else ""
