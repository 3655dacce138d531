"""What an export wrote and what its formats could not hold: each reason with its rule, and what it is about, to be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator import ExportReport, PackageReport, Project
from annotator.exporting import losses_path
from annotator.reports import Loss
from annotator.tracing import Traced
from ui.dialogs.report import Report
from ui.export.words import amount_words
from ui.fitting import resize_within_screen
from ui.importing.words import number
from ui.pdf_report import WRITERS
from ui.plain import PlainLabel, plain_tip
from ui.session import Session
from ui.translate import isolated, running, say, tr, trn

_THING = Qt.ItemDataRole.UserRole
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report: a sentence, with the loss it tells of, if it tells of one; or a format, above its lines."""

    text: str
    loss: Loss | None = None
    is_title: bool = False


class ExportTold(Report):
    """Shows the report. `place_wanted` has an article and an annotation (or nothing), `entity_wanted` an entity."""

    place_wanted = Signal(str, str)
    entity_wanted = Signal(str)

    def __init__(self, session: Session, report: ExportReport | PackageReport, parent: QWidget | None = None) -> None:
        told = lines(report)
        self.reasons, self.things, self.about = _List(), _List(), PlainLabel(wraps=True)
        body = QWidget()
        super().__init__(heading(report), [line.text for line in told], parent, body=body)
        self._session = session
        self._lay_out(body)
        for line in told:
            self._add(line)
        self.reasons.currentItemChanged.connect(lambda item, _: self._show_things(item))
        self.things.opened.connect(self._open)
        self.reasons.opened.connect(self.things.begin)
        session.project_changed.connect(self.close)
        self._hide_things()
        resize_within_screen(self, 720, 520)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _lay_out(self, body: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reasons, 3)
        column.addWidget(self.about)
        column.addWidget(self.things, 2)
        self.reasons.setAccessibleName(tr("What the format could not hold"))
        self.things.setAccessibleName(tr("What it is about"))
        self.about.setProperty("quiet", "true")

    def _add(self, line: Line) -> None:
        item = QListWidgetItem(line.text, self.reasons)
        item.setData(_THING, line.loss)
        if line.loss is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if line.is_title:
            font = item.font()
            font.setBold(True)
            item.setFont(font)

    def _show_things(self, item: QListWidgetItem | None) -> None:
        """Show what a reason is about."""
        loss: Loss | None = item.data(_THING) if item else None
        if loss is None or not loss.ids:
            self._hide_things()
            return
        self._session.run(
            lambda project: _traced(project, loss), lambda found: self._take(loss, *found) if isValid(self) else None
        )

    def _take(self, loss: Loss, found: dict[str, Traced], titles: dict[str, str]) -> None:
        current = self.reasons.currentItem()
        if current is None or current.data(_THING) is not loss:
            return
        self.things.clear()
        for identity in dict.fromkeys(loss.ids):
            self._add_thing(identity, found.get(identity), titles)
        shown = self.things.count()
        told = trn("{count} thing; Enter opens it.", "{count} things; Enter opens one.", shown, shown=number(shown))
        if len(loss.ids) < loss.count:
            told = tr("The first {count}; the report beside the export has all ids.").format(count=number(shown))
        self.about.setText(told)
        self.about.show()
        self.things.show()

    def _add_thing(self, identity: str, thing: Traced | None, titles: dict[str, str]) -> None:
        item = QListWidgetItem(_name(identity, thing, titles), self.things)
        item.setData(_THING, thing)
        if thing is None:
            item.setToolTip(tr("In this project there is nothing of this id, or it may not be seen."))
        else:
            item.setToolTip(plain_tip(thing.words))

    def _hide_things(self) -> None:
        self.about.hide()
        self.things.hide()

    def _open(self) -> None:
        item = self.things.currentItem()
        thing: Traced | None = item.data(_THING) if item else None
        if thing and thing.kind == "entity":
            self.entity_wanted.emit(thing.id)
        elif thing:
            self.place_wanted.emit(thing.article, thing.id if thing.kind == "annotation" else "")


class _List(QListWidget):
    """A list of which Enter and a double click open a line."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda _: self.opened.emit())

    def begin(self) -> None:
        """Take the keyboard, if there is anything."""
        if self.isVisible() and self.count():
            self.setCurrentRow(max(self.currentRow(), 0))
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def heading(report: ExportReport | PackageReport) -> str:
    """Return what was written where."""
    amount = amount_words(report.written, report.annotations)
    return tr("Written to {path}: {amount}.").format(path=isolated(str(report.path)), amount=amount)


def lines(report: ExportReport | PackageReport) -> list[Line]:
    """Return that the spans were proved, what each format could not hold with the rule that was used, and where that stands."""
    proved = tr("{verified} of {annotations} spans were proved by their words.")
    count = number(report.annotations)
    found = [Line(proved.format(verified=count, annotations=count))]
    if isinstance(report, PackageReport):
        for name, losses in report.losses.items():
            found += [Line(_name_of_format(name), is_title=True), *_losses(losses)]
        beside = "losses/"
    else:
        found += _losses(report.losses)
        beside = losses_path(report.path).name
    return [*found, Line(tr("All ids stand in {path}.").format(path=isolated(beside)))]


def _name_of_format(name: str) -> str:
    """Return what a format is for, as the export dialog says it, and what its folder in the package is called."""
    purpose = next((tr(writer.purpose) for writer in WRITERS if writer.name == name), "")
    return running(" · ".join(filter(None, (purpose, isolated(name)))))


def _losses(losses: tuple[Loss, ...]) -> Iterator[Line]:
    for loss in losses:
        rule = tr(loss.reason.rule) if loss.reason.rule else ""
        yield Line(running(f"{say(loss.sentence)} {rule}".strip()), loss)
    if not losses:
        yield Line(tr("0 lost: the format held everything."))


def _traced(project: Project, loss: Loss) -> tuple[dict[str, Traced], dict[str, str]]:
    """Return what the ids of a loss stand for, and the titles of the articles."""
    found = project.trace(loss.ids)
    return found, project.titles({one.article for one in found.values() if one.article})


def _name(identity: str, thing: Traced | None, titles: dict[str, str]) -> str:
    """Return a thing on one line: the words of an annotation and where they stand, a title, a name, or only the id."""
    if thing is None:
        return isolated(identity)
    words = isolated(_short(thing.words))
    if thing.kind == "annotation":
        return running(
            tr("“{words}” in {title}").format(words=words, title=isolated(_short(titles.get(thing.article, ""))))
        )
    return running(words)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
