"""What can be asked of the rows of the queue: the keys of its filters with their values, in English and in Arabic.

Each key makes a test of a value: a function that, given the rows, returns what tells of a row's number whether it passes. Words
are compared folded and without the Arabic article, so that الحالة, حاله and state are one key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from operator import eq, ge, gt, le, lt

import regex

from annotator.errors import ImpossibleDate
from annotator.language import N_, Sentence
from annotator.model import Label
from annotator.queue_rows import QueueRow, QueueRows
from annotator.text.dates import checked_edtf, days_of, offered_time
from annotator.text.fold import fold

Passes = Callable[[int], bool]
Test = Callable[[QueueRows], Passes]
_OfRow = Callable[[QueueRow], object]

# The first Arabic word is the one that is offered.
KEYS: Mapping[str, tuple[str, ...]] = {
    "state": ("الحالة",),
    "outlet": ("المصدر", "الوسيلة", "الناشر"),
    "label": ("التسمية", "الوسم"),
    "has": ("فيه", "فيها", "له", "لها"),
    "is": ("هو", "هي"),
    "assigned": ("المكلف", "مكلف به", "مسند"),
    "reviewer": ("المراجع",),
    "review": ("التحكيم",),
    "after": ("بعد", "منذ"),
    "before": ("قبل",),
    "on": ("في", "يوم"),
    "title": ("العنوان",),
    "author": ("الكاتب", "المؤلف"),
    "file": ("الملف",),
}
STATE_WORDS: Mapping[str, tuple[str, ...]] = {
    "todo": ("للعمل", "جديد", "new"),
    "progress": ("قيد العمل", "جار", "started"),
    "done": ("منجز", "تم", "مقروء"),
}
HAS_WORDS: Mapping[str, tuple[str, ...]] = {
    "contested": ("خلاف",),
    "note": ("ملاحظة", "notes"),
    "flag": ("راية", "flags"),
    "annotations": ("علامات", "علامة", "annotation"),
    "copies": ("نسخ", "copy"),
    "boilerplate": ("حشو",),
    "date": ("تاريخ",),
    "outlet": ("مصدر",),
    "author": ("كاتب", "مؤلف"),
}
IS_WORDS: Mapping[str, tuple[str, ...]] = {
    "copy": ("نسخة",),
    "replaced": ("مستبدل", "مستبدلة"),
    "contested": ("مختلف فيه", "خلاف"),
    "flagged": ("براية",),
}
ASSIGNED_WORDS: Mapping[str, tuple[str, ...]] = {
    "me": ("أنا", "لي"),
    "none": ("لا أحد", "بلا", "nobody"),
    "any": ("أحد", "anybody"),
}
REVIEW_WORDS: Mapping[str, tuple[str, ...]] = {
    "second": ("قارئ ثان", "ثان"),
    "compare": ("للمقارنة", "مقارنة", "to compare"),
    "settled": ("محسوم", "محسومة"),
    "none": ("بلا", "لا شيء"),
}
_HAS: Mapping[str, _OfRow] = {
    "contested": lambda row: row.contested,
    "note": lambda row: row.notes,
    "flag": lambda row: row.flags,
    "annotations": lambda row: row.counts,
    "copies": lambda row: row.copies,
    "boilerplate": lambda row: row.boilerplate,
    "date": lambda row: row.date,
    "outlet": lambda row: row.outlet,
    "author": lambda row: row.author,
}
_IS: Mapping[str, _OfRow] = {
    "copy": lambda row: row.original,
    "replaced": lambda row: row.replaced,
    "contested": lambda row: row.contested,
    "flagged": lambda row: row.flags,
}
_COMPARED = regex.compile(r"(?P<label>.*?)\s*(?P<sign>>=|<=|≥|≤|>|<|=)\s*(?P<number>\d+)")
_SIGNS: Mapping[str, Callable[[int, int], bool]] = {">": gt, "<": lt, ">=": ge, "≥": ge, "<=": le, "≤": le, "=": eq}
_Days = tuple[date, date] | None


class Mistake(Exception):
    """A value that its key does not know; `sentence` says so. It never leaves the filters: they tell its place too."""

    def __init__(self, template: str, **details: object) -> None:
        self.sentence = Sentence(template, dict(details))
        super().__init__(str(self.sentence))


def plain(word: str) -> str:
    """Return a key or value as it is compared: folded, and without the Arabic article."""
    folded = fold(word).strip()
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def key_of(word: str) -> str | None:
    """Return the key that a word names, or None."""
    return _by_word(KEYS).get(plain(word))


def words_test(words: str) -> Test:
    """Return the test for words that stand in the title or in the outlet."""
    sought = fold(words).strip()

    def test(rows: QueueRows) -> Passes:
        titles, outlets = rows.folded("title"), rows.folded("outlet")
        good = {outlet for outlet in set(outlets) if sought in outlet}
        if not good:
            return lambda number: sought in titles[number]
        return lambda number: sought in titles[number] or outlets[number] in good

    return test


def test_of(key: str, value: str, labels: Sequence[Label], today: date) -> Test:
    """Return the test of a key and a value; raise Mistake."""
    if key in ("outlet", "title", "author", "file"):
        return _folded_test(key, value)
    if key in ("after", "before", "on"):
        return _date_test(key, value, today)
    makers: Mapping[str, Callable[[], Test]] = {
        "state": lambda: _state_test(value),
        "label": lambda: _label_test(value, labels),
        "has": lambda: _has_test(value, labels),
        "is": lambda: _is_test(value),
        "assigned": lambda: _assigned_test(value),
        "reviewer": lambda: _name_test(value),
        "review": lambda: _review_test(value),
    }
    return makers[key]()


def label_key(word: str, labels: Sequence[Label]) -> str | None:
    """Return the key of the label that a word names, by its key or by a name in any language."""
    wanted = plain(word)
    for label in labels:
        if wanted in (plain(label.key), *map(plain, label.names.values())):
            return label.key
    return None


# -- the tests -----------------------------------------------------------------------------------------------------------


def _folded_test(column: str, value: str) -> Test:
    sought = fold(value).strip()

    def test(rows: QueueRows) -> Passes:
        texts = rows.folded(column)
        return lambda number: sought in texts[number]

    return test


def _state_test(value: str) -> Test:
    state = _named(value, STATE_WORDS)
    return _of_row(lambda row: row.state == state)


def _label_test(value: str, labels: Sequence[Label]) -> Test:
    compared = _COMPARED.fullmatch(value.strip())
    if not compared:
        key = _known_label(value, labels)
        return _of_row(lambda row: key in row.counts)
    key, than = _known_label(compared["label"], labels), _SIGNS[compared["sign"]]
    number = min(int(compared["number"]), 10**9)
    return _of_row(lambda row: than(row.counts.get(key, 0), number))


def _known_label(word: str, labels: Sequence[Label]) -> str:
    key = label_key(word, labels)
    if key is None and labels:
        known = ", ".join(one.key for one in labels)
        raise Mistake(N_("There is no label “{word}”. The labels are: {known}."), word=word, known=known)
    return key or word.strip()


def _has_test(value: str, labels: Sequence[Label]) -> Test:
    label = label_key(value, labels)
    if label:
        return _of_row(lambda row: label in row.counts)
    return _of_row(_HAS[_named(value, HAS_WORDS, more=[one.key for one in labels])])


def _is_test(value: str) -> Test:
    if _by_word(STATE_WORDS).get(plain(value)):
        return _state_test(value)
    return _of_row(_IS[_named(value, IS_WORDS, more=list(STATE_WORDS))])


def _assigned_test(value: str) -> Test:
    known = _by_word(ASSIGNED_WORDS).get(plain(value))
    if known == "none":
        return _of_row(lambda row: not row.assigned)
    if known == "any":
        return _of_row(lambda row: row.assigned)
    sought = fold(value).strip()

    def test(rows: QueueRows) -> Passes:
        of_rows = rows.rows
        if known == "me":
            return lambda number: rows.reviewer in of_rows[number].assigned
        return lambda number: any(folded_name(name) == sought for name in of_rows[number].assigned)

    return test


def _name_test(value: str) -> Test:
    sought, me = fold(value).strip(), _by_word(ASSIGNED_WORDS).get(plain(value)) == "me"

    def test(rows: QueueRows) -> Passes:
        of_rows, wanted = rows.rows, folded_name(rows.reviewer) if me else sought
        return lambda number: any(folded_name(name) == wanted for name in of_rows[number].reviewers)

    return test


def _review_test(value: str) -> Test:
    state = _named(value, REVIEW_WORDS)
    wanted = "" if state == "none" else state
    return _of_row(lambda row: row.review == wanted)


def _date_test(key: str, value: str, today: date) -> Test:
    first, last = _days(value, today)
    checks: Mapping[str, Callable[[date, date], bool]] = {
        "after": lambda begin, end: end >= first,
        "before": lambda begin, end: begin < first,
        "on": lambda begin, end: begin <= last and end >= first,
    }

    def test(rows: QueueRows) -> Passes:
        of_rows, known = rows.rows, {}
        for day in {row.date[:10] for row in of_rows}:
            days = _covered(day)
            known[day] = days is not None and checks[key](*days)
        return lambda number: known[of_rows[number].date[:10]]

    return test


def _days(value: str, today: date) -> tuple[date, date]:
    """Return the days that a value means: a date or interval, or words such as 16 كانون الثاني 2026 or أمس."""
    try:
        first, last = days_of(checked_edtf(value))
    except ImpossibleDate as error:
        offered = offered_time(value, today)
        if not offered:
            raise Mistake("{reason}", reason=error.sentence) from error
        first, last = days_of(offered)
    return first or date.min, last or date.max


@cache
def _covered(day: str) -> _Days:
    """Return the first and the last day of an article's date as far as it is known."""
    try:
        first, last = days_of(day)
    except ImpossibleDate:
        return None
    return first or date.min, last or date.max


@cache
def folded_name(name: str) -> str:
    """Return a reviewer's name as it is compared."""
    return fold(name).strip()


def _of_row(holds: _OfRow) -> Test:
    def test(rows: QueueRows) -> Passes:
        of_rows = rows.rows
        return lambda number: bool(holds(of_rows[number]))

    return test


def _named(value: str, words: Mapping[str, tuple[str, ...]], *, more: Collection[str] = ()) -> str:
    found = _by_word(words).get(plain(value))
    if found is None:
        known = both_scripts(words, more)
        raise Mistake(N_("“{word}” is not known here. Known are: {known}."), word=value, known=known)
    return found


def _by_word(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    known = _WORDS.get(id(words))
    if known is None:
        known = {plain(one): key for key, others in reversed(list(words.items())) for one in (*reversed(others), key)}
        _WORDS[id(words)] = known
    return known


_WORDS: dict[int, dict[str, str]] = {}


def both_scripts(words: Mapping[str, tuple[str, ...]], more: Iterable[str] = ()) -> str:
    """Return the words of a table in English and Arabic, for a sentence."""
    return ", ".join([*(f"{word} ({others[0]})" for word, others in words.items()), *more])
