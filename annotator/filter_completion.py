"""What could be meant by the beginning of a filter's term: keys and their values, in the script in which one is typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from annotator.filter_keys import ASSIGNED_WORDS, HAS_WORDS, IS_WORDS, KEYS, REVIEW_WORDS, STATE_WORDS, key_of, plain
from annotator.filters import Token, quoted, tokens
from annotator.model import Label
from annotator.text.fold import fold

_MOST = 12
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_LATIN = regex.compile(r"\p{Script=Latin}")
_Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Completion:
    """Texts of which one may take the place of `[start, end)` of the line."""

    start: int
    end: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a project knows by name: its labels, its reviewers, and outlets, the most frequent first."""

    labels: Sequence[Label] = ()
    reviewers: Sequence[str] = ()
    outlets: Sequence[str] = ()


def complete(query: str, cursor: int, known: Known, *, arabic: bool) -> Completion:
    """Return what could stand at the cursor; `arabic` says in which language where the line does not tell."""
    token = next((one for one in tokens(query[:cursor]) if one.end == cursor), None)
    if token is None:
        return Completion(cursor, cursor, ())
    if token.key is None:
        return _keys(token, arabic=arabic)
    return _values(token, known, arabic=arabic)


def _keys(token: Token, *, arabic: bool) -> Completion:
    value = token.values[0]
    begun = fold(value.text)
    # The article begins so many Arabic words that it says nothing yet.
    if value.quoted or begun in ("", "ا", "ال"):
        return Completion(value.end, value.end, ())
    words = _in_script(KEYS, value.text, arabic=arabic)
    texts = [f"{word}:" for word in words if fold(word).startswith(begun) or plain(word).startswith(begun)]
    return Completion(value.start, value.end, tuple(texts[:_MOST]))


def _values(token: Token, known: Known, *, arabic: bool) -> Completion:
    value, name = token.values[-1], token.key.text if token.key else ""
    begun, key = fold(value.text).strip(), key_of(name)
    script = value.text if begun else name
    offered = _offered(key or "", known, script, arabic=arabic)
    texts = [quoted(word) for word in offered if begun in fold(word) or plain(word).startswith(plain(value.text))]
    return Completion(value.start, value.end, tuple(dict.fromkeys(texts))[:_MOST])


def _offered(key: str, known: Known, script: str, *, arabic: bool) -> list[str]:
    labels = [label.names.get("ar" if _is_arabic(script, arabic=arabic) else "en", label.key) for label in known.labels]
    words: Mapping[str, Iterable[str]] = {
        "state": _in_script(STATE_WORDS, script, arabic=arabic),
        "has": [*_in_script(HAS_WORDS, script, arabic=arabic), *labels],
        "is": [*_in_script(IS_WORDS, script, arabic=arabic), *_in_script(STATE_WORDS, script, arabic=arabic)],
        "assigned": [*_in_script(ASSIGNED_WORDS, script, arabic=arabic), *known.reviewers],
        "reviewer": known.reviewers,
        "review": _in_script(REVIEW_WORDS, script, arabic=arabic),
        "label": labels,
        "outlet": known.outlets,
    }
    return list(words.get(key, ()))


def _in_script(words: _Words, script: str, *, arabic: bool) -> list[str]:
    """Return the words of a table in the script of what was typed."""
    return [others[0] if _is_arabic(script, arabic=arabic) else word for word, others in words.items()]


def _is_arabic(script: str, *, arabic: bool) -> bool:
    if _ARABIC.search(script):
        return True
    return arabic and not _LATIN.search(script)
