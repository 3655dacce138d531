"""Which column of a table of places holds what, and a guess at that.

First the names of the columns are asked: those that GeoNames, OCHA (p-codes: admin0 to admin5, ADM3_AR …) and Who's On First
use, and plain Arabic and English words. Then, for what is still missing, the cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from annotator.text.fold import fold

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_DECIMAL = re.compile(r"[+-]?\d{1,3}[.,]\d+")
_LEVEL = re.compile(r"adm(?:in)?_?([0-5])_?(?:name)?_?(ar|en|name|p_?code)?")
# For each field its patterns, the best first; they are matched with the whole name of the column, folded.
_PATTERNS = {
    "name_ar": ["name_?ar(abic)?", "ar(abic)?(_?name)?", ".*arabic.*", "(ال)?اسم(_العربي|_بالعربيه)?"],
    "names_ar": ["ar_variants", "names_ar", "اسماء_اخري"],
    "name_en": ["name_?en(glish)?", "en(glish)?(_?name)?", "asciiname", ".*(english|الانجليزي|الانكليزي).*", "name"],
    "other_names": [
        "alternate_?names",
        "other_?names",
        "alt(_?names?)?",
        "name",
        "place(_?name)?",
        "asciiname",
        "title",
        "alias(es)?",
    ],
    "lat": ["lat(itude)?(_?y)?", "y", "(خط_)?العرض", "point_?y", "lat_.*"],
    "lon": ["(lon|lng|long|longitude)(_?x)?", "x", "(خط_)?الطول", "point_?x", "(lon|long)_.*"],
    "geonames": ["(geonames?_?id|gn_id)"],
    "id": ["id", "p_?code", "wof_id", "الرمز", "[a-z]*_?id", "code"],
    "kind": ["kind", "type", "place_?type", "feature_code", "f_?code", "(ال)?نوع", "fclass", "place"],
    "country": ["country_code", "country(_?name)?", "iso2?", "الدوله"],
    "district": ["(region|governorate|province|state|district)(_?(id|name|en|ar))?", "(ال)?محافظه", "admin1"],
    "parent": ["parent(_?(id|name))?", "(county|sub_?district|nahya)(_?(id|name))?", "(ال)?(ناحيه|منطقه)"],
    "population": ["pop(ulation)?", "(عدد_)?السكان"],
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The names of the columns that hold each thing; empty where there is none.

    `names_ar` and `other_names` hold several names. `district` and `parent` hold a name, or the id of a row of the same file;
    `geonames` the id of the place in GeoNames, by which one known from several gazetteers is shown once.
    """

    name_ar: str = ""
    names_ar: str = ""
    name_en: str = ""
    other_names: str = ""
    lat: str = ""
    lon: str = ""
    id: str = ""
    kind: str = ""
    country: str = ""
    district: str = ""
    parent: str = ""
    population: str = ""
    geonames: str = ""

    @property
    def has_name(self) -> bool:
        """Whether any column holds names."""
        return any((self.name_ar, self.names_ar, self.name_en, self.other_names))


FIELDS = tuple(field.name for field in fields(ColumnMapping))


def guess_mapping(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> ColumnMapping:
    """Return what the columns likely hold, by their names and by the cells of some rows. No column is used twice."""
    found: dict[str, str] = dict(_by_level(header))
    for name, patterns in _PATTERNS.items():
        column = _named(header, patterns, taken=found.values())
        if column and name not in found:
            found[name] = column
    listed = list(rows)
    return ColumnMapping(**found | _by_cells([one for one in header if one not in found.values()], listed, found))


def is_arabic(text: str) -> bool:
    """Tell whether a text has a letter of the Arabic script."""
    return bool(_ARABIC.search(text))


def _plain(column: str) -> str:
    return re.sub(r"[^\w]+", "_", fold(column)).strip("_")


def _named(header: Sequence[str], patterns: list[str], *, taken: Iterable[str]) -> str:
    free = [column for column in header if column not in set(taken)]
    matching = (column for one in patterns for column in free if re.fullmatch(one, _plain(column)))
    return next(matching, "")


def _by_level(header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of a table whose columns are numbered by administrative level: the deepest is the place itself."""
    levels = [(match, column) for column in header if (match := _LEVEL.fullmatch(_plain(column)))]
    columns = {(int(match[1]), (match[2] or "name").replace("_", "")): column for match, column in levels}
    named = sorted({level for level, what in columns if what in ("ar", "en", "name")})
    if len(named) < 2:
        return
    deepest, above, own = named[-1], named[-2], ("ar", "en", "name")
    for name, level, kinds in (
        ("name_ar", deepest, ("ar",)), ("name_en", deepest, ("en", "name")), ("id", deepest, ("pcode",)),
        ("parent", above, own), ("district", 1 if above > 1 else -1, own), ("country", 0, ("pcode", "en", "name")),
    ):  # fmt: skip
        column = next((columns[level, kind] for kind in kinds if (level, kind) in columns), "")
        if column and (name != "parent" or above > 0):
            yield name, column


def _by_cells(free: list[str], rows: list[Mapping[str, str]], found: dict[str, str]) -> dict[str, str]:
    """Return an Arabic column and two columns of decimal numbers, where no name of a column told them."""
    guessed = {}
    arabic = [column for column in free if _share(rows, column, is_arabic) > 0.5]
    if "name_ar" not in found and arabic:
        guessed["name_ar"] = arabic[0]
    decimal = [
        column for column in free if _share(rows, column, lambda cell: bool(_DECIMAL.fullmatch(fold(cell)))) > 0.5
    ]
    if "lat" not in found and "lon" not in found and len(decimal) == 2:
        guessed |= {"lat": decimal[0], "lon": decimal[1]}
    return guessed


def _share(rows: list[Mapping[str, str]], column: str, holds: Callable[[str], bool]) -> float:
    cells = [cell.strip() for row in rows if (cell := row.get(column, "")).strip()]
    return sum(map(holds, cells)) / len(cells) if cells else 0.0
