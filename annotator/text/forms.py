"""The forms in which a sought word stands in texts: with letters written onto it, and with hamza on another seat.

Conjunction و ف, preposition ب ك ل and the article ال may stand before a word, in this order: (و|ف)(ب|ك|ل)(ال). After ل the
article loses its alef (للجيش), and before a word that begins with lam its lam as well (للجنة). A verb may have س before it.
A word sought with its article is found only with it. A form that is known as a word of its own, whose first letter is no
proclitic (ورد for رد), is left out. A hamza that is typed with a seat is found on each seat: مسؤول, مسئول, مسءول.
"""

from __future__ import annotations

from itertools import product

from annotator.text.clitic_words import looks_whole
from annotator.text.words import words_of

_CONJUNCTIONS, _PREPOSITIONS = ("", "و", "ف"), ("", "ب", "ك", "ل")
_ARTICLE = "ال"
_FUTURE, _PERSONS = "س", tuple("يتنا")
_SHORTEST = 2  # letters that must follow ال for it to be the article
_SHORTEST_NAME = 3  # a shorter name would make another word of too many: كرد is not ك with رد
_SEATS = {"ؤ": "ويء", "ئ": "ويء", "ء": "ءوي"}
_MOST_SEATS = 2


def forms_of(word: str, *, clitics: bool = True) -> dict[str, int]:
    """Return the search forms of a word as it was typed, each with the number of proclitic letters before the word.

    The article is no such letter: it belongs to the word.
    """
    found: dict[str, int] = {}
    for written in spellings(word):
        for form, letters in _with_proclitics(written) if clitics else ((written, 0),):
            found.setdefault(form, letters)
    return found


def name_forms(word: str) -> dict[str, int]:
    """Return the forms in which a name may stand, as `forms_of`, but also those that are known as words of their own.

    For a name that nobody may miss: وسام is found for سام too. No verb's س stands before a name.
    """
    found: dict[str, int] = {}
    for written in spellings(word):
        for before, rest in [("", written), *_prefixed(written)]:
            doubtful = len(written) < _SHORTEST_NAME and _is_another_word(before + rest, len(before))
            if not (before.endswith(_FUTURE) or doubtful):
                found.setdefault(before + rest, len(before))
    return found


def spellings(word: str) -> list[str]:
    """Return the search forms of a word as it was typed: one, or one for each seat a hamza may have."""
    seated = [letter for letter in word if letter in _SEATS]
    if not seated or len(seated) > _MOST_SEATS:
        return [words_of(word).strip(" ")]
    choices = [_SEATS.get(letter, letter) for letter in word]
    return list(dict.fromkeys(words_of("".join(letters)).strip(" ") for letters in product(*choices)))


def _with_proclitics(word: str) -> list[tuple[str, int]]:
    forms = [(word, 0)]
    forms += [(before + form, len(before)) for before, form in _prefixed(word) if before + form != word]
    return [(form, letters) for form, letters in forms if letters == 0 or not _is_another_word(form, letters)]


def _prefixed(word: str) -> list[tuple[str, str]]:
    """Return the proclitics that may stand before a word, and how the word goes on behind them."""
    begins = word.startswith(_ARTICLE) and len(word) >= len(_ARTICLE) + _SHORTEST
    bare = word[len(_ARTICLE) :] if begins else word
    found = []
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            before = conjunction + preposition
            found.append((before, word))
            if preposition == "ل":
                # Whose lam it is that follows: the rest begins with the second lam, as the span of an annotation does.
                found.append((before, bare if bare.startswith("ل") else "ل" + bare))
            elif not begins:
                found.append((before, _ARTICLE + bare))
        if not begins and word.startswith(_PERSONS):
            found.append((conjunction + _FUTURE, word))
    return found


def _is_another_word(form: str, letters: int) -> bool:
    """Tell whether the first letter of a form is known to belong to it; of two proclitics each is asked."""
    return any(looks_whole(form[at:], exactly=True) for at in range(letters))
