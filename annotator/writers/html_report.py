"""A report for people as one HTML file: each article with its marks, a legend, the claims in the margin and in a table.

The file needs nothing but itself: no script, no font, no picture from elsewhere, and its policy forbids the browser to fetch
any. The text stands in it character by character: the paragraphs of an article, joined by line feeds, are its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from shutil import copyfileobj
from typing import IO, BinaryIO

from annotator.language import N_, Translate, catalogue
from annotator.model import CLAIM, Annotation, Label, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.version import PROGRAM
from annotator.writers.claim_words import COLUMNS, Telling, ToldClaim
from annotator.writers.html_marks import Looks, Piece, has_controls, lanes_of, paragraphs, safe
from annotator.writers.html_style import STYLE
from annotator.writers.left_out import leave_out
from annotator.writers.losses import ACROSS, FORMS, Losses
from annotator.writers.standing import Standing
from annotator.writers.target import Target
from annotator.writers.writer import Writer

CONTROLS = Reason(
    "control_character",
    N_("{count} texts have control characters that a page cannot show."),
    N_("U+FFFD stands in their place."),
)
UNNAMED = Reason("entity", N_("{count} actors and places of the register that no article names are left out."))
_TITLE, _CLAIMS, _NOTES = N_("Marked articles"), N_("Claims"), N_("Notes")
_CAUTION = N_("A claim is what somebody says. This report makes none of them a fact.")
_EMPTY = N_("Nothing was chosen.")
_AT_ONCE = 500
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write the report in the project's language; the contents and the articles wait in temporary files for the head."""
    report = _Report(project, losses)
    with target.scratch() as contents, target.scratch() as body, target.file() as file:
        for marked in project:
            _put(contents, (report.line(marked),))
            _put(body, report.article(marked))
        _put(file, report.head())
        if report.articles > 1:
            _put(file, ("<nav><ol>\n",))
            _copy(contents, file)
            _put(file, ("</ol></nav>\n",))
        _put(file, ("</header>\n<main>\n",))
        _copy(body, file)
        _put(file, ("</main>\n</body>\n</html>\n",))
        report.note_unnamed()


def _put(file: IO[bytes] | BinaryIO, parts: Iterable[str]) -> None:
    """Write parts, many at a time: each write looks whether it is still wanted."""
    coming = iter(parts)
    while some := list(islice(coming, _AT_ONCE)):
        file.write("".join(some).encode())


def _copy(waiting: IO[bytes], file: BinaryIO) -> None:
    waiting.seek(0)
    copyfileobj(waiting, file)


