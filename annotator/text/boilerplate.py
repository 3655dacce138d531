"""What of a text belongs to the page it came from and not to the news: comment forms, cookie notices, share bars, lists of
related articles, menus. Whole lines, which are never cut from the text, only named.

A line is judged by itself only when nothing but a page says it (“لن يتم نشر عنوان بريدك الإلكتروني”). What news may say too
(“فيسبوك”, “الاسم”) counts only beside such a line or in a row of its like. Long lines are news: only the notices about cookies
and comments are looked for among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annotator.model import Boilerplate, BoilerplateKind
from annotator.text.boilerplate_signs import Sign, asks_for_cookies, is_network, sign_of, tells_comment_policy
from annotator.text.fold import fold

_LONG = 200
_NOTICE = 700
_TITLE = 130
_SIGN = 60
_MOST_TITLES = 12
_MENU_ENTRY = 25
_MOST_ENTRIES = 60
_SENTENCE_END = (".", "!", "؟", "?", "…", ":", "،", "»", "”")
_LEADING = " \t*-–—•▪◼■●◆►▶#>»«‹›←→|[(+✓\u200f\u200e\u00a0"
_BETWEEN = re.compile(r"[\s|•·/,،-]+")
_Notice = tuple[BoilerplateKind, Callable[[str], bool]]
_NOTICES: tuple[tuple[tuple[str, ...], _Notice], ...] = (
    (("الارتباط", "كوكيز", "ookie"), ("cookies", asks_for_cookies)),
    (("التعليقات", "الآراء"), ("comments", tells_comment_policy)),
)
_SPARSE = 5
_ROWS = {"share": 3, "navigation": 3}
"""How many parts of a kind in a row belong to the page without a line that says so."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: where it lies without the white space around it, and what it is a sign of."""

    start: int
    end: int
    sign: Sign | None


def boilerplate_in(text: str) -> tuple[Boilerplate, ...]:
    """Return the stretches of a canonical text that belong to its page, in order: whole lines, in code points."""
    lines = list(_lines(text))
    if all(line.sign is None for line in lines):
        return ()
    return tuple(_joined(lines, _marked(text, lines)))


def _lines(text: str) -> Iterator[_Line]:
    notices = [notice for words, notice in _NOTICES if any(word in text for word in words)]
    start = 0
    for line in text.split("\n"):
        shown = line.strip()
        if shown:
            first = start + line.index(shown)
            yield _Line(first, first + len(shown), _sign(shown, notices))
        start += len(line) + 1


def _sign(shown: str, notices: Sequence[_Notice]) -> Sign | None:
    length = len(shown)
    if notices and length <= _NOTICE:
        folded = fold(shown).lstrip(_LEADING)
        kind = next((kind for kind, is_one in notices if is_one(folded)), None)
        if kind:
            return Sign(kind, "line")
    if length > _LONG:
        return None
    folded = fold(shown[:_SIGN]).lstrip(_LEADING)
    sign = sign_of(folded, whole=length <= _SIGN)
    if sign is None and length <= _TITLE and is_network(_BETWEEN.split(folded, maxsplit=1)[0]):
        return _bar_of(shown)
    return sign


def _bar_of(shown: str) -> Sign | None:
    """Return the sign of a line that holds nothing but networks to share in, at least three."""
    words = _BETWEEN.split(fold(shown).strip(_LEADING))
    return Sign("share", "line") if len(words) >= 3 and all(map(is_network, words)) else None


def _marked(text: str, lines: Sequence[_Line]) -> dict[int, BoilerplateKind]:
    """Return which lines, by number, belong to the page, and as what."""
    marked: dict[int, BoilerplateKind] = {}
    for number, line in enumerate(lines):
        if number in marked or line.sign is None:
            continue
        if line.sign.role == "part":
            marked |= dict.fromkeys(_row(text, lines, number, line.sign.kind), line.sign.kind)
        else:
            marked |= dict.fromkeys(_around(text, lines, number, line.sign), line.sign.kind)
    return marked


def _around(text: str, lines: Sequence[_Line], number: int, sign: Sign) -> Iterator[int]:
    """Yield a line that belongs to the page with its like before and after it, and the titles under a head of such."""
    first, last = number, number
    while first and _is(lines[first - 1], sign.kind):
        first -= 1
    while last + 1 < len(lines) and _is(lines[last + 1], sign.kind):
        last += 1
    yield from range(first, last + 1)
    if sign.kind == "related" and (lines[last].sign or sign).role == "head":
        yield from _titles(text, lines, last + 1)


def _is(line: _Line, kind: BoilerplateKind) -> bool:
    return line.sign is not None and line.sign.kind == kind


def _titles(text: str, lines: Sequence[_Line], first: int) -> list[int]:
    """Return the titles under a head: all of a list, or of the end of the text; where the news goes on, only the first."""
    titles: list[int] = []
    for number in range(first, min(first + _MOST_TITLES, len(lines))):
        if not _is_title(text, lines[number]):
            break
        titles.append(number)
    after = first + len(titles)
    if after == len(lines) or lines[after].sign is not None:
        return titles
    listed = (one for one in titles[1:] if "\n\n" in text[lines[one - 1].end : lines[one].start])
    return titles[: next(listed, after) - first] if titles else []


def _is_title(text: str, line: _Line) -> bool:
    length = line.end - line.start
    return line.sign is None and length <= _TITLE and not text[line.start : line.end].endswith(_SENTENCE_END)


def _row(text: str, lines: Sequence[_Line], number: int, kind: BoilerplateKind) -> range:
    """Return a row of parts long enough to belong to the page: networks, or a menu, whose other entries are short too."""
    wanted = _ROWS.get(kind)
    last = number
    limit = min(len(lines), number + _MOST_ENTRIES)
    while wanted and last + 1 < limit and _goes_on(text, lines[last + 1], kind):
        last += 1
    row = range(number, last + 1)
    alike = sum(_is(lines[one], kind) for one in row)
    return row if wanted and alike >= max(wanted, len(row) // _SPARSE) else range(0)


def _goes_on(text: str, line: _Line, kind: BoilerplateKind) -> bool:
    if line.sign is not None:
        return line.sign.kind == kind
    short = line.end - line.start <= _MENU_ENTRY and not text[line.start : line.end].endswith(_SENTENCE_END)
    return kind == "navigation" and short


def _joined(lines: Sequence[_Line], marked: dict[int, BoilerplateKind]) -> Iterator[Boilerplate]:
    """Yield lines of one kind that follow each other as one stretch."""
    places = enumerate(sorted(marked))
    for (_, kind), stretch in groupby(places, key=lambda place: (place[1] - place[0], marked[place[1]])):
        numbers = [number for _, number in stretch]
        yield Boilerplate(lines[numbers[0]].start, lines[numbers[-1]].end, kind)
