"""Letters out of a PDF: joined forms put back to plain ones, letters of one glyph in order, and whether words look right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from annotator.text.clitic_words import is_known, is_short

_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
# Isolated harakat are written as a space with a mark; the space is none of the text.
_LONE_MARK = re.compile(" (?=[\u064b-\u0652\u0670])")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_WORD = re.compile("[\u0620-\u0652\u0670-\u06d3]+")
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
# Letters that do not join to the one behind them, and of these the two that end every word they stand in.
_NEVER_JOINED_ON = frozenset("اأإآٱدذرزوؤةىء")
_LAST_ONLY = re.compile("[ةى](?=[\u0620-\u064a])")


def plain_letters(text: str) -> str:
    """Return the text with Arabic presentation forms (U+FB50–FDFF, U+FE70–FEFC) as the letters they show."""
    return _FORMS.sub(lambda found: _LONE_MARK.sub("", unicodedata.normalize("NFKC", found.group())), text)


def in_reading_order(texts: Sequence[str]) -> list[str]:
    """Return the texts of a page's glyphs, each in reading order.

    PDFium has turned Arabic glyphs of several letters round unless they were presentation forms. Which of the two a file has
    is seen where only one order can be right (lam before alef), and holds for those where both could be (ين and ني).
    """
    doubtful = [text for text in texts if len(text) > 1 and _ARABIC.search(text)]
    better = {text: _fitness(text) - _fitness(text[::-1]) for text in set(doubtful)}
    votes = sum((better[text] > 0) - (better[text] < 0) for text in doubtful)
    return [text if text not in better or (better[text] or votes) > 0 else text[::-1] for text in texts]


def _fitness(text: str) -> int:
    """Return how well letters fit as those of one glyph, read in this order."""
    stripped = text.strip()
    known = 2 * (stripped in _ligatures()) + word_score(_WORD.findall(stripped))
    broken = sum(letter in _NEVER_JOINED_ON for word in stripped.split() for letter in _MARKS.sub("", word)[:-1])
    begun = sum(bool(unicodedata.combining(word[0])) for word in stripped.split())
    return known - broken - 4 * begun - text.startswith(" ")


@cache
def _ligatures() -> frozenset[str]:
    """Return what Unicode's own Arabic ligatures stand for."""
    codes = (*range(0xFBEA, 0xFDFC), *range(0xFEF5, 0xFEFD))
    return frozenset(unicodedata.normalize("NFKC", chr(code)) for code in codes)


def words_of(text: str) -> list[str]:
    """Return the Arabic words of at least two letters, without harakat and tatweel."""
    found = (_MARKS.sub("", word) for word in _WORD.findall(text))
    return [word for word in found if len(word) > 1]


def word_score(words: Iterable[str]) -> int:
    """Return how many words are ones that are known or have the article, less those that no Arabic word looks like."""
    return sum(_looks_right(word) - 2 * _looks_wrong(word) for word in words)


def _looks_right(word: str) -> bool:
    return (word.startswith("ال") and len(word) > 3) or is_short(word) or is_known(word, exactly=True)


def _looks_wrong(word: str) -> bool:
    return word[0] in "ةى" or bool(_LAST_ONLY.search(word))


def turned_words(words: Iterable[str]) -> list[str]:
    """Return each word with its letters from last to first."""
    return [word[::-1] for word in words]


def is_plausible(words: list[str]) -> bool:
    """Tell whether words look like Arabic as far as so many can tell: news has three known words in ten."""
    return len(words) < 20 or word_score(words) > 0.12 * len(words)
