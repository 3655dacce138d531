"""TEI P5: for every article a file with its text to the code point and stand-off spans, and `corpus.xml` that holds all.

https://tei-c.org/release/doc/tei-p5-doc/en/html/. A span points by `string-range(ID,OFFSET,LENGTH)`, counted in code points of
the one element that is the text; overlaps are no trouble. Claims keep being what somebody says: their frames and verdicts are
feature structures beside the text. The register, the labels and who marked stand in the corpus file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from annotator.entities import Link
from annotator.language import N_
from annotator.model import Annotation, Article, MarkedArticle, MarkedProject
from annotator.version import PROGRAM
from annotator.writers.left_out import leave_out
from annotator.writers.losses import CARRIED, OLDER_LABELS, SOURCES, Losses
from annotator.writers.standing import Standing
from annotator.writers.target import Target
from annotator.writers.tei_corpus import corpus, included
from annotator.writers.tei_features import Features
from annotator.writers.tei_names import CORPUS, TeiNames, annotation_id, entity_id, in_corpus, stretch
from annotator.writers.writer import Writer
from annotator.writers.xml_text import HEAD, attribute, content, encoded

# What `when` takes of ISO 8601: a year, a month, a day, or a moment to the second.
_WHEN = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `00001.xml` and so on in the order of the articles, then `corpus.xml`, which includes them."""
    entities = list(project.entities)
    names = TeiNames(project.label_set, Standing(entities))
    number = 0
    for number, marked in enumerate(project, start=1):
        with target.file(f"{number:05}.xml") as file:
            file.write(encoded(_Article(marked, names).document(), losses, marked.article.id))
        _note_losses(losses, marked, names)
    with target.file(CORPUS) as file:
        file.write(encoded(corpus(project, entities, names, number), losses))
        file.writelines(included(number))


def _note_losses(losses: Losses, marked: MarkedArticle, names: TeiNames) -> None:
    leave_out(losses, marked, SOURCES, CARRIED)
    losses.add(OLDER_LABELS, *(one.id for one in marked.annotations if one.label_set != names.version))


