"""CoNLL-U: words with their proclitics as multi-word tokens, annotations in MISC with offsets into the original text.

https://universaldependencies.org/format.html. The format demands NFC and LF; the forms are normalised, and
`start_char`/`end_char` in MISC (as Stanza writes them) are code points of the text that was read, which no normalisation
moves. A word is also cut where an annotation begins or ends, so none loses its place. `NER` holds the IOB2 tags of the
longest annotations, `Spans` all of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Word, sentences
from annotator.writers.conll import NO_TOKEN, SPACING
from annotator.writers.flat import covering, flattened, inside, tag_name, tags
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
            for block in _Article(marked, losses).blocks():
                file.write(block.encode())
            leave_out(losses, marked, *_LEFT_OUT)
            losses.add(SPACING, marked.article.id)
            if not unicodedata.is_normalized("NFC", marked.article.text):
                losses.add(NORMALISED, marked.article.id)
    leave_out_entities(losses, project)


class _Article:
    """The sentences of one article."""

    def __init__(self, marked: MarkedArticle, losses: Losses) -> None:
        self._marked, self._text, self._losses = marked, marked.article.text, losses

    def blocks(self) -> Iterator[str]:
        """Yield each sentence with its comments and the empty line behind it."""
        annotations = self._marked.annotations
        cuts = [offset for one in annotations for offset in (one.start, one.end)]
        found = list(sentences(self._text, cuts=cuts))
        pieces = [[piece for word in words for piece in word.pieces()] for words in found]
        kept, _ = flattened(annotations)
        written: set[str] = set()
        holding = inside(annotations, (piece for sentence in pieces for piece in sentence))
        for number, (words, covered) in enumerate(zip(found, covering(kept, pieces), strict=True), start=1):
            lines = list(self._comments(number, words))
            lines += self._words(words, list(tags(covered)), holding, written)
            yield "\n".join([*lines, "", ""])
        self._losses.add(NO_TOKEN, *(one.id for one in annotations if one.id not in written))

    def _comments(self, number: int, words: list[Word]) -> Iterator[str]:
        article = self._marked.article
        if number == 1:
            yield f"# newdoc id = {article.id}"
            yield f"# title = {_line(article.title)}"
        yield f"# sent_id = {article.id}-{number}"
        forms = (_form(self._text[word.start : word.end]) + self._gap(word, words) for word in words)
        yield f"# text = {''.join(forms).rstrip(' ')}"

    def _words(
        self, words: list[Word], ner: list[str], holding: Iterator[list[Annotation]], written: set[str]
    ) -> Iterator[str]:
        number = 0
        for word in words:
            pieces = list(word.pieces())
            space = [] if self._gap(word, words) else ["SpaceAfter=No"]
            if len(pieces) > 1:
                last = number + len(pieces)
                yield self._row(f"{number + 1}-{last}", (word.start, word.end), space)
                space = []
            for start, end in pieces:
                number += 1
                misc = [] if ner[number - 1] == "O" else [f"NER={_misc(ner[number - 1])}"]
                held = next(holding)
                written.update(one.id for one in held)
                misc += [f"Spans={','.join(f'{_misc(tag_name(one.label))}:{one.id}' for one in held)}"] if held else []
                yield self._row(str(number), (start, end), misc + space)

    def _row(self, number: str, span: tuple[int, int], misc: list[str]) -> str:
        fields = "|".join([*misc, f"start_char={span[0]}", f"end_char={span[1]}"])
        return "\t".join((number, _form(self._text[span[0] : span[1]]), *"_______", fields))

    def _gap(self, word: Word, words: list[Word]) -> str:
        """Return the space behind a word; what is more than that stands in the original only."""
        return "" if word is not words[-1] and self._text[word.end : word.end + 1].strip() else " "


def _form(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    return " ".join(_form(text).split())


def _misc(value: str) -> str:
    """Return a value without the signs that part those of MISC."""
    return value.replace("|", "/").replace("=", "-").replace(",", "-").replace(":", "-")


WRITER = Writer("conllu", N_("CoNLL-U: words with proclitics apart, for parsers"), ".conllu", write)
