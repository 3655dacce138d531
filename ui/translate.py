"""The interface's language: `tr` and `trn` give a text in the language chosen at the moment."""

from __future__ import annotations

from annotator.language import Sentence, catalogue

_catalogue = catalogue("en")
_language = "en"


def set_language(language: str) -> None:
    """Choose the language (`ar` or `en`) of every text asked for from now on."""
    global _catalogue, _language
    _catalogue, _language = catalogue(language), language


def language() -> str:
    """Return the language chosen."""
    return _language


def tr(text: str) -> str:
    """Return a text in the chosen language."""
    return _catalogue.gettext(text)


def trn(one: str, many: str, count: int, *, shown: str = "") -> str:
    """Return the form of a text that goes with a number, with the number (or how it is `shown`) filled in as `{count}`."""
    return _catalogue.ngettext(one, many, count).format(count=shown or count)


def say(sentence: Sentence) -> str:
    """Return a sentence of the core in the chosen language, its names and paths isolated."""
    return sentence.translated(tr, isolate=isolated)


def running(sentence: str) -> str:
    """Return a sentence that runs as its language does, also where it begins with a name (LRM and RLM, Unicode Annex 9)."""
    return ("\u200f" if language() == "ar" else "\u200e") + sentence


def isolated(name: str) -> str:
    """Return a name that cannot disturb the direction of the text around it (FSI … PDI, Unicode Annex 9)."""
    return f"\u2068{name}\u2069"