class _Report:
    """What is collected while the `articles` pass, so many as yet: the looks of the pieces, and who was named."""

    def __init__(self, project: MarkedProject, losses: Losses) -> None:
        self._language = project.language
        self._translate: Translate = catalogue(project.language).gettext
        self._labels = project.label_set.labels if project.label_set else ()
        self._register = Standing(project.entities)
        self._telling = Telling(project.label_set, self._register, self._translate, project.language)
        self._looks = Looks(self._labels)
        self._losses = losses
        self.articles = 0
        self._counts: Counter[str] = Counter()
        self._named: set[str] = set()
        self._tags: dict[tuple[bool, tuple[tuple[str, int, str], ...]], str] = {}

    def line(self, marked: MarkedArticle) -> str:
        """Return the line of the contents for the next article."""
        title, count = safe(marked.article.title), len(marked.annotations)
        return f'<li><a href="#a{self.articles}"><bdi>{title}</bdi></a> <small>{count}</small></li>\n'

    def article(self, marked: MarkedArticle) -> Iterator[str]:
        """Yield an article: its head, the marked page with its margin, and the tables."""
        claims, number = self._telling.claims(marked), self.articles
        self._note(marked)
        yield f'<article id="a{number}">\n'
        yield from self._article_head(marked)
        yield from self._page(marked, claims, number)
        yield from self._claim_table(claims, number, marked)
        yield from self._mentions(marked)
        yield from self._notes(marked)
        yield "</article>\n"

    def head(self) -> Iterator[str]:
        """Yield what stands before the contents; known only when all articles have passed."""
        direction, title = "rtl" if self._language == "ar" else "ltr", escape(self._tr(_TITLE))
        yield f'<!DOCTYPE html>\n<html lang="{self._language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        yield f'<meta name="viewport" content="width=device-width">\n<meta name="generator" content="{escape(PROGRAM)}">\n'
        yield f"<title>{title}</title>\n<style>\n{STYLE}"
        yield from self._looks.style_sheet()
        yield f"</style>\n</head>\n<body>\n<header><h1>{title}</h1>\n"
        yield f"<p>{escape(self._tr(_CAUTION))}</p>\n"
        yield from self._legend(self._counts)
        if not self.articles:
            yield f"<p>{escape(self._tr(_EMPTY))}</p>\n"

    def note_unnamed(self) -> None:
        """Note which entities of the register no article names."""
        self._losses.add(UNNAMED, *(one.id for one in self._register if one.id not in self._named))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _tr(self, template: str) -> str:
        return self._translate(template)

    def _note(self, marked: MarkedArticle) -> None:
        self.articles += 1
        self._counts.update(one.label for one in marked.annotations)
        entities = (self._register.meant(marked, one.id) for one in marked.annotations)
        self._named.update(entity.id for entity in entities if entity)
        if has_controls(marked.article.text):
            self._losses.add(CONTROLS, marked.article.id)
        leave_out(self._losses, marked, FORMS, ACROSS)

    def _name(self, key: str) -> str:
        names = next((label.names for label in self._labels if label.key == key), {})
        return names.get(self._language, key)

    def _legend(self, counts: Counter[str]) -> Iterator[str]:
        known: Sequence[Label] = [label for label in self._labels if counts[label.key]]
        yield '<ul class="legend">\n'
        for label in known:
            name = f'<span class="{self._looks.key_class(label.key)}">{safe(self._name(label.key))}</span>'
            yield f"<li>{name} <small>{counts[label.key]}</small></li>\n"
        yield "</ul>\n"

    def _article_head(self, marked: MarkedArticle) -> Iterator[str]:
        article, source = marked.article, marked.article.source
        yield f'<h2 dir="auto">{safe(article.title)}</h2>\n'
        told = [article.outlet, article.author, article.date, source.file, source.url, f"SHA-256 {article.sha256}"]
        yield f'<p class="source">{" · ".join(f"<bdi>{safe(one)}</bdi>" for one in told if one)}</p>\n'
        yield from self._legend(Counter(one.label for one in marked.annotations))

    def _page(self, marked: MarkedArticle, claims: Sequence[ToldClaim], number: int) -> Iterator[str]:
        lanes, text = lanes_of(marked.annotations), marked.article.text
        ends = {claim.annotation.id: f"{number}-{claim.number}" for claim in claims}
        waiting = [*reversed(claims)]
        yield '<div class="page">\n'
        for start, pieces in paragraphs(marked.article, marked.annotations):
            words = "".join([self._piece(text, piece, lanes, ends) for piece in pieces])
            taken = _taken(waiting, pieces[-1].end if pieces else start)
            beside = "".join([_card(one, number) for one in taken])
            yield f'<div class="row"><p dir="auto">{words}</p><aside>{beside}</aside></div>\n'
        yield "</div>\n"

    def _piece(self, text: str, piece: Piece, lanes: dict[str, int], ends: dict[str, str]) -> str:
        words = safe(text[piece.start : piece.end])
        if not (piece.marks or piece.greyed):
            return words
        told = piece.greyed, tuple([(one.label, lanes[one.id], one.reviewer) for one in piece.marks])
        tag = self._tags.get(told) or self._tags.setdefault(told, self._tag(piece, lanes))
        return f"{tag}{words}</span>{_numbers(text, piece, ends)}"

    def _tag(self, piece: Piece, lanes: dict[str, int]) -> str:
        told = " | ".join(f"{self._name(one.label)} · {one.reviewer}" for one in piece.marks)
        title = f' title="{safe(told)}"' if told else ""
        return f'<span class="{self._looks.class_of(piece, lanes)}"{title}>'

    def _claim_table(self, claims: Sequence[ToldClaim], number: int, marked: MarkedArticle) -> Iterator[str]:
        if not claims:
            return
        yield f"<h3>{safe(self._tr(_CLAIMS))}</h3>\n<table><thead><tr>"
        yield from (f"<th>{safe(self._tr(heading))}</th>" for heading in COLUMNS)
        yield "</tr></thead><tbody>\n"
        for one in claims:
            cells = "".join(f'<td dir="auto">{safe(cell)}</td>' for cell in one.cells)
            yield f'<tr id="c{number}-{one.number}"><td>{one.number}</td>{cells}</tr>\n'
        yield "</tbody></table>\n"

    def _mentions(self, marked: MarkedArticle) -> Iterator[str]:
        """Yield what else is marked, label by label: what it is called, and how often."""
        others = [one for one in marked.annotations if one.label != CLAIM]
        for label in dict.fromkeys(one.label for one in others):
            counts = Counter(self._telling.words(marked, one) for one in others if one.label == label)
            yield f'<h3>{safe(self._name(label))}</h3>\n<ul class="mentions">\n'
            for words, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                yield f"<li><bdi>{safe(words)}</bdi> <small>{count}</small></li>\n"
            yield "</ul>\n"

    def _notes(self, marked: MarkedArticle) -> Iterator[str]:
        noted: list[Annotation] = [one for one in marked.annotations if one.note]
        if not noted:
            return
        yield f"<h3>{safe(self._tr(_NOTES))}</h3>\n<dl>\n"
        for one in noted:
            yield f'<dt dir="auto">«{safe(one.quote)}» <small>{safe(self._name(one.label))} · {safe(one.reviewer)}</small></dt>'
            yield f'<dd dir="auto">{safe(one.note)}</dd>\n'
        yield "</dl>\n"


def _numbers(text: str, piece: Piece, ends: dict[str, str]) -> str:
    """Return the numbers of the claims that end with a piece; not inside a word, whose letters they would part."""
    ending = [ends[one.id] for one in piece.marks if one.end == piece.end and one.id in ends]
    if not ending or (text[piece.end - 1].isalnum() and text[piece.end : piece.end + 1].isalnum()):
        return ""
    return "".join(f'<a class="n" href="#c{end}" data-n="{end.partition("-")[2]}"></a>' for end in ending)


def _card(one: ToldClaim, number: int) -> str:
    lines = [f"<b>{one.number} · {safe(one.who)}</b>"]
    lines += [safe(words) for words in (one.cue, *one.verdicts) if words]
    return f'<a class="card" dir="auto" href="#c{number}-{one.number}">{"<br>".join(lines)}</a>'


def _taken(waiting: list[ToldClaim], end: int) -> list[ToldClaim]:
    """Take the claims that begin before an offset from those that wait, of which the last one is the next."""
    beside = []
    while waiting and waiting[-1].annotation.start < end:
        beside.append(waiting.pop())
    return beside


WRITER = Writer(
    "html",
    N_("HTML report: the marked pages, to read and to print"),
    ".html",
    write,
    keeps=N_(
        "The text with its marks, a card for each claim, a table of the claims, legend and notes, in one "
        "file that needs nothing else. Leaves out ids and offsets."
    ),
)
