"""Sentences for people, and their translation by gettext catalogues.

The core never decides which language a person reads: it makes a `Sentence` (an English template with its details) and
whoever shows it passes the translation of the moment. `N_` marks a template for the catalogue without translating it.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from annotator.folders import resources_folder

LANGUAGES = ("ar", "en")
Translate = Callable[[str], str]
Isolate = Callable[[str], str]


def N_(template: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a template for translation and return it as it is."""
    return template


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence for a person: an English template and the details that fill it."""

    template: str
    details: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.translated(lambda template: template)

    def translated(self, translate: Translate, *, isolate: Isolate = str) -> str:
        """Return the sentence in the language of `translate`; details that are sentences are translated too.

        Names and paths go through `isolate`, which a window needs so that they cannot turn the sentence round.
        """

        def shown(value: Any) -> Any:
            if isinstance(value, Sentence):
                return value.translated(translate, isolate=isolate)
            return isolate(str(value)) if isinstance(value, str | PurePath) else value

        return translate(self.template).format(**{name: shown(value) for name, value in self.details.items()})


def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations of `language`; English, or an unknown language, gives the templates themselves."""
    folder = resources_folder() / "translations"
    return gettext.translation("hashiya", folder, languages=[language], fallback=True)


def system_language() -> str:
    """Return the language of the user's system among ours: `ar` when it is Arabic, `en` otherwise.

    The environment is asked first: `locale` knows only the locales that are installed.
    """
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    return "ar" if (named or locale.getlocale()[0] or "").lower().startswith("ar") else "en"
