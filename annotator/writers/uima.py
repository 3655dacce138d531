"""UIMA CAS as XMI: for every article a `.xmi` with its text and all that is marked, and the type system that describes them.

https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi, in XML 1.0, as UIMA, DKPro Core and INCEpTION read it.
Offsets are UTF-16 units. Tokens and sentences are not written: who reads the file cuts them, INCEpTION does so at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import quoteattr

from annotator.language import N_
from annotator.model import Article, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.utf16 import Utf16Offsets
from annotator.writers.layers import Structure, structures
from annotator.writers.left_out import leave_out
from annotator.writers.losses import ACROSS, ENTITIES, SOURCES, Losses
from annotator.writers.standing import Standing
from annotator.writers.target import Target
from annotator.writers.type_system import METADATA, type_system
from annotator.writers.writer import Writer
from annotator.writers.xml_text import replacing

FORBIDDEN = Reason(
    "xml_character",
    N_("{count} articles have control characters that XML 1.0 cannot hold."),
    N_("Each of them is written as U+FFFD, so that no place moves."),
)
PUBLICATION = Reason("publication", N_("Outlet, author and date of {count} articles are left out."))
_SPECIAL = re.compile('[&<>"\\n\\r\\t]')
_SOFA, _METADATA, _FIRST = 1, 2, 3
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" '
    f'xmlns:metadata="http:///{METADATA.rpartition(".")[0].replace(".", "/")}.ecore" xmi:version="2.0">\n'
    '<cas:NULL xmi:id="0"/>\n'
)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `TypeSystem.xml` and `00001.xmi` and so on, in the order of the articles."""
    entities = list(project.entities)
    register = Standing(entities)
    with target.file("TypeSystem.xml") as file:
        file.write(type_system())
    for number, marked in enumerate(project, start=1):
        document, replaced = replacing("".join(_pieces(marked, register)))
        with target.file(f"{number:05}.xmi") as file:
            file.write(document)
        if replaced:
            losses.add(FORBIDDEN, marked.article.id)
        if marked.article.outlet or marked.article.author or marked.article.date:
            losses.add(PUBLICATION, marked.article.id)
        leave_out(losses, marked, SOURCES, ACROSS)
    losses.add(ENTITIES, *(entity.id for entity in entities))


def _pieces(marked: MarkedArticle, register: Standing) -> Iterator[str]:
    """Yield a document, in which a forbidden character may still stand."""
    article = marked.article
    found = structures(marked, register)
    units = Utf16Offsets(article.text)
    yield _HEAD
    yield _metadata(article, units.of(len(article.text)))
    yield from _Elements(found, units).each()
    yield (
        f'<cas:Sofa xmi:id="{_SOFA}" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" '
        f"sofaString={quoteattr(article.text)}/>\n"
    )
    members = " ".join(map(str, range(_METADATA, _FIRST + len(found))))
    yield f'<cas:View sofa="{_SOFA}" members="{members}"/>\n</xmi:XMI>\n'


def _metadata(article: Article, end: int) -> str:
    said = {
        "language": article.language,
        "documentTitle": article.title,
        "documentId": article.id,
        "documentUri": article.source.url,
    }
    return (
        f'<metadata:DocumentMetaData xmi:id="{_METADATA}" sofa="{_SOFA}" begin="0" end="{end}"'
        f'{_attributes({name: value for name, value in said.items() if value})} isLastSegment="false"/>\n'
    )


def _attributes(values: dict[str, str]) -> str:
    """Return values as attributes; most have nothing to escape, which is faster to find out."""
    return "".join(
        [
            f" {name}={quoteattr(value)}" if _SPECIAL.search(value) else f' {name}="{value}"'
            for name, value in values.items()
        ]
    )


class _Elements:
    """The elements of the structures of one article."""

    def __init__(self, found: list[Structure], units: Utf16Offsets) -> None:
        self._found, self._of = found, units.of
        self._ids = {one: number for number, one in enumerate(found, start=_FIRST)}
        self._links = count(_FIRST + len(found))

    def each(self) -> Iterator[str]:
        """Yield the element of each structure, with those of its links before it."""
        for number, one in enumerate(self._found, start=_FIRST):
            pointing = ""
            if one.roles:
                ids = [next(self._links) for _ in one.roles]
                yield from self._linking(one, ids)
                pointing = f' roles="{" ".join(map(str, ids))}"'
            elif one.ends:
                pointing = f' Governor="{self._ids[one.ends[0]]}" Dependent="{self._ids[one.ends[1]]}"'
            yield (
                f'<{_tag(one.layer.name)} xmi:id="{number}" sofa="{_SOFA}" begin="{self._of(one.start)}" '
                f'end="{self._of(one.end)}"{_attributes(one.values)}{pointing}/>\n'
            )

    def _linking(self, one: Structure, ids: list[int]) -> Iterator[str]:
        tag = _tag(one.layer.link)
        for number, (role, filler) in zip(ids, one.roles, strict=True):
            yield f'<{tag} xmi:id="{number}" role={quoteattr(role)} target="{self._ids[filler]}"/>\n'


def _tag(name: str) -> str:
    return name.replace(".", ":")


WRITER = Writer(
    "uima",
    N_("UIMA XMI with its type system, for INCEpTION and DKPro"),
    "",
    write,
    keeps=N_(
        "Keeps texts, overlapping annotations, claim frames, verdicts, relations, notes, links and reviewers, with the "
        "types that make the layers. Leaves out outlets, authors and dates of articles and the register."
    ),
)
