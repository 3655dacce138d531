"""`import` on the command line: surveys and imports without a window, with progress, and Ctrl+C that leaves what came in."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from annotator.file_errors import BadMapping
from annotator.import_report import ending, report_record, save_report, summary, survey_record
from annotator.language import N_, Translate
from annotator.options import print_json
from annotator.project import Project
from annotator.reports import ImportReport
from annotator.survey import Found, Pace, Survey

STOPPED = 130
"""The exit code of a command that Ctrl+C ended."""
_FIELDS = ("text", "title", "date", "outlet", "author", "url")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--encoding", help="the files' encoding, instead of recognising it")
    parser.add_argument(
        "--map", metavar="FIELD=COLUMN,…", default="", help=f"which column is which ({', '.join(_FIELDS)})"
    )
    parser.add_argument("--only-certain", action="store_true", help="leave what somebody should look at for later")
    parser.add_argument("--dry-run", action="store_true", help="only tell what the files hold; write nothing")
    parser.add_argument("--report", type=Path, metavar="FILE", help="save the report (.json, .csv, else text)")
    parser.add_argument("--reviewer", help="whose work this is; by default whoever wrote last")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace, translate: Translate) -> int:
    """Survey or import, and return the exit code: 0 done, 1 something was refused or failed, 130 stopped by Ctrl+C."""
    given = {"encoding": options.encoding, "mapping": _mapping(options.map)}
    with interruptible() as stop, _progress(translate) as progress:
        if options.dry_run:
            with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
                survey = project.survey(options.paths, progress=progress, cancel=stop, **given)
        else:
            with Project.open(options.project, reviewer=options.reviewer) as project:
                report = project.import_files(
                    options.paths, only_certain=options.only_certain, progress=progress, cancel=stop, **given
                )
    if options.dry_run:
        return _tell_survey(survey, translate, json=options.json)
    if options.report:
        save_report(report, options.report, translate)
    return _tell(report, translate, json=options.json)


def _mapping(given: str) -> dict[str, str]:
    """Return the columns by field, from `text=body,title=headline`; raise BadMapping."""
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    found = {field.strip(): column.strip() for field, _, column in pairs}
    if not set(found) <= set(_FIELDS) or not all(found.values()):
        raise BadMapping(given=given, fields=", ".join(_FIELDS))
    return found


class Stop:
    """Whether Ctrl+C was pressed; the second time it ends the program at once."""

    pressed = False

    def __call__(self) -> bool:
        return self.pressed

    def press(self, number: int, frame: FrameType | None) -> None:
        if self.pressed:
            raise KeyboardInterrupt
        self.pressed = True


@contextmanager
def interruptible() -> Iterator[Stop]:
    """Give what tells whether Ctrl+C was pressed, so that a command ends where nothing is half done."""
    stop = Stop()
    before = signal.signal(signal.SIGINT, stop.press)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Meter:
    """One line on the terminal that says how far it is."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._told = -1.0

    def __call__(self, pace: Pace) -> None:
        if pace.seconds - self._told < 0.2 and pace.share < 1:
            return
        self._told = pace.seconds
        template = self._translate(N_("{percent} %, {articles} articles, {rate} a second, {left} s left"))
        left = "–" if pace.seconds_left is None else round(pace.seconds_left)
        line = template.format(percent=int(pace.share * 100), articles=pace.articles, rate=round(pace.rate), left=left)
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


@contextmanager
def _progress(translate: Translate) -> Iterator[_Meter | None]:
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _Meter(translate)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _tell(report: ImportReport, translate: Translate, *, json: bool) -> int:
    if json:
        print_json(report_record(report, translate))
    else:
        _print_report(report, translate)
    if report.cancelled:
        return STOPPED
    return 1 if report.failed or report.stopped else 0


def _print_report(report: ImportReport, translate: Translate) -> None:
    for one in report.imported:
        sure = "" if one.confidence is None else f" {one.confidence:.0%}"
        print(f"+ {one.file}: {one.article} ({one.encoding}{sure})")
        for note in one.notes:
            print(f"    {note.translated(translate)}")
    for sign, refused in (("=", report.skipped), ("?", report.undecided), ("!", report.lost)):
        for left in refused:
            print(f"{sign} {left.file}: {left.reason.translated(translate)}")
    for failed in report.failed:
        print(f"{failed.file}: {failed.reason.translated(translate)}", file=sys.stderr)
    print(summary(report, translate))
    for line in ending(report, translate):
        print(line, file=sys.stderr)


def _tell_survey(survey: Survey, translate: Translate, *, json: bool) -> int:
    if json:
        print_json(survey_record(survey, translate))
    else:
        for found in survey.found:
            print(f"{_sign(found)} {found.file}: {found.details.title} ({found.encoding}, {found.length})")
            for near in found.near:
                print(f"    ~ {near.similarity:.0%} {near.title} {near.article}")
        for refused in survey.refused:
            print(f"{refused.file}: {refused.reason.translated(translate)}", file=sys.stderr)
        template = translate(
            N_("{found} articles found, {certain} of them new and certain, {refused} refused. Nothing was written.")
        )
        certain = sum(one.certain and not one.same_as for one in survey.found)
        print(template.format(found=len(survey.found) + survey.truncated, certain=certain, refused=len(survey.refused)))
    if survey.cancelled:
        return STOPPED
    return 1 if survey.refused else 0


def _sign(found: Found) -> str:
    if found.same_as:
        return "="
    return "+" if found.certain else "?"
