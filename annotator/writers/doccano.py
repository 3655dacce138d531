"""doccano's JSON Lines for sequence labelling with relations: one article a line, offsets in code points.

After doccano's own example `relation.jsonl`: `entities` with whole-number ids, `relations` between them. What else a line
holds, doccano keeps as the metadata of the example.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import orjson

from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import ACROSS, FORMS, FRAMES, LINKS, NOTES, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write one object a line."""
    numbers, relations = count(1), count(1)
    with target.file() as file:
        for marked in project:
            record = _record(marked, numbers, relations)
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            leave_out(losses, marked, SOURCES, FRAMES, VERDICTS, LINKS, NOTES, FORMS, REVIEWERS, ACROSS)
    leave_out_entities(losses, project)


def _record(marked: MarkedArticle, numbers: count[int], relations: count[int]) -> dict[str, Any]:
    article = marked.article
    number_of = {one.id: next(numbers) for one in marked.annotations}
    return {
        "text": article.text,
        "entities": [
            {"id": number_of[one.id], "label": one.label, "start_offset": one.start, "end_offset": one.end}
            for one in marked.annotations
        ],
        "relations": [
            {"id": next(relations), "from_id": number_of[one.a], "to_id": number_of[one.b], "type": one.type}
            for one in marked.own_relations
        ],
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "date": article.date,
        "annotations": list(number_of),
    }


WRITER = Writer(
    "doccano",
    N_("doccano: text with labelled spans"),
    ".jsonl",
    write,
    keeps=N_(
        "Keeps texts, overlapping annotations and relations within an article. Leaves out claim frames, "
        "verdicts, links, notes, reviewers."
    ),
)
