"""What happened in a project, and what an article was at a time: the values that reading the log gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.entities import Entity
from annotator.language import Sentence
from annotator.model import MarkedArticle, Reading

Detail = str | int | Sentence | Mapping[str, str]
"""Fills a place of a sentence; a mapping holds a name by language."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One step of the log: who did what when, and where.

    `said` tells which sentence it is, `details` fill it; `log_words.told` makes the sentence. `counts` are the things touched,
    by kind. `article`, `title`, `annotation` and `span` are the place it is about, empty or None where it is about none or
    about several. `taken_back` says that the step was undone and not done again; `target` is the step that an undo or a redo
    is about.
    """

    step: str
    at: str
    reviewer: str
    action: str
    said: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    article: str = ""
    title: str = ""
    annotation: str = ""
    span: tuple[int, int] | None = None
    taken_back: bool = False
    target: LogEntry | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """An article as the project showed it at a time, found from the log alone.

    `at` is that time, `entities` are those that its annotations meant, by id, as they were then.
    """

    at: str
    marked: MarkedArticle
    entities: Mapping[str, Entity]
    readings: tuple[Reading, ...]
