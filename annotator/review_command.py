"""The commands of the command line that are about reviewing: roles, blind mode, comparing, settling."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from annotator.decisions import ROLES
from annotator.errors import UnknownSource
from annotator.language import Translate
from annotator.options import print_json
from annotator.project import Project
from annotator.review.comparing import Comparison, Match


def role(options: argparse.Namespace, translate: Translate) -> int:
    """Show who works on a project in which role, or give a role."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=options.role is None) as project:
        if options.role:
            project.set_role(options.name, options.role)
        for one in project.team():
            if options.name in (None, one.name):
                print(f"{one.name}\t{one.role}")
    return 0


def blind(options: argparse.Namespace, translate: Translate) -> int:
    """Show whether blind mode is on, or switch it."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=options.state is None) as project:
        if options.state:
            project.set_blind(options.state == "on")
        print("on" if project.settings().blind else "off")
    return 0


def workload(options: argparse.Namespace, translate: Translate) -> int:
    """Show how far everybody is with what they were given."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        found = [asdict(one) for one in project.workload()]
    if options.json:
        print_json({"reviewers": found})
        return 0
    for one in found:
        print("\t".join(f"{name}:{value}" if isinstance(value, int) else value for name, value in one.items()))
    return 0


def compare(options: argparse.Namespace, translate: Translate) -> int:
    """Show where the layers of an article differ."""
    with Project.open(options.project, reviewer=options.reviewer, read_only=True) as project:
        found = project.compare(options.article, options.sides or None)
        still_open = {one.match.number for one in project.open_differences(options.article) if one.match}
    if options.json:
        print_json(comparison_record(found))
        return 0
    for match, difference in found.differences:
        values = "  ".join(f"{side}: {value}" for side, value in difference.values.items())
        kind = f"{difference.kind} {difference.attribute}".strip()
        mark = "*" if match.number in still_open and not options.sides else " "
        print(f"{mark}{match.number}\t{match.start}-{match.end}\t{kind}\t{' '.join(values.split())}")
    told = translate("{agreed} of {all} matches agreed, {differences} differences.")
    print(told.format(agreed=len(found.agreed), all=len(found.matches), differences=len(found.differences)))
    return 0


def settle(options: argparse.Namespace, translate: Translate) -> int:
    """Take what is agreed, decide about a match, call an article settled, or open it again."""
    with Project.open(options.project, reviewer=options.reviewer) as project:
        article = options.article
        if options.agreed:
            told = translate("{count} agreed annotations and relations taken.")
            print(told.format(count=project.take_agreed(article)))
        if options.match is not None:
            match = _match(project.compare(article), options.match)
            project.decide(
                article, match.ids, take=_taken(match, options.take), reason=options.reason, note=options.note
            )
        if options.reopen:
            project.reopen(article)
        elif not (options.agreed or options.match is not None):
            project.settle(article)
        count = len(project.open_differences(article))
    print(translate("{count} differences are still open.").format(count=count))
    return 0


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values."""
    return {
        "article": found.article,
        "sides": [side.name for side in found.sides],
        "agreed": len(found.agreed),
        "matches": [_match_record(match) for match in found.matches],
    }


def _match_record(match: Match) -> dict[str, Any]:
    sides = {
        name: {"id": one.id, "label": one.label, "start": one.start, "end": one.end, "quote": one.quote}
        for name, one in match.annotations.items()
    } | {name: {"id": one.id, "relation": one.type, "a": one.a, "b": one.b} for name, one in match.relations.items()}
    differences = [
        {"kind": one.kind, "attribute": one.attribute, "values": dict(one.values)} for one in match.differences
    ]
    return {"number": match.number, "of": match.of, "sides": sides, "differences": differences}


def _match(found: Comparison, number: int) -> Match:
    if not 0 <= number < len(found.matches):
        raise UnknownSource(id=number)
    return found.matches[number]


def _taken(match: Match, sides: list[str] | None) -> list[str]:
    """Return the ids of the sides that were named; with none of them, nothing stands."""
    having: dict[str, Any] = {**match.annotations, **match.relations}
    return [having[side].id for side in sides or () if side in having]


def add_arguments(commands: Any, command: Any) -> None:
    """Add these commands; `command` makes one, with its project."""
    one = command(commands, "role", role, "show who is lead and who is reviewer, or give a role")
    one.add_argument("name", nargs="?", metavar="NAME")
    one.add_argument("role", nargs="?", choices=ROLES)
    _reviewer(one)
    one = command(
        commands, "blind", blind, "show or switch blind mode: others' layers are hidden until one's own is done"
    )
    one.add_argument("state", nargs="?", choices=("on", "off"))
    _reviewer(one)
    one = command(commands, "workload", workload, "show how far everybody is with the articles they were given")
    _reviewer(one)
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one = command(commands, "compare", compare, "show where the layers of an article differ; * is still open")
    one.add_argument("article", metavar="ARTICLE")
    one.add_argument("--side", dest="sides", action="append", metavar="NAME", help="a reviewer, or final; two to six")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    _reviewer(one)
    _settle_arguments(command(commands, "settle", settle, "call an article settled, when nothing is open any more"))


def _settle_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", metavar="ARTICLE")
    parser.add_argument("--agreed", action="store_true", help="only take what every layer agrees on")
    parser.add_argument("--match", type=int, metavar="N", help="only decide about this match, as compare numbers it")
    parser.add_argument("--take", action="append", metavar="NAME", help="whose stands; several, or none")
    parser.add_argument("--reason", default="", help="guideline, ambiguous, slip or other")
    parser.add_argument("--note", default="")
    parser.add_argument("--reopen", action="store_true", help="open it again; what was decided stays")
    _reviewer(parser)


def _reviewer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reviewer", help="who does it; by default whoever wrote last")
