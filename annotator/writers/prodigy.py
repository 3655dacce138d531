"""Prodigy's JSON Lines: text, tokens and spans, ready for `spans.manual` and `ner.manual`; offsets in code points.

https://prodi.gy/docs/api-interfaces#spans_manual. `token_end` is the last token of a span, inclusive. Tokens are ours, with
surely attached proclitics apart and a cut where an annotation begins or ends, so every span stands on token borders.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import Any, BinaryIO

import orjson

from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject
from annotator.text.tokens import Span, pieces, sentences
from annotator.writers.conll import NO_TOKEN
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, FRAMES, LINKS, NOTES, RELATIONS, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one task a line."""
    with target.file() as file:
        for marked in project:
            _write(marked, file, losses)
            leave_out(losses, marked, *_LEFT_OUT)
    leave_out_entities(losses, project)


def _write(marked: MarkedArticle, file: BinaryIO, losses: Losses) -> None:
    """Write the task of an article, its tokens sentence by sentence."""
    article = marked.article
    cuts = [offset for one in marked.annotations for offset in (one.start, one.end)]
    starts: list[int] = []
    file.write(orjson.dumps({"text": article.text})[:-1] + b',"tokens":[')
    for words in sentences(article.text, cuts=cuts):
        tokens = pieces(words)
        written = orjson.dumps(_tokens(article.text, tokens, len(starts)))[1:-1]
        file.write(b"," + written if starts else written)
        starts += [start for start, _ in tokens]
    file.write(b"]," + orjson.dumps(_rest(marked, _spans(marked, starts, losses)))[1:] + b"\n")


def _tokens(text: str, tokens: list[Span], first: int) -> list[dict[str, Any]]:
    return [
        {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text[end : end + 1] == " "}
        for number, (start, end) in enumerate(tokens, start=first)
    ]


def _rest(marked: MarkedArticle, spans: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what stands behind the tokens of a task."""
    article = marked.article
    return {
        "spans": spans,
        "answer": "accept",
        "meta": {"article": article.id, "title": article.title, "outlet": article.outlet, "date": article.date},
        "_input_hash": _hash(article.text),
        "_task_hash": _hash(article.text, orjson.dumps(spans).decode()),
    }


def _spans(marked: MarkedArticle, starts: list[int], losses: Losses) -> list[dict[str, Any]]:
    found = []
    for one in marked.annotations:
        # A span may begin and end with white space.
        first, last = bisect_left(starts, one.start), bisect_left(starts, one.end) - 1
        if first > last:
            losses.add(NO_TOKEN, one.id)
            continue
        place = {"start": one.start, "end": one.end, "token_start": first, "token_end": last, "label": one.label}
        found.append(place | {"id": one.id})
    return found


def _hash(*parts: str) -> int:
    """Return a whole number of 32 bits, signed, as Prodigy has them; equal for equal parts."""
    return int.from_bytes(hashlib.blake2b("\n".join(parts).encode(), digest_size=4).digest(), "big", signed=True)


WRITER = Writer(
    "prodigy",
    N_("Prodigy: text, tokens and spans"),
    ".jsonl",
    write,
    keeps=N_(
        "Keeps texts, tokens and overlapping annotations. Leaves out claim frames, verdicts, relations, "
        "links, notes and reviewers."
    ),
)
