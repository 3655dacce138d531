"""CoNLL-U: words with their proclitics as multi-word tokens, annotations in MISC with offsets into the original text.

https://universaldependencies.org/format.html. The format demands NFC and LF; the forms are normalised, and
`start_char`/`end_char` in MISC (as Stanza writes them) are code points of the text that was read, which no normalisation
moves. A word is also cut where an annotation begins or ends, so none loses its place. `NER` holds the IOB2 tags of the
longest annotations, `Spans` all of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Word, sentences
from annotator.writers.conll import NO_TOKEN, SPACING
from annotator.writers.flat import Covered, Span, covering, flattened, holding, tag_name, tags
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, FRAMES, LINKS, NOTES, RELATIONS, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

NORMALISED = Reason(
    "normalised",
    N_("The forms of {count} articles are normalised (NFC), as the format demands."),
    N_("start_char and end_char are places in the text as it is."),
)
_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write all articles as one file of sentences."""
    with target.file() as file:
        for marked in project:
            article = _Article(marked, losses)
            file.write("".join(article.blocks()).encode())
            leave_out(losses, marked, *_LEFT_OUT)
            losses.add(SPACING, marked.article.id)
            if article.is_changed:
                losses.add(NORMALISED, marked.article.id)
    leave_out_entities(losses, project)


class _Article:
    """The sentences of one article; `is_changed` when its forms had to be normalised."""

    def __init__(self, marked: MarkedArticle, losses: Losses) -> None:
        self._marked, self._text, self._losses = marked, marked.article.text, losses
        self.is_changed = not unicodedata.is_normalized("NFC", self._text)

    def blocks(self) -> Iterator[str]:
        """Yield each sentence with its comments and the empty line behind it."""
        annotations = self._marked.annotations
        cuts = [offset for one in annotations for offset in (one.start, one.end)]
        found = list(sentences(self._text, cuts=cuts))
        pieces = [[piece for word in words for piece in word.pieces()] for words in found]
        held = holding(annotations, list(chain.from_iterable(pieces)))
        covering_all = covering(flattened(annotations)[0], pieces)
        for number, (words, spans, covered) in enumerate(zip(found, pieces, covering_all, strict=True), start=1):
            rows = self._rows(words, _said(spans, covered, held))
            yield "\n".join([*self._comments(number, words), *rows, "", ""])
        written = {one.id for holders in held.values() for one in holders}
        self._losses.add(NO_TOKEN, *(one.id for one in annotations if one.id not in written))

    def _comments(self, number: int, words: list[Word]) -> Iterator[str]:
        article = self._marked.article
        if number == 1:
            yield f"# newdoc id = {article.id}"
            yield f"# title = {_line(article.title)}"
        yield f"# sent_id = {article.id}-{number}"
        forms = [self._form(word.start, word.end) + (" " if self._is_spaced(word) else "") for word in words]
        yield f"# text = {''.join(forms).rstrip(' ')}"

    def _rows(self, words: list[Word], said: dict[int, str]) -> Iterator[str]:
        number, last = 0, words[-1]
        for word in words:
            space = "" if word is last or self._is_spaced(word) else "SpaceAfter=No|"
            if word.parts:
                yield self._row(f"{number + 1}-{number + 1 + len(word.parts)}", word.start, word.end, space)
                space = ""
            for start, end in word.pieces():
                number += 1
                yield self._row(str(number), start, end, said.get(start, "") + space)

    def _row(self, number: str, start: int, end: int, misc: str) -> str:
        form = self._form(start, end)
        return f"{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}start_char={start}|end_char={end}"

    def _form(self, start: int, end: int) -> str:
        form = self._text[start:end]
        return _normal(form) if self.is_changed else form

    def _is_spaced(self, word: Word) -> bool:
        """Tell whether there is space behind a word; what is more than that stands in the original only."""
        return not self._text[word.end : word.end + 1].strip()


def _said(spans: list[Span], covered: Covered, held: dict[int, list[Annotation]]) -> dict[int, str]:
    """Return what MISC says of the tokens of a sentence that lie in annotations, by their start."""
    said: dict[int, str] = {}
    for (start, _), tag in zip(spans, tags(len(spans), covered), strict=True):
        if start in held:
            ner = "" if tag == "O" else f"NER={_misc(tag)}|"
            said[start] = f"{ner}Spans={','.join(f'{_misc(tag_name(one.label))}:{one.id}' for one in held[start])}|"
    return said


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
