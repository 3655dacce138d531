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
from itertools import chain
from shutil import copyfileobj
from typing import TextIO

from annotator.language import N_
from annotator.model import Annotation, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Span, pieces, sentences
from annotator.writers.flat import Covered, Kept, tags
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
from annotator.writers.text_out import text_in
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
_ALL = ""  # no label is called so
Places = list[tuple[Span, Annotation]]
"""The tokens of a sentence that lie in annotations, each with its own."""


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `all.conll`, for every label `label_1.conll` and so on, and `labels.txt`, which says which that is."""
    keys = [label.key for label in project.label_set.labels] if project.label_set else []
    with ExitStack() as stack:
        files = [stack.enter_context(target.scratch()) for _ in range(len(keys) + 1)]
        with ExitStack() as texts:
            outs = dict(zip([_ALL, *keys], [texts.enter_context(text_in(file)) for file in files], strict=True))
            for marked in project:
                _write(marked, outs, losses)
        for number, spooled in enumerate(files):
            spooled.seek(0)
            with target.file(f"label_{number}.conll" if number else "all.conll") as out:
                copyfileobj(spooled, out)
    with target.file("labels.txt") as names:
        names.write("".join(f"label_{number}\t{key}\n" for number, key in enumerate(keys, start=1)).encode())
    leave_out_entities(losses, project)


def _write(marked: MarkedArticle, outs: dict[str, TextIO], losses: Losses) -> None:
    """Write the sentences of an article into the file of each label and that of all; most lines are the same in each."""
    text = marked.article.text
    kept = {key: Kept(one for one in marked.annotations if key in (_ALL, one.label)) for key in outs}
    places: list[Places] = []
    for out in outs.values():
        out.write("-DOCSTART- _ _ O\n")
    for words in sentences(text):
        tokens = pieces(words)
        lines = [f"{text[start:end]} _ _ O\n" for start, end in tokens]
        plain = "\n" + "".join(lines)
        for key, out in outs.items():
            covered = kept[key].over(tokens)
            out.write("\n" + _tagged(lines, covered) if covered else plain)
            if covered and key == _ALL:
                places.append([(tokens[at], one) for at, one in covered])
    for out in outs.values():
        out.write("\n")
    _tell(marked, kept[_ALL], places, losses)


def _tagged(lines: list[str], covered: Covered) -> str:
    tagged = lines.copy()
    for at, tag in tags(covered):
        tagged[at] = f"{lines[at][:-2]}{tag}\n"
    return "".join(tagged)


def _tell(marked: MarkedArticle, kept: Kept, places: list[Places], losses: Losses) -> None:
    """Note which annotations are left out of `all.conll`, or do not keep their exact place there."""
    losses.add(OVERLAPS, *(one.id for one in kept.left))
    tell_places(kept.annotations, chain.from_iterable(places), losses)
    sentences_of = Counter(identity for found in places for identity in {one.id for _, one in found})
    losses.add(SPLIT, *(identity for identity, count in sentences_of.items() if count > 1))
    leave_out(losses, marked, *_LEFT_OUT)
    losses.add(SPACING, marked.article.id)


def tell_places(kept: list[Annotation], covered: Iterable[tuple[Span, Annotation]], losses: Losses) -> None:
    """Note the annotations that got no token, or tokens that reach beyond them."""
    places: dict[str, Span] = {}
    for (start, end), one in covered:
        places[one.id] = (places.get(one.id, (start, end))[0], end)
    found: dict[Reason, list[str]] = {}
    for one in kept:
        place = places.get(one.id)
        if place is None:
            found.setdefault(NO_TOKEN, []).append(one.id)
        elif place[0] < one.start or place[1] > one.end:
            found.setdefault(WIDENED, []).append(one.id)
    for reason, ids in found.items():
        losses.add(reason, *ids)


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
