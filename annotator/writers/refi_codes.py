"""The code book of a REFI-QDA project: labels, the answers of claim frames, verdicts, and the register, each a code.

Programs of qualitative analysis take two codes of one name for one, so names are made different: «حلب (2)».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.entities import Entity
from annotator.model import AttributeValue, Label, LabelSet
from annotator.writers.standing import Standing, point_of
from annotator.writers.xml_text import attribute, content, derived_id

CUE = derived_id("code", "cue")
_GROUPS = {
    "answers": "Claims",
    "register": "Register",
    "actor": "Actors",
    "place": "Places",
}


class Codes:
    """Gives the GUIDs of codes and remembers which were used, so that none is missing in the code book."""

    def __init__(self, label_set: LabelSet | None, register: Standing) -> None:
        self._given = {one.key: one for one in (label_set.labels if label_set else ())}
        self._answers = {
            (one.key, value.key): value for one in (label_set.attributes if label_set else ()) for value in one.values
        }
        self._register = register
        self._labels = {key: derived_id("label", key) for key in self._given}
        self._used: dict[tuple[str, str], str] = {}
        self._names: set[str] = set()

    def label(self, key: str) -> str:
        """Return the GUID of a label."""
        return self._labels.get(key) or self._labels.setdefault(key, derived_id("label", key))

    def answer(self, attribute_key: str, value: str) -> str:
        """Return the GUID of an answer about a claim (`mode`, `kind`, `hedging`, `verdict`), or of a link to no entity."""
        found = self._used.get((attribute_key, value))
        return found or self._used.setdefault((attribute_key, value), derived_id("answer", f"{attribute_key}:{value}"))

    def book(self) -> Iterator[str]:
        """Yield the code book; to be called when all codes have been used."""
        yield "<CodeBook><Codes>\n"
        yield from (self._label(key, self._given.get(key)) for key in self._labels)
        yield self._group("answers")
        for key, value in sorted(self._used):
            yield self._answer(f"{key}: {value}", self.answer(key, value), self._answers.get((key, value)))
        yield f"{self._code(CUE, 'cue', '')}</Code>\n{self._group('register')}"
        for kind in ("actor", "place"):
            yield self._group(kind)
            yield from (self._entity(one) for one in self._register if one.kind == kind)
            yield "</Code>\n"
        yield "</Code>\n</Codes></CodeBook>\n"

    def _label(self, key: str, label: Label | None) -> str:
        told = _told(label.names, label.guideline) if label else ""
        return self._code(derived_id("label", key), key, told, label.colour if label else "")

    def _answer(self, name: str, guid: str, value: AttributeValue | None) -> str:
        return self._code(guid, name, _told(value.names, value.guideline) if value else "")

    def _group(self, key: str) -> str:
        return f'<Code guid="{derived_id("group", key)}" name="{_GROUPS[key]}" isCodable="false">\n'

    def _code(self, guid: str, name: str, told: str, colour: str = "") -> str:
        paint = f' color="{colour}"' if colour else ""
        head = f'guid="{guid}" name="{attribute(self._unique(name))}" isCodable="true"{paint}'
        return f"<Code {head}>{told and f'<Description>{content(told)}</Description>'}</Code>\n"

    def _unique(self, name: str) -> str:
        found, number = name, 1
        while found in self._names:
            number += 1
            found = f"{name} ({number})"
        self._names.add(found)
        return found

    def _entity(self, entity: Entity) -> str:
        point = point_of(entity)
        above = [one.name for one in self._register.parents(entity)]
        lines = [
            " · ".join(name.text for name in entity.names[1:]),
            entity.subtype,
            f"{point[1]!r} {point[0]!r} ({entity.precision})" if point else "",
            " < ".join(above),
            *(f"{scheme}: {identity}" for scheme, identity in sorted(entity.external.items())),
            entity.notes,
        ]
        return self._code(entity.id, entity.name, "\n".join(line for line in lines if line))


def _told(names: Mapping[str, str], guideline: Mapping[str, str]) -> str:
    texts = [" · ".join(text for _, text in sorted(names.items())), *(text for _, text in sorted(guideline.items()))]
    return "\n".join(text for text in texts if text)
