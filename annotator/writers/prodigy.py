"""Prodigy's JSON Lines: text, tokens and spans, ready for `spans.manual` and `ner.manual`; offsets in code points.

https://prodi.gy/docs/api-interfaces#spans_manual. `token_end` is the last token of a span, inclusive. Tokens are ours, with
surely attached proclitics apart and a cut where an annotation begins or ends, so every span stands on token borders.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import Any

import orjson

from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject
from annotator.text.tokens import sentences
from annotator.writers.conll import NO_TOKEN
from annotator.text.tokens import Span
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import FORMS, FRAMES, LINKS, NOTES, RELATIONS, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

_LEFT_OUT = (SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, RELATIONS)


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one task a line."""
    with target.file() as file:
        for marked in project:
            file.write(orjson.dumps(_task(marked, losses), option=orjson.OPT_APPEND_NEWLINE))
            leave_out(losses, marked, *_LEFT_OUT)
    leave_out_entities(losses, project)


def _task(marked: MarkedArticle, losses: Losses) -> dict[str, Any]:
    article = marked.article
    cuts = [offset for one in marked.annotations for offset in (one.start, one.end)]
    tokens = [piece for words in sentences(article.text, cuts=cuts) for word in words for piece in word.pieces()]
    spans = _spans(marked, tokens, losses)
    task = {
        "text": article.text,
        "tokens": [_token(article.text, number, token) for number, token in enumerate(tokens)],
        "spans": spans,
        "answer": "accept",
        "meta": {"article": article.id, "title": article.title, "outlet": article.outlet, "date": article.date},
    }
    return task | {"_input_hash": _hash(article.text), "_task_hash": _hash(article.text, orjson.dumps(spans).decode())}


def _token(text: str, number: int, token: Span) -> dict[str, Any]:
    start, end = token
    return {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text.startswith(" ", end)}


def _spans(marked: MarkedArticle, tokens: list[Span], losses: Losses) -> list[dict[str, Any]]:
    found = []
    for one in marked.annotations:
        # A span may begin and end with white space.
        first, last = bisect_left(tokens, (one.start,)), bisect_left(tokens, (one.end,)) - 1
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
