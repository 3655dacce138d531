"""The command `agreement`: how well reviewers agree, as a table or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

from annotator.language import N_, Translate
from annotator.options import print_json
from annotator.project import Project
from annotator.review.agreement import Agreement, Figure, Row
from annotator.review.agreement_record import agreement_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("--reviewers", default="", help="only these, with commas between; by default all")
    parser.add_argument("--labels", default="", help="only these labels: actor,place")
    parser.add_argument("--since", default="", help="only articles last changed then or later (2026-01-31, UTC)")
    parser.add_argument("--until", default="", help="only articles last changed before then")
    parser.add_argument("--version", type=int, default=0, help="only articles marked with this version of the labels")
    parser.add_argument("--gamma", action="store_true", help="gamma too, for each two reviewers; takes its time")
    parser.add_argument("--seed", type=int, default=0, help="for the drawing of confidence intervals")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Print the figures and return the exit code."""
    reviewers, labels = (list(filter(None, given.split(","))) for given in (options.reviewers, options.labels))
    with Project.open(options.project, read_only=True) as project:
        found = project.agreement(
            reviewers=reviewers,
            labels=labels,
            since=options.since,
            until=options.until,
            version=options.version,
            seed=options.seed,
        )
        if options.gamma:
            found = _with_gammas(project, found, labels)
    if options.json:
        print_json(agreement_record(found))
    else:
        print("\n".join(_lines(found, translate)))
    return 0


_NOTHING, _ALL = N_("No article was read by several reviewers."), N_("all reviewers")


def _with_gammas(project: Project, found: Agreement, labels: list[str]) -> Agreement:
    return replace(found, rows=tuple(_with_gamma(project, row, labels, found.seed) for row in found.rows))


def _with_gamma(project: Project, row: Row, labels: list[str], seed: int) -> Row:
    if row.by != "all" or len(row.pair) != 2:
        return row
    gamma, category = project.gamma(row.pair, labels=labels, seed=seed)
    return replace(row, figures={**row.figures, "gamma": gamma, "gamma_cat": category})


def _lines(found: Agreement, translate: Translate) -> Iterator[str]:
    """Yield a line for each figure: what it is about, its value, its interval, on how much it rests, or why there is none."""
    if not found.rows:
        yield translate(_NOTHING)
    for row in found.rows:
        of = " × ".join(row.pair) or translate(_ALL)
        for name, figure in row.figures.items():
            yield "\t".join((row.by, row.key, of, name, _told(figure, translate), str(figure.items)))


def _told(figure: Figure, translate: Translate) -> str:
    if figure.value is None:
        return figure.why.translated(translate) if figure.why else ""
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"
