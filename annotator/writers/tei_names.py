"""What several TEI files point to: the ids of labels, answers, reviewers and entities, which all stand in `corpus.xml`."""

from __future__ import annotations

import re

from annotator.entities import Entity
from annotator.model import LabelSet, MarkedArticle
from annotator.writers.standing import Standing
from annotator.writers.xml_text import derived_id

CORPUS = "corpus.xml"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class TeiNames:
    """Gives the ids of a corpus and remembers which labels and reviewers were named."""

    def __init__(self, label_set: LabelSet | None, register: Standing) -> None:
        self.register = register
        self.attributes = label_set.attributes if label_set else ()
        self.version = label_set.version if label_set else 0
        self.labels: dict[str, str] = {}
        self.reviewers: dict[str, str] = {}
        self._numbered: dict[str, str] = {}
        for label in label_set.labels if label_set else ():
            self.label(label.key)

    def label(self, key: str) -> str:
        """Return the id of a label."""
        return self.labels.get(key) or self.labels.setdefault(key, f"label.{self._safe(key)}")

    def answer(self, attribute: str, value: str) -> str:
        """Return the id of an answer that the label set allows."""
        return f"answer.{self._safe(attribute)}.{self._safe(value)}"

    def reviewer(self, name: str) -> str:
        """Return the id of a reviewer."""
        return self.reviewers.get(name) or self.reviewers.setdefault(name, f"reviewer-{derived_id('reviewer', name)}")

    def meant(self, marked: MarkedArticle, annotation: str) -> Entity | None:
        """Return the entity that an annotation is linked to, or None."""
        return self.register.meant(marked, annotation)

    def _safe(self, key: str) -> str:
        """Return a key as part of an XML id: itself where it is plain, else a number that stays within the export."""
        return key if _PLAIN.fullmatch(key) else self._numbered.setdefault(key, str(len(self._numbered) + 1))


def in_corpus(identity: str) -> str:
    """Return how another file points to something of the corpus file."""
    return f"{CORPUS}#{identity}"


def entity_id(identity: str) -> str:
    """Return the XML id of an entity."""
    return f"entity-{identity}"


def annotation_id(identity: str) -> str:
    """Return the XML id of an annotation."""
    return f"annotation-{identity}"


def stretch(text: str, start: int, end: int) -> str:
    """Return the pointer to the code points `[start, end)` of the element of this id."""
    return f"#string-range({text},{start},{end - start})"
