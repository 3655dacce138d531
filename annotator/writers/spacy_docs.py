"""spaCy: articles as `DocBin` files of 500, with all annotations in `doc.spans["hashiya"]` and those that fit in `doc.ents`.

https://spacy.io/api/docbin. The text of each Doc is the article's to the code point; tokens are ours, cut also where an
annotation begins or ends, so no span is lost between tokens. `doc.ents` may not overlap: there the longest are kept. Takes
the package `spacy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from annotator.errors import MissingPackage
from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Word, pieces, sentences
from annotator.writers.conll import NO_TOKEN
from annotator.writers.flat import flattened
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, FRAMES, NOTES, RELATIONS, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.text_out import looking
from annotator.writers.writer import Writer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

GROUP = "hashiya"
NOT_ENTITIES = Reason(
    "overlap_in_ents",
    N_("{count} annotations overlap with another and are not in doc.ents."),
    N_("There the longest span is kept, of equals the earlier; doc.spans holds all."),
)
_EACH = 500
_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `00001.spacy` and so on. Raises MissingPackage."""
    spacy, doc_bin = _spacy()
    vocab = spacy.blank("ar").vocab
    articles = iter(project)
    for number, first in enumerate(articles, start=1):
        docs = doc_bin(store_user_data=True)
        with target.file(f"{number:05}.spacy") as file:
            some = chain([first], islice(articles, _EACH - 1))
            for doc in looking(file, (_doc(one, looking(file, _words(one)), vocab, losses) for one in some)):
                docs.add(doc)
            for whole in looking(file, [docs]):
                file.write(whole.to_bytes())
    leave_out_entities(losses, project)


def _doc(marked: MarkedArticle, found: Iterable[list[Word]], vocab: Vocab, losses: Losses) -> Doc:
    from spacy.tokens import Doc

    article = marked.article
    words, spaces, starts = _tokens(marked, found)
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    doc.user_data = {"article": article.id, "title": article.title, "outlet": article.outlet, "date": article.date}
    spans = {one.id: span for one in marked.annotations if (span := _span(doc, one, marked))}
    doc.spans[GROUP] = list(spans.values())
    kept, left = flattened(one for one in marked.annotations if one.id in spans)
    doc.ents = tuple(spans[one.id] for one in kept)
    losses.add(NO_TOKEN, *(one.id for one in marked.annotations if one.id not in spans))
    losses.add(NOT_ENTITIES, *(one.id for one in left))
    leave_out(losses, marked, *_LEFT_OUT)
    return doc


def _span(doc: Doc, one: Annotation, marked: MarkedArticle) -> Span | None:
    link = marked.links.get(one.id)
    return doc.char_span(one.start, one.end, label=one.label, span_id=one.id, kb_id=link.entity if link else "")


def _tokens(marked: MarkedArticle, found: Iterable[list[Word]]) -> tuple[list[str], list[bool], list[bool]]:
    """Return words, whether a space follows each, and whether a sentence begins there; other white space is tokens too."""
    text, cuts = marked.article.text, _cuts(marked)
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    at = 0
    end_of_text: list[Word] = [(len(text), len(text), ())]
    for sentence in chain(found, [end_of_text]):
        opens = True
        for start, end in pieces(sentence):
            for blank in _blanks(text, at, start, cuts) if at < start else ():
                if blank == " " and words and not spaces[-1]:
                    spaces[-1] = True
                else:
                    _append(words, spaces, starts, blank)
            if start < end:
                _append(words, spaces, starts, text[start:end], opens=opens)
            at, opens = end, False
    return words, spaces, starts


def _append(words: list[str], spaces: list[bool], starts: list[bool], word: str, *, opens: bool = False) -> None:
    words.append(word)
    spaces.append(False)
    starts.append(opens)


def _words(marked: MarkedArticle) -> Iterator[list[Word]]:
    return sentences(marked.article.text, cuts=_cuts(marked))


def _cuts(marked: MarkedArticle) -> set[int]:
    return {offset for one in marked.annotations for offset in (one.start, one.end)}


def _blanks(text: str, start: int, end: int, cuts: set[int]) -> Iterator[str]:
    """Yield what stands between two tokens: single spaces, and the rest in pieces that no annotation border cuts."""
    while start < end:
        stop = start + 1
        while stop < end and text[start] != " " and text[stop] != " " and stop not in cuts:
            stop += 1
        yield text[start:stop]
        start = stop


def _spacy() -> tuple[Any, Any]:
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise MissingPackage(package="spacy") from error
    return spacy, DocBin


WRITER = Writer(
    "spacy",
    N_("spaCy: DocBin files for training"),
    "",
    write,
    needs="spacy",
    keeps=N_(
        "Keeps texts and all annotations as spans, those that do not overlap as entities too, and links. "
        "Leaves out claim frames, relations and reviewers."
    ),
)
