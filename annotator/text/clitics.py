"""Proclitics: the one-letter words that Arabic writes onto the next word, و ف ب ك ل س أ, and the article ال.

A rule-based analysis that only ever offers: it says where a span may start, and the reviewer decides. A letter keeps its
harakat and tatweel, so every offered start is a grapheme border. Nothing is cut off when fewer than two letters would stay.

How sure a cut is follows from what comes after the letter: the article, a hamza, a known word, two consonants that no Arabic
root begins with (J. Greenberg, "The Patterning of Root Morphemes in Semitic", 1950), or a word of `clitic_words`.

After ل the article loses its alef: للجيش is ل + الجيش. A span that starts at the second lam reads لجيش, and its plain form is
الجيش. Whose lam that is depends on the word:
- it bears a shadda, or the word is لله: of the stem, the article's has gone too; the plain form is اللغة for للّغة;
- a name that begins with lam (لبنان): of the name, there is no article and the plain form does not differ;
- a noun that begins with lam (للجنة): لجنة or اللجنة; without the article comes first, because the plain form is then what
  the text says anyway and nothing is invented;
- any other word: of the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from annotator.text.clitic_words import has_no_article, is_known, is_lam_name, is_lam_noun, is_short, looks_whole
from annotator.text.graphemes import is_border

_RUN = regex.compile(r"[\p{L}\p{M}\u200c\u200d]+")
_UNIT = regex.compile(r"(?!\u0640)\p{L}[\p{M}\u0640\u200c\u200d]*")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_SHADDA = "\u0651"
# Code points: how far the proclitics of a word may reach, and how much of a word is looked at.
_REACH = 24
_LONGEST = 80
_SHORTEST_REST = 2
_HAMZAS = "أإآ"
_QUESTION = regex.compile("أ[وف]?(?:[بك]?ال|لل)")
_FUTURE = regex.compile("س[يتنأ]")
_PARTICLES = frozenset("أوفبكل")
_DERIVED = regex.compile(r"ت\w\wي\w(?:ه|ها|هم|ة|ات)?$|ان\w{3}|ا[^اوي\W]ت\w\w|است\w\w")
# Second letters that show the first one to be a proclitic: too alike in sound to begin one root.
_CLASHES = {"ب": "بفم", "ف": "بفم", "ك": "كقغخ", "ل": "لنر", "و": "و"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the beginning of a span; `form` is the plain form where it differs from the text."""

    start: int
    end: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as its letters, without marks, and the offset of each in the text; only as far as the span reaches."""

    text: str
    end: int
    letters: str
    offsets: tuple[int, ...]

    def reading(self, at: int, *, form: str = "") -> Reading:
        return Reading(self.offsets[at], self.end, form)

    def readings(self, at: int) -> list[Reading]:
        """Return the readings that start at this letter: one, or several where whose lam it is stays open."""
        return [self.reading(at, form=form) for form in self._forms(at)]

    def _forms(self, at: int) -> list[str]:
        if not _drops_alef(self.letters, at):
            return [""]
        covered = self.text[self.offsets[at] : self.end]
        next_letter = self.offsets[at + 1] - self.offsets[at]
        return [before + covered if before else "" for before in _lost(self.letters[at:], covered[1:next_letter])]


def readings(text: str, start: int, end: int) -> tuple[Reading, ...]:
    """Return all ways to read the beginning of the span, from the whole word inwards; one when there is no choice."""
    word = _word_at(text, start, end)
    if word is None:
        return (Reading(start, end),)
    return tuple(reading for at in (0, *_cuts(word)) for reading in word.readings(at))


def toggled(text: str, start: int, end: int) -> Reading | None:
    """Return the span without its conjunction and preposition, or with them again; None when there is nothing to do."""
    word = _word_at(text, start, end)
    if word is None:
        return None
    if start != word.offsets[0]:
        return word.reading(0)
    at = _sure_cut(word) or _possible_cut(word)
    return word.readings(at)[0] if at else None


def offered(text: str, start: int, end: int) -> Reading | None:
    """Return the span without proclitics if it starts with a word that surely has some, else None."""
    word = _word_at(text, start, end) if _may_begin_particle(text[start : start + 2]) else None
    at = _sure_cut(word) if word and word.offsets[0] == start else 0
    return word.readings(at)[0] if word and at else None


def plain_form(text: str, start: int, end: int) -> str:
    """Return the plain form of a span that starts behind the ل of a word with لل; empty where it does not differ."""
    return next((one.form for one in readings(text, start, end) if one.start == start), "")


def _word_at(text: str, start: int, end: int) -> _Word | None:
    """Return the word at the span's start, if the span starts with the word or behind proclitics of it."""
    begin = _run_start(text, start)
    run = _RUN.match(text, begin, min(end, begin + _LONGEST)) if begin is not None else None
    units = list(_UNIT.finditer(run.group())) if run else []
    if begin is None or not units or not is_border(text, begin + units[0].start()):
        return None
    letters = "".join(_letter(unit.group()) for unit in units)
    word = _Word(text, end, letters, tuple(begin + unit.start() for unit in units))
    known = start == word.offsets[0] or start in (word.offsets[at] for at in _cuts(word))
    return word if known else None


def _may_begin_particle(beginning: str) -> bool:
    """Tell whether a word that begins so may begin with a particle; most words do not, and this is soon said."""
    letter = unicodedata.normalize("NFKC", beginning[:1])
    return letter in _PARTICLES or (letter == "ا" and unicodedata.combining(beginning[1:] or " ") > 0)


