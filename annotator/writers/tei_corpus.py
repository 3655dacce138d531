"""The corpus file of a TEI export: who marked, what the labels mean, the register, links between claims, and all articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import regex

from annotator.entities import Entity
from annotator.frames import Relation
from annotator.model import Attribute, Label, MarkedProject
from annotator.version import PROGRAM
from annotator.writers.standing import point_of
from annotator.writers.tei_names import TeiNames, annotation_id, entity_id
from annotator.writers.xml_text import HEAD, attribute, content

_ABOUT = (
    "A claim is what somebody says, with the words that say so; neither a claim nor what a reviewer holds of it is a fact.",
    "string-range(ID,OFFSET,LENGTH) counts Unicode code points of the element with that id, from 0.",
)
_NOT_A_WORD = regex.compile(r"[\p{C}\p{Z}]+")
_LANGUAGE = regex.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NAMES = {"person": "persName", "org": "orgName", "place": "placeName"}


def corpus(project: MarkedProject, entities: list[Entity], names: TeiNames, articles: int) -> str:
    """Return the file up to where the articles are included; to be called after these, when it is known who marked."""
    beside = "".join([*_register(entities, names), *_relations(project.relations, names)])
    return (
        f'{HEAD}<{_root(articles)} xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">\n'
        f"{''.join(_header(project, names))}{beside and f'<standOff>{beside}</standOff>'}"
    )


def included(articles: int) -> Iterator[bytes]:
    """Yield the rest of the file: the articles; TEI has no corpus of none, so that is a document without words."""
    for number in range(1, articles + 1):
        yield b'<xi:include href="%05d.xml"/>\n' % number
    yield b"" if articles else b"<text><body><p/></body></text>\n"
    yield f"</{_root(articles)}>\n".encode()


def _root(articles: int) -> str:
    return "teiCorpus" if articles else "TEI"


def _header(project: MarkedProject, names: TeiNames) -> Iterator[str]:
    yield "<teiHeader><fileDesc><titleStmt><title>Articles and what was marked in them</title>\n"
    for name, identity in sorted(names.reviewers.items()):
        yield f'<respStmt xml:id="{identity}"><resp>annotation</resp><name>{content(name)}</name></respStmt>\n'
    yield f"</titleStmt>\n<publicationStmt><distributor>{PROGRAM}</distributor></publicationStmt>\n"
    yield "<sourceDesc><p>Each article names its own source.</p></sourceDesc></fileDesc>\n<encodingDesc>\n"
    yield f"<projectDesc>{''.join(f'<p>{one}</p>' for one in _ABOUT)}</projectDesc>\n<classDecl>\n"
    given = {label.key: label for label in (project.label_set.labels if project.label_set else ())}
    yield from _labels(given, names)
    for one in names.attributes:
        yield from _answers(one, names)
    yield '<taxonomy xml:id="link"><category xml:id="link.unknown"><catDesc>not in the register</catDesc></category>'
    yield '<category xml:id="link.ambiguous"><catDesc>more than one fits</catDesc></category></taxonomy>\n'
    yield "</classDecl></encodingDesc></teiHeader>\n"


def _labels(given: Mapping[str, Label], names: TeiNames) -> Iterator[str]:
    yield f'<taxonomy xml:id="label" n="{names.version}"><desc>Labels</desc>\n'
    for key, identity in names.labels.items():
        label = given.get(key)
        told = _told(label.names, label.guideline) if label else _told({}, {})
        yield f'<category xml:id="{identity}" n="{attribute(key)}">{told or "<catDesc/>"}</category>\n'
    yield "</taxonomy>\n"


def _answers(one: Attribute, names: TeiNames) -> Iterator[str]:
    descriptions = "".join(f"<desc{_language(code)}>{content(text)}</desc>" for code, text in sorted(one.names.items()))
    yield f'<taxonomy n="{attribute(one.key)}">{descriptions or "<desc/>"}\n'
    for value in one.values:
        told = _told(value.names, value.guideline) or "<catDesc/>"
        yield f'<category xml:id="{names.answer(one.key, value.key)}" n="{attribute(value.key)}">{told}</category>\n'
    yield "</taxonomy>\n"


def _told(called: Mapping[str, str], guideline: Mapping[str, str]) -> str:
    return "".join(
        f"<catDesc{_language(code)}{kind}>{content(text)}</catDesc>"
        for kind, texts in (("", called), (' n="guideline"', guideline))
        for code, text in sorted(texts.items())
    )


def _register(entities: Iterable[Entity], names: TeiNames) -> Iterator[str]:
    found: dict[str, list[str]] = {"person": [], "org": [], "place": []}
    related: list[str] = []
    for entity in entities:
        kind = "place" if entity.kind == "place" else "person" if entity.subtype == "person" else "org"
        found[kind].append(_entity(entity, kind, names))
        related += _relatives(entity)
    for kind, ones in found.items():
        if ones:
            yield f"<list{kind.title()}>\n{''.join(ones)}</list{kind.title()}>\n"
    if related:
        yield f"<listRelation>\n{''.join(related)}</listRelation>\n"


def _entity(entity: Entity, kind: str, names: TeiNames) -> str:
    answer = f"{entity.kind}_kind"
    known = any(value.key == entity.subtype for one in names.attributes if one.key == answer for value in one.values)
    ana = f' ana="#{names.answer(answer, entity.subtype)}"' if known else ""
    subtype = f"<note>{content(entity.subtype)}</note>" if entity.subtype and not known else ""
    ids = (f'<idno type="{_word(key)}">{content(value)}</idno>' for key, value in sorted(entity.external.items()))
    note = f"<note>{content(entity.notes)}</note>" if entity.notes else ""
    called, place, others = "".join(_names(entity, _NAMES[kind])), _location(entity), "".join(ids)
    return f'<{kind} xml:id="{entity_id(entity.id)}"{ana}>{called}{place}{others}{subtype}{note}</{kind}>\n'


def _names(entity: Entity, tag: str) -> Iterator[str]:
    for name in entity.names:
        kind = ' type="abbr"' if name.language == "abbr" else _language(name.language)
        yield f"<{tag}{kind}>{content(name.text)}</{tag}>"


def _location(entity: Entity) -> str:
    point = point_of(entity)
    if point is None:
        return ""
    precise = f'<note type="precision">{content(entity.precision)}</note>'
    return f"<location><geo>{point[1]!r} {point[0]!r}</geo>{precise}</location>"


def _relatives(entity: Entity) -> Iterator[str]:
    for name, other in (("isPartOf", entity.parent), ("isReplacedBy", entity.merged_into)):
        if other:
            yield f'<relation name="{name}" active="#{entity_id(entity.id)}" passive="#{entity_id(other)}"/>\n'


def _relations(relations: Iterable[Relation], names: TeiNames) -> Iterator[str]:
    """Yield the links between claims; their ids are found when the articles have been included."""
    known = {value.key for one in names.attributes if one.key == "relation" for value in one.values}
    links: list[str] = []
    notes: list[str] = []
    changes: dict[tuple[str, str], str] = {}
    for one in relations:
        who = names.reviewer(one.reviewer)
        change = changes.setdefault((one.updated_at, who), f"change-{len(changes) + 1}")
        ana = f' ana="#{names.answer("relation", one.type)}"' if one.type in known else ""
        links.append(
            f'<link xml:id="relation-{one.id}" type="{_word(one.type)}"{ana} resp="#{who}" '
            f'change="#{change}" target="#{annotation_id(one.a)} #{annotation_id(one.b)}"/>\n'
        )
        if one.note:
            notes.append(f'<note target="#relation-{one.id}" resp="#{who}">{content(one.note)}</note>\n')
    if links:
        moments = (f'<change xml:id="{key}" when="{when}" who="#{who}"/>\n' for (when, who), key in changes.items())
        yield f"<listChange>\n{''.join(moments)}</listChange>\n"
        yield f'<linkGrp type="relations">\n{"".join(links)}</linkGrp>\n{"".join(notes)}'


def _word(text: str) -> str:
    """Return a text as TEI's data type `teidata.word` takes it: without white space and controls."""
    return attribute(_NOT_A_WORD.sub("_", text)) or "_"


def _language(code: str) -> str:
    return f' xml:lang="{code}"' if _LANGUAGE.fullmatch(code) else ""
