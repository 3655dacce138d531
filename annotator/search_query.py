"""What a search asks for: a line of words, operators and labels, read into a tree.

    دمشق                 the word, in any spelling that folds alike, with the one-letter words written onto it: ودمشق, بدمشق
    =دمشق                the word as it is spelled here and nothing written onto it; harakat and tatweel do not count
    "الجيش السوري"       these words one after the other; also “ ” and « »
    حلب*                 words that begin so
    حلب إدلب             both, anywhere in the article; also AND, &, ـوـ
    حلب OR إدلب          one of them; also |, ـأوـ
    حلب NOT قصف          the first, in articles without the second; also -قصف, ـليسـ
    حلب ~5 قصف           both, in any order, at most five words between them; also +5
    (حلب OR إدلب) قصف    parentheses bind
    place:حلب            within annotations of a label, named by its key or by its name in any language; place:* all of them
    in:claim حلب         the same for all that stands beside it; also في:
    label:claim          all annotations of a label; also وسم:

The Arabic operators wear a tatweel on either side, since و, أو and ليس are words that people search for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import regex

from annotator.errors import BadQuery
from annotator.language import N_, Sentence
from annotator.text.fold import fold
from annotator.text.words import Worded, words_of

_LONGEST = 1000
_DEEPEST = 20
_FARTHEST = 100
_SHORTEST_PREFIX = 2
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "”": "”"}
_TOKEN = regex.compile(
    r"""(?P<space>[\s\u200e\u200f\u061c\u2066-\u2069]+)
    | (?P<open>\() | (?P<close>\)) | (?P<or>\|{1,2}) | (?P<and>&{1,2})
    | (?P<near>(?:~|\+|NEAR/)(?=\p{Nd})\p{Nd}+(?![^\s()]))
    | (?P<quote>["“„«»”])
    | (?P<not>(?<![^\s(:])[-!](?=[^\s-]))
    | (?P<exact>=(?=[^\s]))
    | (?P<label>[^\s()"“„«»”|&:=*~]+):(?=[^\s:])
    | (?P<word>[^\s()"“„«»”|&]+)""",
    regex.VERBOSE,
)
_WORD = regex.compile(r"[^\s()\"“„«»”|&]+")
_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "ـوـ": "and", "ـأوـ": "or", "ـاوـ": "or", "ـليسـ": "not"}
_BESIDE, _MARKED = ("in", "في"), ("label", "وسم")


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that follow one another, as they were typed; with `begins` the last one only begins so."""

    words: tuple[str, ...]
    begins: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most so many words between them, in any order."""

    one: Node
    other: Node
    distance: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these somewhere in the article; what is `without` must not be there."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """What lies within annotations of a label, given by its key."""

    label: str
    part: Node


@dataclass(frozen=True, slots=True)
class Marked:
    """The annotations of a label themselves."""

    label: str


Node = Words | Near | Every | Some | Within | Marked


def parse(query: str, labels: Mapping[str, str] | None = None) -> Node:
    """Read a query; `labels` gives the keys of labels by the names they may be called in it.

    Raises BadQuery with a sentence and the place of the mistake.
    """
    if len(query) > _LONGEST:
        _refuse(_LONGEST, N_("a search has at most {most} characters"), most=_LONGEST)
    known = {fold(name): key for name, key in (labels or {}).items()}
    return _Parser(query, known).whole()


def label_names(labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the keys of labels by all that they may be called in a query: names with _ for spaces, key, plural of the key."""
    named: dict[str, str] = {}
    for key, names in labels.items():
        for name in (*names.values(), f"{key}s", key):
            named[name.replace(" ", "_")] = key
    return named


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Parser:
    """Reads a query from left to right by one function a floor: alternatives, what goes together, nearness, one thing."""

    def __init__(self, query: str, labels: Mapping[str, str]) -> None:
        self._query, self._labels = query, labels
        self._tokens = list(_tokens(query))
        self._now = 0
        self._depth = 0

    def whole(self) -> Node:
        found = self._alternatives()
        if self._kind() == "close":
            self._refuse(N_("nothing was opened that this parenthesis closes"))
        if found is None:
            _refuse(0, N_("it has no words"))
        return found

    # -- floors ---------------------------------------------------------------------------------------------------

    def _alternatives(self) -> Node | None:
        parts = [self._together()]
        while self._kind() == "or":
            at = self._take().at
            parts.append(self._together())
            if parts[-1] is None or parts[-2] is None:
                _refuse(at, N_("OR stands between two things"))
        kept = tuple(part for part in parts if part is not None)
        return (Some(kept) if len(kept) > 1 else kept[0]) if kept else None

    def _together(self) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        scopes: list[str] = []
        first_not = self._at()
        while self._kind() not in ("", "or", "close"):
            if self._kind() == "and":
                self._step_over_and(bool(parts or without or scopes))
            elif self._kind() == "not":
                first_not = first_not if without else self._at()
                self._take()
                without.append(self._needed(self._near(), N_("NOT stands before what must not be there")))
            elif self._kind() == "label" and self._is(_BESIDE):
                scopes.append(self._scope())
            else:
                found = self._near()
                parts += [found] if found else []
        return _scoped(self._joined(parts, without, scopes, first_not), scopes)

    def _joined(self, parts: list[Node], without: list[Node], scopes: list[str], at: int) -> Node | None:
        if not parts and scopes and not without:
            return Marked(scopes.pop())
        if without and not parts:
            _refuse(at, N_("something must be sought beside what must not be there"))
        return (Every(tuple(parts), tuple(without)) if len(parts) > 1 or without else parts[0]) if parts else None

    def _near(self) -> Node | None:
        found = self._one()
        while self._kind() == "near":
            token = self._take()
            distance = int(fold(regex.sub(r"^(?:~|\+|NEAR/)", "", token.text)))
            if distance > _FARTHEST:
                _refuse(token.at, N_("at most {most} words can lie between two things"), most=_FARTHEST)
            other = self._one()
            if found is None or other is None:
                _refuse(token.at, N_("a distance stands between two things"))
            found = Near(found, other, distance)
        return found

    def _one(self) -> Node | None:
        kind = self._kind()
        if kind == "open":
            return self._parenthesis()
        if kind == "quote":
            return self._phrase(exact=False)
        if kind == "exact":
            self._take()
            if self._kind() not in ("word", "quote"):
                self._refuse(N_("a word or a phrase stands behind the equals sign"))
            return self._phrase(exact=True) if self._kind() == "quote" else self._word(exact=True)
        if kind == "label":
            return self._labelled()
        return self._word(exact=False) if kind == "word" else None

    # -- single things --------------------------------------------------------------------------------------------

    def _parenthesis(self) -> Node:
        at = self._take().at
        self._depth += 1
        if self._depth > _DEEPEST:
            _refuse(at, N_("there are too many parentheses within each other"))
        found = self._alternatives()
        if self._kind() != "close":
            _refuse(at, N_("this parenthesis is not closed"))
        self._take()
        self._depth -= 1
        if found is None:
            _refuse(at, N_("there is nothing in this parenthesis"))
        return found

    def _phrase(self, *, exact: bool) -> Node | None:
        opening = self._take()
        if opening.kind != "quote" or not opening.text.endswith(_QUOTES[opening.text[0]]) or len(opening.text) < 2:
            _refuse(opening.at, N_("these quotation marks are not closed"))
        inner = opening.text[1:-1]
        return self._words(inner.rstrip(), opening.at + 1, exact=exact)

    def _word(self, *, exact: bool) -> Node | None:
        token = self._take()
        return self._words(token.text, token.at, exact=exact)

    def _words(self, text: str, at: int, *, exact: bool) -> Node | None:
        begins = text.endswith("*")
        text = text[:-1] if begins else text
        if "*" in text:
            _refuse(at + text.index("*"), N_("the star stands only behind the letters with which a word begins"))
        worded = Worded(text)
        found = tuple(text[slice(*worded.span(number, number))] for number in range(len(worded.words)))
        if begins and (not found or len(worded.words[-1]) < _SHORTEST_PREFIX):
            _refuse(at + len(text), N_("at least {least} letters stand before the star"), least=_SHORTEST_PREFIX)
        return Words(found, begins, exact) if found else None

    def _labelled(self) -> Node | None:
        if self._is(_BESIDE):  # in:claim where only one thing can stand
            return Marked(self._scope())
        if self._is(_MARKED):
            return Marked(self._scope())
        token = self._take()
        label = self._label(token.text, token.at)
        if self._kind() == "word" and self._tokens[self._now].text == "*":
            self._take()
            return Marked(label)
        return Within(label, self._needed(self._one(), N_("a word stands behind the name of a label")))

    def _scope(self) -> str:
        self._take()
        if self._kind() not in ("word", "label"):
            self._refuse(N_("the name of a label stands here"))
        token = self._take()
        return self._label(token.text, token.at)

    def _label(self, name: str, at: int) -> str:
        label = self._labels.get(fold(name))
        if label is None:
            known = ", ".join(dict.fromkeys(self._labels.values()))
            _refuse(
                at,
                N_(
                    "there is no label “{label}” (the labels are: {known}); words with a colon stand in quotation marks"
                ),
                label=name,
                known=known,
            )
        return label

    # -- tokens ---------------------------------------------------------------------------------------------------

    def _kind(self) -> str:
        return self._tokens[self._now].kind if self._now < len(self._tokens) else ""

    def _at(self) -> int:
        return self._tokens[self._now].at if self._now < len(self._tokens) else len(self._query)

    def _take(self) -> _Token:
        token = self._tokens[self._now] if self._now < len(self._tokens) else _Token("", "", len(self._query))
        self._now += 1
        return token

    def _is(self, names: tuple[str, ...]) -> bool:
        return self._tokens[self._now].text in names

    def _step_over_and(self, has_one: bool) -> None:
        at = self._take().at
        if not has_one or self._kind() in ("", "or", "and", "close"):
            _refuse(at, N_("AND stands between two things"))

    def _needed(self, found: Node | None, what: str) -> Node:
        if found is None:
            self._refuse(what)
        return found

    def _refuse(self, template: str) -> NoReturn:
        _refuse(self._at(), template)


def _tokens(query: str) -> Iterator[_Token]:
    at = 0
    while at < len(query):
        found = _TOKEN.match(query, at)
        if found is None:  # a lone sign that means nothing here
            at += 1
            continue
        kind, end = str(found.lastgroup), found.end()
        if kind == "quote":
            end = _end_of_quote(query, at)
        text = found.group("label") if kind == "label" else query[at:end]
        if kind == "label" and not _names(text):
            kind, text = "word", _WORD.match(query, at).group()
            end = at + len(text)
        if kind == "word":
            kind = _OPERATORS.get(text, "word")
        if kind != "space":
            yield _Token(kind, text, at)
        at = end


def _end_of_quote(query: str, at: int) -> int:
    closing = query.find(_QUOTES[query[at]], at + 1)
    return closing + 1 if closing >= 0 else len(query)


def _names(text: str) -> bool:
    """Tell whether what stands before a colon can be the name of a label: 12:30 is no label and its word."""
    return bool(words_of(text).strip(" ")) and not text[:1].isdecimal()


def _scoped(found: Node | None, scopes: list[str]) -> Node | None:
    for label in scopes:
        found = Within(label, found) if found is not None else Marked(label)
    return found


def _refuse(at: int, template: str, **details: object) -> NoReturn:
    raise BadQuery(at=at + 1, reason=Sentence(template, details))