class _Article:
    """The TEI document of one article."""

    def __init__(self, marked: MarkedArticle, names: TeiNames) -> None:
        self._marked, self._names = marked, names
        self._text = f"text-{marked.article.id}"
        self._changes: dict[tuple[str, str], str] = {}
        self._features = Features(self._text, {one.id for one in marked.annotations})

    def document(self) -> str:
        """Return the whole document."""
        article = self._marked.article
        standing = [*self._layers(), *self._notes(), *self._claims(), *self._boilerplate()]
        standing = [*self._changed(), *standing]
        beside = "\n".join(["<standOff>", *standing, "</standOff>"]) if standing else ""
        return (
            f'{HEAD}<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="article-{article.id}">\n{_header(article)}\n'
            f'<text{_language(article.language)} rend="{article.direction}"><body><ab xml:id="{self._text}" '
            f'xml:space="preserve">{content(article.text)}</ab></body></text>\n{beside}\n</TEI>\n'
        )

    def _place(self, start: int, end: int) -> str:
        return stretch(self._text, start, end)

    def _change(self, when: str, reviewer: str) -> str:
        found = self._changes.get((when, reviewer))
        return found or self._changes.setdefault(
            (when, reviewer), f"#change-{self._marked.article.id}-{len(self._changes) + 1}"
        )

    def _changed(self) -> Iterator[str]:
        """Yield when whatever stands here was made or changed, and by whom; to be taken when all of it was named."""
        if self._changes:
            yield "<listChange>"
            for (when, reviewer), pointer in self._changes.items():
                who = in_corpus(self._names.reviewer(reviewer))
                yield f'<change xml:id="{pointer[1:]}" when="{when}" who="{who}"/>'
            yield "</listChange>"

    def _layers(self) -> Iterator[str]:
        """Yield the annotations, those of each reviewer as a group."""
        ordered = sorted(self._marked.annotations, key=lambda one: one.reviewer)
        for reviewer, layer in groupby(ordered, key=lambda one: one.reviewer):
            resp = in_corpus(self._names.reviewer(reviewer))
            yield f'<spanGrp type="annotations" resp="{resp}" xml:space="preserve">'
            yield from map(self._span, layer)
            yield "</spanGrp>"

    def _span(self, one: Annotation) -> str:
        changes = self._change(one.created_at, one.reviewer)
        if one.updated_at != one.created_at:
            changes += f" {self._change(one.updated_at, one.reviewer)}"
        link = self._marked.links.get(one.id)
        return (
            f'<span xml:id="{annotation_id(one.id)}" target="{self._place(one.start, one.end)}" '
            f'ana="{in_corpus(self._names.label(one.label))}{_answer(link)}"{self._entity(one) if link else ""} '
            f'change="{changes}">{_words(one)}</span>'
        )

    def _entity(self, one: Annotation) -> str:
        meant = self._names.meant(self._marked, one.id)
        return f' corresp="{in_corpus(entity_id(meant.id))}"' if meant else ""

    def _notes(self) -> Iterator[str]:
        for one in self._marked.annotations:
            if one.note:
                resp = in_corpus(self._names.reviewer(one.reviewer))
                yield f'<note target="#{annotation_id(one.id)}" resp="{resp}">{content(one.note)}</note>'

    def _claims(self) -> Iterator[str]:
        yield from map(self._features.frame, self._marked.frames.values())
        for verdict in (one for verdicts in self._marked.verdicts.values() for one in verdicts):
            resp = in_corpus(self._names.reviewer(verdict.reviewer))
            yield self._features.verdict(verdict, resp, self._change(verdict.updated_at, verdict.reviewer))

    def _boilerplate(self) -> Iterator[str]:
        found = self._marked.article.boilerplate
        if found:
            yield '<spanGrp type="boilerplate">'
            yield from (f'<span type="{one.kind}" target="{self._place(one.start, one.end)}"/>' for one in found)
            yield "</spanGrp>"


def _answer(link: Link | None) -> str:
    return f" {in_corpus(f'link.{link.answer}')}" if link and link.answer != "entity" else ""


def _words(one: Annotation) -> str:
    if one.form and one.form != one.quote:
        return f"<choice><orig>{content(one.quote)}</orig><reg>{content(one.form)}</reg></choice>"
    return content(one.quote)


def _language(language: str) -> str:
    return f' xml:lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


def _header(article: Article) -> str:
    author = f"<author>{content(article.author)}</author>" if article.author else ""
    title = f"<title>{content(article.title)}</title>"
    return (
        f"<teiHeader><fileDesc><titleStmt>{title}{author}</titleStmt>\n"
        f"<publicationStmt><distributor>{PROGRAM}</distributor>"
        f'<idno type="uuid">{article.id}</idno><idno type="sha256">{article.sha256}</idno></publicationStmt>\n'
        f"<sourceDesc><bibl>{title}{author}{''.join(_published(article))}</bibl></sourceDesc></fileDesc></teiHeader>"
    )


def _published(article: Article) -> Iterator[str]:
    if article.outlet:
        yield f"<publisher>{content(article.outlet)}</publisher>"
    if article.date:
        when = f' when="{article.date}"' if _WHEN.fullmatch(article.date) else ""
        yield f"<date{when}>{content(article.date)}</date>"
    if article.source.url:
        yield f'<idno type="url">{content(article.source.url)}</idno>'
    if article.replaces:
        yield f'<relatedItem type="replaces" target="urn:uuid:{attribute(article.replaces)}"/>'


WRITER = Writer(
    "tei",
    N_("TEI P5: texts and stand-off marks, for digital humanities"),
    "",
    write,
    keeps=N_(
        "Keeps texts to the character, annotations of all reviewers, who says what, verdicts, relations "
        "and the register as lists. Leaves out source records."
    ),
)
