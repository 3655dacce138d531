"""Files out: one writer per format, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import UnknownFormat
from annotator.writers import (
    bayanat,
    brat,
    claims_graph,
    conll,
    conllu,
    csv_tables,
    doccano,
    events,
    geojson,
    html_report,
    json_lines,
    label_studio,
    parquet_tables,
    prodigy,
    refi,
    spacy_docs,
    tei,
    uima,
    web_annotation,
    webanno,
    xlsx_tables,
)
from annotator.writers.writer import Writer

WRITERS: tuple[Writer, ...] = (
    json_lines.WRITER,
    csv_tables.WRITER,
    xlsx_tables.WRITER,
    parquet_tables.WRITER,
    web_annotation.WRITER,
    brat.WRITER,
    uima.WRITER,
    webanno.WRITER,
    conll.WRITER,
    conllu.WRITER,
    spacy_docs.WRITER,
    doccano.WRITER,
    label_studio.WRITER,
    prodigy.WRITER,
    tei.WRITER,
    refi.WRITER,
    geojson.WRITER,
    claims_graph.WRITER,
    events.WRITER,
    bayanat.WRITER,
    html_report.WRITER,
)
"""All writers, in the order in which they are offered."""


def writer_for(name: str, *, among: Sequence[Writer] = WRITERS) -> Writer:
    """Return the writer of a format; raise UnknownFormat naming those there are."""
    for writer in among:
        if writer.name == name:
            return writer
    raise UnknownFormat(format=name, known=", ".join(writer.name for writer in among))