def _run_start(text: str, start: int) -> int | None:
    """Return where the run of letters around `start` begins, or None when that is too far away for proclitics."""
    begin = start
    while begin > 0 and _RUN.match(text, begin - 1, begin):
        begin -= 1
        if start - begin > _REACH:
            return None
    return begin


def _letter(unit: str) -> str:
    """Return the letter of a letter with its marks, hamza composed; a ligature of several letters stays itself."""
    composed = unicodedata.normalize("NFKC", unit[0])
    letter = unit[0] if len(composed) > 1 else unicodedata.normalize("NFC", composed + unit[1:])[0]
    return "ا" if letter == "ٱ" else letter


def _cuts(word: _Word) -> list[int]:
    """Return the letters at which the span may start behind proclitics, in order."""
    offsets, first = word.offsets, word.offsets[0]
    near = (at for at in _proclitic_ends(word.letters) if len(offsets) - at >= _SHORTEST_REST)
    return [at for at in near if offsets[at] - first <= _REACH and is_border(word.text, offsets[at])]


def _proclitic_ends(letters: str) -> Iterator[int]:
    """Yield how many letters each possible chain of proclitics has: question, conjunction, preposition or س, article."""
    at = 0
    if _asks(letters):
        at = 1
        yield at
    for particles in ("وف", "بكل"):
        if letters[at : at + 1] in tuple(particles):
            at += 1
            yield at
    if _is_future(letters, at):
        yield at + 1
    if letters.startswith("ال", at) and not has_no_article(letters[at:]):
        yield at + 2
    if _drops_alef(letters, at) and "ا" in _lost(letters[at:], ""):
        yield at + 1


def _asks(letters: str) -> bool:
    """Tell whether the first letter is the أ of a question: before a word that has the article, else it is left alone."""
    return bool(_QUESTION.match(letters))


def _is_future(letters: str, at: int) -> bool:
    """Tell whether a verb with the س of the future stands here; no preposition goes before one."""
    return at <= 1 and letters[:at] in ("", "و", "ف") and bool(_FUTURE.match(letters, at, at + 2))


def _drops_alef(letters: str, at: int) -> bool:
    """Tell whether the letter is the second lam of a لل whose first is the preposition."""
    return (
        letters[at - 1 : at + 1] == "لل"
        and letters[: at - 1] in ("", "و", "ف", "أ", "أو", "أف")
        and at + 1 < len(letters)
    )


def _lost(stem: str, marks: str) -> list[str]:
    """Return what لل took away before this stem, the likeliest first; the rule is told at the top."""
    if _SHADDA in marks or stem == "له":
        return ["ال"]
    if is_lam_name(stem):
        return [""]
    if is_lam_noun(stem):
        return ["", "ال", "ا"] if is_known(stem[1:]) else ["", "ال"]
    return ["ا"]


def _possible_cut(word: _Word) -> int:
    """Return the end of the first particle, though nothing speaks for it; 0 for words known as whole."""
    particle = word.letters[:1] in tuple("وفبكلس")
    return 1 if particle and 1 in _cuts(word) and not looks_whole(word.letters) else 0


def _sure_cut(word: _Word) -> int:
    """Return the end of the conjunction and preposition that the word surely has; 0 when it has none."""
    at = 1 if _asks(word.letters) else 0
    for particles in ("وف", "بكل"):
        rest = word.letters[at:]
        if rest[:1] in tuple(particles) and _is_sure(rest[0], rest[1:]):
            at += 1
    return at if at in _cuts(word) and word.letters[at - 1] != "أ" else 0


def _is_sure(particle: str, rest: str) -> bool:
    """Tell whether the letter is surely a proclitic before this rest."""
    if rest[:1] == "إ" or (particle == "و" and rest[:1] in tuple(_HAMZAS)):
        return True
    if looks_whole(particle + rest, exactly=True):
        return False
    if is_known(rest, exactly=True) and len(rest) > _SHORTEST_REST:
        return True
    return not looks_whole(particle + rest) and (_shows(particle, rest) or _is_word(particle, rest))


def _shows(particle: str, rest: str) -> bool:
    """Tell whether the letters after a particle show that it is one: article, other script, hamza or a clash of sounds."""
    if particle == "ل" and rest.startswith("ل"):
        return len(rest) > _SHORTEST_REST or rest == "له"
    if rest.startswith("ال"):
        return len(rest) > _SHORTEST_REST + 1
    if not _ARABIC.match(rest[:1] or "ا"):
        return True
    return len(rest) > _SHORTEST_REST + 1 and (rest[0] in _HAMZAS or rest[0] in _CLASHES[particle])


def _is_word(particle: str, rest: str) -> bool:
    """Tell whether the rest is a word by itself: known, of a form that nouns have, or with a sure preposition of its own."""
    if is_known(rest) and len(rest) > _SHORTEST_REST:
        return True
    if particle in "وف" and (is_short(rest) or (rest[:1] in tuple("بكل") and _is_sure(rest[0], rest[1:]))):
        return True
    if _is_derived(rest):
        return True
    if particle == "و":
        return len(rest) > _SHORTEST_REST and rest[0] != "ا"
    return particle == "ل" and rest.startswith("م") and len(rest) > _SHORTEST_REST + 2


def _is_derived(rest: str) -> bool:
    """Tell whether the word has a form of derived verbs and their nouns in which hardly a foreign name comes.

    That is تفعيل, and what begins with a bare alef: انفعل, افتعل, استفعل with انفعال, افتعال, استفعال.
    """
    return bool(_DERIVED.match(rest))
