"""Counting what goes into a package while it is written, and seeing how new it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from annotator.entities import Entity
from annotator.frames import Relation, Verdict
from annotator.model import Annotation, LabelSet, MarkedArticle, MarkedProject


@dataclass(slots=True)
class Tally:
    """The counts of what a writer got. `newest` is the time of the newest change among it, empty while there is none."""

    articles: int = 0
    by_label: Counter[str] = field(default_factory=Counter)
    frames: int = 0
    verdicts: int = 0
    links: int = 0
    relations: int = 0
    entities: int = 0
    reviewers: set[str] = field(default_factory=set)
    newest: str = ""
    label_set: LabelSet | None = None

    def watching(self, project: MarkedProject) -> MarkedProject:
        """Return the project, counted while it is read."""
        self.label_set = project.label_set
        return replace(project, articles=self._seen(project.articles), entities=self._entities(project.entities))

    @property
    def annotations(self) -> int:
        """The number of all annotations."""
        return self.by_label.total()

    @property
    def label_set_version(self) -> int:
        """The version of the label set."""
        return self.label_set.version if self.label_set else 1

    @property
    def guideline_version(self) -> int:
        """The version of the label set in which a definition (names, guideline, examples, answers) last changed."""
        if not self.label_set:
            return 1
        labels, attributes = self.label_set.labels, self.label_set.attributes
        return max((*(one.version for one in labels), *(one.version for one in attributes)), default=1)

    def counts(self) -> dict[str, Any]:
        """Return all counts as plain values."""
        return {
            "articles": self.articles,
            "annotations": self.annotations,
            "annotations_by_label": dict(sorted(self.by_label.items())),
            "claim_frames": self.frames,
            "verdicts": self.verdicts,
            "links": self.links,
            "relations": self.relations,
            "entities": self.entities,
            "reviewers": len(self.reviewers),
        }

    def _seen(self, articles: Iterable[MarkedArticle]) -> Iterator[MarkedArticle]:
        for marked in articles:
            self._count(marked)
            yield marked

    def _entities(self, entities: Iterable[Entity]) -> Iterator[Entity]:
        for entity in entities:
            self.entities += not entity.merged_into
            yield entity

    def _count(self, marked: MarkedArticle) -> None:
        verdicts = list(chain.from_iterable(marked.verdicts.values()))
        self.articles += 1
        self.by_label.update(one.label for one in marked.annotations)
        self.frames += len(marked.frames)
        self.verdicts += len(verdicts)
        self.links += len(marked.links)
        self.relations += len(marked.relations)
        made: list[Annotation | Verdict | Relation] = [*marked.annotations, *verdicts, *marked.relations]
        self.reviewers.update(one.reviewer for one in made)
        self.newest = max(self.newest, marked.article.source.imported_at, *(one.updated_at for one in made))
