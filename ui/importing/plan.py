"""What a survey found and what a reviewer decides about each of it, until the import. No Qt: the preview shows it.

A row stays in the group where it was found, also when it was decided, so that nothing moves under the reviewer's hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from annotator.language import N_, Sentence
from annotator.model import Details
from annotator.readers.draft import Options, Table
from annotator.reports import RefusedFile
from annotator.survey import Choices, FileChoice, Found, Place, Stamp, Survey

Group = Literal["open", "columns", "certain", "there", "refused"]
GROUPS: tuple[Group, ...] = ("open", "columns", "certain", "there", "refused")
Deed = Literal["later", "take", "leave", "copy", "version"]
_TAKING = frozenset({"take", "copy", "version"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an article: left for later, taken, left out, or taken as a copy or as a new version `of` another."""

    deed: Deed
    of: str | Place = ""


LATER, TAKE, LEAVE = Decision("later"), Decision("take"), Decision("leave")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the preview: an article that was found, or a file that was refused.

    In the group `columns` are tables of which nothing could be read before somebody says which column holds the text.
    """

    group: Group
    found: Found | None = None
    refused: RefusedFile | None = None

    @property
    def file(self) -> Path:
        """The file it comes from."""
        if self.found:
            return self.found.file
        return self.refused.file if self.refused else Path()

    @property
    def number(self) -> int:
        """The article's number in its file; -1 if it was refused."""
        return self.found.number if self.found else -1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles come in, are undecided, are left out, are there already; files refused; articles not listed; tables
    whose columns must be named first.
    """

    taken: int
    later: int
    left: int
    there: int
    refused: int
    unlisted: int
    columns: int = 0


@dataclass(slots=True)
class Plan:
    """A survey with the decisions on it."""

    rows: list[Row] = field(default_factory=list)
    tables: dict[Path, Table] = field(default_factory=dict)
    stamps: dict[Path, Stamp] = field(default_factory=dict)
    options: dict[Path, Options] = field(default_factory=dict)
    decisions: dict[Path, dict[int, Decision]] = field(default_factory=dict)
    details: dict[Path, dict[int, Details]] = field(default_factory=dict)
    unlisted: int = 0

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody should look before the import."""
        return bool(self.tables) or any(row.group in ("open", "refused") for row in self.rows)

    def take_over(self, before: Plan) -> None:
        """Take over what was decided while the files were still being looked at."""
        self.decisions |= before.decisions
        self.details |= before.details
        self.options |= before.options

    @property
    def is_touched(self) -> bool:
        """Whether somebody decided anything."""
        return bool(self.decisions or self.details or self.options)

    def decision(self, row: Row) -> Decision:
        """Return what becomes of a row as things stand."""
        usual = LATER if row.group == "open" else TAKE
        return self.decisions.get(row.file, {}).get(row.number, usual)

    def decide(self, rows: Iterable[Row], decision: Decision) -> None:
        """Decide about some rows; what was refused, or is there already, is no matter of choice."""
        for row in rows:
            if row.group in ("open", "certain"):
                self.decisions.setdefault(row.file, {})[row.number] = decision

    def group_with_nearest(self, rows: Iterable[Row]) -> None:
        """Take rows that are nearly the same as another text as copies of the one they are most like."""
        for row in rows:
            if row.found and row.found.near:
                self.decide([row], Decision("copy", row.found.near[0].key))

    def details_of(self, row: Row) -> Details:
        """Return title, outlet, author and date as they would be taken."""
        given = self.details.get(row.file, {}).get(row.number)
        return given or (row.found.details if row.found else Details(""))

    def describe(self, row: Row, details: Details) -> None:
        """Say what is to be taken as title, outlet, author and date."""
        if row.found:
            self.details.setdefault(row.file, {})[row.number] = details

    def give_outlet(self, rows: Iterable[Row], outlet: str) -> None:
        """Give articles the same outlet."""
        for row in rows:
            if row.found:
                self.describe(row, replace(self.details_of(row), outlet=outlet))

    def counts(self) -> Counts:
        """Count what would happen now."""
        deeds = [self.decision(row).deed for row in self.rows if row.group in ("open", "certain")]
        taken = sum(deed in _TAKING for deed in deeds)
        groups = [row.group for row in self.rows]
        return Counts(
            taken, deeds.count("later"), deeds.count("leave"), groups.count("there"), groups.count("refused"),
            self.unlisted, groups.count("columns"),
        )  # fmt: skip

    # -- reading a file in another way ----------------------------------------------------------------------------

    def options_of(self, file: Path) -> Options:
        """Return how a file is read."""
        return self.options.get(file, Options())

    def reread(self, files: Iterable[Path], survey: Survey) -> None:
        """Put what files gave when they were read anew in place of what they gave before.

        What no doubt is left about is decided by that: whoever chose how to read it saw it.
        """
        wanted = set(files)
        come = {file: [row for row in rows_of(survey) if row.file == file] for file in wanted}
        asked = {row.file for row in self.rows if row.file in wanted and row.group in ("open", "columns", "refused")}
        self.rows = list(_replaced(self.rows, {file: _asked(rows, file in asked) for file, rows in come.items()}))
        for file in wanted:
            # What was decided was about another text, and what was given as a title too.
            self.decisions.pop(file, None)
            self.details.pop(file, None)
            self._take_over(file, survey)
            if file in asked:
                self.decisions[file] = {row.number: TAKE for row in come[file] if row.group == "certain"}

    def _take_over(self, file: Path, survey: Survey) -> None:
        if file in survey.tables:
            self.tables[file] = survey.tables[file]
        if file in survey.stamps:
            self.stamps[file] = survey.stamps[file]

    # -- the import -----------------------------------------------------------------------------------------------

    def choices(self, *, only_certain: bool = False) -> Choices:
        """Return what the import is to be told of each file."""
        without: dict[Path, set[int]] = {}
        for row in self.rows:
            held = without.setdefault(row.file, set())
            if row.found and not self._comes_in(row, only_certain=only_certain):
                held.add(row.found.number)
        return {file: self._choice(file, frozenset(numbers)) for file, numbers in without.items()}

    def undecided(self, *, only_certain: bool = False) -> list[RefusedFile]:
        """Return what nobody decided about, or what was to wait, for the report."""
        reason = N_("Nobody has decided about it yet: “{title}”.")
        rows = [row for row in self.rows if row.group == "open" and self._waits(row, only_certain=only_certain)]
        return [RefusedFile(row.file, Sentence(reason, {"title": self.details_of(row).title})) for row in rows]

    def _waits(self, row: Row, *, only_certain: bool) -> bool:
        deed = self.decision(row).deed
        return deed == "later" or (only_certain and deed != "leave")

    def _comes_in(self, row: Row, *, only_certain: bool) -> bool:
        if only_certain and row.group == "open":
            return False
        return self.decision(row).deed not in ("later", "leave")

    def _choice(self, file: Path, without: frozenset[int]) -> FileChoice:
        decided = self.decisions.get(file, {})
        return FileChoice(
            self.options_of(file),
            without,
            self.details.get(file, {}),
            {number: one.of for number, one in decided.items() if one.deed == "copy"},
            {number: str(one.of) for number, one in decided.items() if one.deed == "version"},
            self.stamps.get(file),
        )


