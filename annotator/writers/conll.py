"""CoNLL-2003 with IOB2: a token a line in four columns, an empty line behind a sentence, `-DOCSTART-` before an article.

https://www.clips.uantwerpen.be/conll2003/ner/. The second and third column (part of speech, chunk) are `_`, because nobody
gave them. One token has one label, so `all.conll` keeps the longest of overlapping annotations; beside it each label has a
file of its own, where only annotations of the same label can overlap. Tokens follow from the text alone: surely attached
proclitics stand apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from shutil import copyfileobj

from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import sentences
from annotator.writers.flat import Covered, Sentences, Span, covering, flattened, tags
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import (
    FORMS,
    FRAMES,
    LINKS,
    NOTES,
    RELATIONS,
    REVIEWERS,
    SOURCES,
    SUB_TOKENS,
    VERDICTS,
    Losses,
)
from annotator.writers.target import Target
from annotator.writers.writer import Writer

OVERLAPS = Reason(
    "overlap",
    N_("{count} annotations overlap with another and are left out of all.conll."),
    N_("The longest span is kept, of equals the earlier; the file of its label holds it unless it overlaps there too."),
)
WIDENED = Reason(SUB_TOKENS.key, SUB_TOKENS.template, N_("They are widened to the whole token."))
SPLIT = Reason(
    "crosses_sentence", N_("{count} annotations run over the end of a sentence."), N_("They go on in it as a new one.")
)
NO_TOKEN = Reason("no_token", N_("{count} annotations cover no token of their own and are left out."))
SPACING = Reason("spacing", N_("What stands between the tokens of {count} articles is left out."))
_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `all.conll`, for every label `label_1.conll` and so on, and `labels.txt`, which says which that is."""
    keys = [label.key for label in project.label_set.labels] if project.label_set else []
    with ExitStack() as stack:
        files = [stack.enter_context(target.scratch()) for _ in range(len(keys) + 1)]
        for marked in project:
            tokens = [[piece for word in words for piece in word.pieces()] for words in sentences(marked.article.text)]
            _tell(marked, tokens, losses)
            article = _Article(marked.article.text, tokens)
            files[0].write(article.lines(marked.annotations).encode())
            for file, key in zip(files[1:], keys, strict=True):
                file.write(article.lines(one for one in marked.annotations if one.label == key).encode())
        for number, spooled in enumerate(files):
            spooled.seek(0)
            with target.file(f"label_{number}.conll" if number else "all.conll") as out:
                copyfileobj(spooled, out)
    with target.file("labels.txt") as names:
        names.write("".join(f"label_{number}\t{key}\n" for number, key in enumerate(keys, start=1)).encode())
    leave_out_entities(losses, project)


class _Article:
    """The sentences of an article as lines without a label, which each file has but for a few."""

    def __init__(self, text: str, tokens: Sentences) -> None:
        self._tokens = tokens
        self._plain = [[f"{text[start:end]} _ _ O\n" for start, end in sentence] for sentence in tokens]

    def lines(self, annotations: Iterable[Annotation]) -> str:
        """Return the lines of the article with the labels of these annotations."""
        kept, _ = flattened(annotations)
        blocks = ["-DOCSTART- _ _ O\n"]
        for lines, covered in zip(self._plain, covering(kept, self._tokens), strict=True):
            blocks.append("".join(_tagged(lines, covered) if covered else lines))
        return "\n".join([*blocks, ""])


def _tagged(lines: list[str], covered: Covered) -> list[str]:
    found = tags(len(lines), covered)
    tagged = lines.copy()
    for at, _ in covered:
        tagged[at] = f"{lines[at][:-2]}{found[at]}\n"
    return tagged


def _tell(marked: MarkedArticle, tokens: Sentences, losses: Losses) -> None:
    """Note which annotations are left out of `all.conll`, or do not keep their exact place there."""
    kept, left = flattened(marked.annotations)
    losses.add(OVERLAPS, *(one.id for one in left))
    found = list(covering(kept, tokens))
    places = [(spans[at], one) for spans, covered in zip(tokens, found, strict=True) for at, one in covered]
    tell_places(kept, places, losses)
    sentences_of = Counter(identity for covered in found for identity in {one.id for _, one in covered})
    losses.add(SPLIT, *(identity for identity, count in sentences_of.items() if count > 1))
    leave_out(losses, marked, *_LEFT_OUT)
    losses.add(SPACING, marked.article.id)


def tell_places(kept: list[Annotation], covered: list[tuple[Span, Annotation]], losses: Losses) -> None:
    """Note the annotations that got no token, or tokens that reach beyond them."""
    places: dict[str, Span] = {}
    for (start, end), one in covered:
        places[one.id] = (places.get(one.id, (start, end))[0], end)
    for one in kept:
        place = places.get(one.id)
        if place is None:
            losses.add(NO_TOKEN, one.id)
        elif place[0] < one.start or place[1] > one.end:
            losses.add(WIDENED, one.id)


WRITER = Writer(
    "conll",
    N_("CoNLL-2003 (IOB2): tokens for training name recognition"),
    "",
    write,
    keeps=N_(
        "Keeps the labels of tokens, in one file for all and one a label. Of annotations that overlap the "
        "longest stays; claim frames, relations, links and reviewers are left out."
    ),
)
