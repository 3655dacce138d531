"""The filter of the queue: one line that says which articles are wanted.

    دير حافر outlet:سانا state:todo -has:note label:claim>2 after:2026-01-01 "قوات سوريا" state:todo OR state:progress

All terms must hold. `OR` (أو) stands between terms of which one is enough, and binds them closer than the others; `-` before a
term, or NOT (ليس), turns it round. A term is a word or a key with a value; several values with commas are alternatives. Quotes
("…", «…», “…”) keep together what has spaces. docs/formats/filters.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import regex

from annotator.errors import BadFilter
from annotator.filter_keys import KEYS, Mistake, Passes, Test, both_scripts, key_of, test_of, words_test
from annotator.language import N_, Sentence
from annotator.model import Label
from annotator.queue_rows import QueueRows
from annotator.text.fold import fold

_AT_ONCE = 10_000  # rows between two looks at whether somebody still wants the answer
_OR, _NOT = frozenset({"OR", "أو", "او", "|"}), frozenset({"NOT", "ليس"})
_CLOSING = {'"': '"', "«": "»", "“": "”", "„": "“"}
_CUTTING = frozenset(',،"«»“”„')
_KEY = regex.compile(r"[\u200e\u200f\u061c]?(?P<word>[\p{L}\p{M}_]+):")


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of a term at its place in the line; `quoted` pieces are no operators."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between two spaces: perhaps turned round, perhaps with a key, and its values."""

    start: int
    end: int
    negated: bool
    key: Value | None
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked, perhaps turned round; one of its tests must hold."""

    negated: bool
    tests: tuple[Test, ...]

    def passes(self, rows: QueueRows) -> Passes:
        """Return what tells of a row's number whether it is as wanted."""
        made = [test(rows) for test in self.tests]
        holds = made[0] if len(made) == 1 else lambda number: any(one(number) for one in made)
        return (lambda number: not holds(number)) if self.negated else holds


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles are wanted: of each group of terms one must hold. Without any, all are wanted."""

    groups: tuple[tuple[Term, ...], ...] = ()

    def numbers(
        self, rows: QueueRows, order: Sequence[int] | None = None, *, unwanted: Callable[[], bool] = lambda: False
    ) -> Sequence[int]:
        """Return the numbers of the rows that are wanted, in the order given, or in that of the rows.

        It works in pieces; when `unwanted()` is true between two of them, it stops with what it has.
        """
        order = range(len(rows)) if order is None else order
        if not self.groups:
            return order
        checks = [_any_of([term.passes(rows) for term in group]) for group in self.groups]
        found: list[int] = []
        for start in range(0, len(order), _AT_ONCE):
            if unwanted():
                break
            piece: Sequence[int] = order[start : start + _AT_ONCE]
            for holds in checks:
                piece = [number for number in piece if holds(number)]
            found += piece
        return found


def parse(query: str, *, labels: Sequence[Label] = (), today: date | None = None) -> Filter:
    """Return the filter that a line means; raise BadFilter with a sentence and the place of the first mistake.

    `labels` are those of the project: without them, only their keys are known, and any key is taken for one.
    """
    day = today or datetime.now(UTC).date()
    groups: list[list[Term]] = []
    joined = turned = False
    operator: Token | None = None
    for token in tokens(query):
        word = _operator(token)
        if word in _OR:
            if operator or not groups:
                raise _mistake(token, N_("OR stands between two terms."))
            joined, operator = True, token
        elif word in _NOT:
            turned, operator = not turned, token
        else:
            term = Term(token.negated != turned, _tests(token, labels, day))
            if joined:
                groups[-1].append(term)
            else:
                groups.append([term])
            joined = turned = False
            operator = None
    if operator:
        raise _mistake(operator, N_("After this word comes a term."))
    return Filter(tuple(map(tuple, groups)))


def joined(*queries: str) -> str:
    """Return one filter that wants what all of these want."""
    return " ".join(query.strip() for query in queries if query.strip())


def quoted(value: str) -> str:
    """Return a value as it stands in a filter: in quotes where it would else be cut."""
    cut = any(letter.isspace() or letter in _CUTTING for letter in value)
    return '"' + value.replace('"', "") + '"' if cut or not value else value


def tokens(query: str) -> list[Token]:
    """Return the pieces of a line between its spaces, with their places."""
    found, at = [], 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        token = _token(query, at)
        found.append(token)
        at = token.end
    return found


# -- reading a line ------------------------------------------------------------------------------------------------------


def _token(query: str, start: int) -> Token:
    at, negated = start, False
    while query[at : at + 1] == "-" and at + 1 < len(query) and not query[at + 1].isspace():
        at, negated = at + 1, not negated
    key = _KEY.match(query, at)
    named = Value(key["word"], key.start("word"), key.end("word")) if key and _is_key(query, key) else None
    values, end = _values(query, named.end + 1 if named else at, lists=named is not None)
    return Token(start, end, negated, named, values)


def _is_key(query: str, found: regex.Match[str]) -> bool:
    """Tell whether a word before a colon is meant as a key: a known one, or any with something right behind the colon."""
    following = query[found.end() : found.end() + 1]
    return key_of(found["word"]) is not None or bool(following and not following.isspace())


def _values(query: str, start: int, *, lists: bool) -> tuple[tuple[Value, ...], int]:
    """Return the values that begin at a place, and where they end: at a space outside quotes."""
    values: list[Value] = []
    text, begin, at, was_quoted = "", start, start, False
    while at < len(query) and not query[at].isspace():
        closing = _CLOSING.get(query[at])
        if closing:
            stop = query.find(closing, at + 1)
            stop = len(query) if stop < 0 else stop
            text, at, was_quoted = text + query[at + 1 : stop], min(stop + 1, len(query)), True
        elif lists and query[at] in ",،":
            values.append(Value(text, begin, at, was_quoted))
            text, begin, at, was_quoted = "", at + 1, at + 1, False
        else:
            text, at = text + query[at], at + 1
    return (*values, Value(text, begin, at, was_quoted)), at


def _operator(token: Token) -> str:
    """Return the word of a token that may be an operator."""
    value = token.values[0]
    return "" if token.key or token.negated or value.quoted else value.text


def _tests(token: Token, labels: Sequence[Label], today: date) -> tuple[Test, ...]:
    if token.key is None:
        return (words_test(token.values[0].text),)
    key = key_of(token.key.text)
    if key is None:
        known = both_scripts(KEYS)
        raise _mistake(
            token.key, N_("“{word}:” is not known. Known are: {known}. Put words with a colon in quotes."),
            word=token.key.text, known=known,
        )  # fmt: skip
    values = [value for value in token.values if fold(value.text).strip()]
    if not values:
        raise _mistake(token, N_("Say what comes after “{word}:”."), word=token.key.text)
    return tuple(_test(key, value, labels, today) for value in values)


def _test(key: str, value: Value, labels: Sequence[Label], today: date) -> Test:
    try:
        return test_of(key, value.text, labels, today)
    except Mistake as mistake:
        raise BadFilter(reason=mistake.sentence, start=value.start, end=value.end) from mistake


def _mistake(place: Value | Token, template: str, **details: object) -> BadFilter:
    return BadFilter(reason=Sentence(template, dict(details)), start=place.start, end=place.end)


def _any_of(checks: Sequence[Passes]) -> Passes:
    return checks[0] if len(checks) == 1 else lambda number: any(holds(number) for holds in checks)
