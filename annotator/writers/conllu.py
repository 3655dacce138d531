"""CoNLL-U: words with their proclitics as multi-word tokens, annotations in MISC with offsets into the original text.

https://universaldependencies.org/format.html. The format demands NFC and LF; the forms are normalised, and
`start_char`/`end_char` in MISC (as Stanza writes them) are code points of the text that was read, which no normalisation
moves. A word is also cut where an annotation begins or ends, so none loses its place. `NER` holds the IOB2 tags of the
longest annotations, `Spans` all of them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TextIO

from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Span, Word, pieces, sentences
from annotator.writers.conll import NO_TOKEN, SPACING
from annotator.writers.flat import Covered, Holders, Kept, tag_name, tags
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, FRAMES, LINKS, NOTES, RELATIONS, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.text_out import text_in
from annotator.writers.writer import Writer

NORMALISED = Reason(
    "normalised",
    N_("The forms of {count} articles are normalised (NFC), as the format demands."),
    N_("start_char and end_char are places in the text as it is."),
)
_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write all articles as one file of sentences."""
    with target.file() as file, text_in(file) as out:
        for marked in project:
            article = _Article(marked, out)
            losses.add(NO_TOKEN, *article.write())
            leave_out(losses, marked, *_LEFT_OUT)
            losses.add(SPACING, marked.article.id)
            if article.is_changed:
                losses.add(NORMALISED, marked.article.id)
    leave_out_entities(losses, project)


class _Article:
    """The sentences of one article; `is_changed` when its forms had to be normalised."""

    def __init__(self, marked: MarkedArticle, out: TextIO) -> None:
        self._marked, self._text, self._out = marked, marked.article.text, out
        self.is_changed = not unicodedata.is_normalized("NFC", self._text)

    def write(self) -> list[str]:
        """Write each sentence with its comments and the empty line behind it; return the annotations that got no word."""
        annotations = self._marked.annotations
        cuts = [offset for one in annotations for offset in (one.start, one.end)]
        kept, holders = Kept(annotations), Holders(annotations)
        written: set[str] = set()
        for number, words in enumerate(sentences(self._text, cuts=cuts), start=1):
            spans = pieces(words)
            held = holders.over(spans)
            self._write(number, *self._rows(words, spans, _said(kept.over(spans), held)))
            written.update(one.id for holding in held.values() for one in holding)
        return [one.id for one in annotations if one.id not in written]

    def _write(self, number: int, rows: list[str], running: str) -> None:
        article = self._marked.article
        if number == 1:
            self._out.write(f"# newdoc id = {article.id}\n# title = {_line(article.title)}\n")
        self._out.write(f"# sent_id = {article.id}-{number}\n# text = {running.rstrip(' ')}\n{''.join(rows)}\n")

    def _rows(self, words: list[Word], spans: list[Span], said: dict[int, str]) -> tuple[list[str], str]:
        """Return the rows of a sentence, and its words as they run; what is more than one space stands in the original only."""
        text, changed = self._text, self.is_changed
        rows: list[str] = []
        running: list[str] = []
        at = 0
        for start, end, parts in words:
            form = _normal(text[start:end]) if changed else text[start:end]
            is_spaced = not text[end : end + 1].strip()
            running.append(f"{form} " if is_spaced else form)
            space = "" if is_spaced or end == words[-1][1] else "SpaceAfter=No|"
            if parts:
                rows.append(_row(f"{at + 1}-{at + 1 + len(parts)}", form, space, start, end))
                space = ""
            for first, last in spans[at : at + 1 + len(parts)]:
                part = _normal(text[first:last]) if changed else text[first:last]
                rows.append(_row(at + 1, part, said.get(at, "") + space, first, last))
                at += 1
        return rows, "".join(running)


def _row(number: int | str, form: str, misc: str, start: int, end: int) -> str:
    return f"{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}start_char={start}|end_char={end}\n"


def _said(covered: Covered, held: dict[int, list[Annotation]]) -> dict[int, str]:
    """Return what MISC says of the tokens of a sentence that lie in annotations, by their place in it."""
    ner = {at: f"NER={_misc(tag)}|" for at, tag in tags(covered)}
    return {
        at: f"{ner.get(at, '')}Spans={','.join(f'{_misc(tag_name(one.label))}:{one.id}' for one in holding)}|"
        for at, holding in held.items()
    }


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    return " ".join(_normal(text).split())


@lru_cache
def _misc(value: str) -> str:
    """Return a value without the signs that part those of MISC."""
    return value.replace("|", "/").replace("=", "-").replace(",", "-").replace(":", "-")


WRITER = Writer(
    "conllu",
    N_("CoNLL-U: words with proclitics apart, for parsers"),
    ".conllu",
    write,
    keeps=N_(
        "Keeps the labels of words with overlaps, and where each word stands in the text. Leaves out "
        "claim frames, relations, links and reviewers."
    ),
)