def plan_of(survey: Survey) -> Plan:
    """Return a plan on which nothing was decided yet."""
    return Plan(sorted_rows(rows_of(survey)), dict(survey.tables), dict(survey.stamps), unlisted=survey.truncated)


def rows_of(survey: Survey) -> list[Row]:
    """Return the rows of a survey in its order, what was refused last."""
    unread = set(survey.tables) - {found.file for found in survey.found}
    return [
        *(Row(_group(found), found) for found in survey.found),
        *(Row("columns" if refused.file in unread else "refused", refused=refused) for refused in survey.refused),
    ]


def row_so_far(one: Found | RefusedFile) -> Row:
    """Return the row of what was just found: in which group it will stand is known only at the end."""
    return Row(_group(one), one) if isinstance(one, Found) else Row("refused", refused=one)


def sorted_rows(rows: Iterable[Row]) -> list[Row]:
    """Return rows group by group, each in the order in which it was found."""
    return sorted(rows, key=lambda row: GROUPS.index(row.group))


def _group(found: Found) -> Group:
    if found.same_as:
        return "there"
    return "certain" if found.certain else "open"


def _asked(rows: list[Row], asked: bool) -> list[Row]:
    """Let what was asked about stay where it was asked, although it is certain now."""
    return [replace(row, group="open") if asked and row.group == "certain" else row for row in rows]


def _replaced(rows: list[Row], come: Mapping[Path, list[Row]]) -> Iterator[Row]:
    """Yield rows with those of some files exchanged, each group in order."""
    met: set[Path] = set()
    exchanged: list[Row] = []
    for row in rows:
        if row.file not in come:
            exchanged.append(row)
        elif row.file not in met:
            met.add(row.file)
            exchanged += come[row.file]
    yield from sorted_rows(exchanged)
