"""Importing places of a file, or the starting list of actors: what the columns hold, what comes in, and a report by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)
from PySide6.QtWidgets import QVBoxLayout as Column

from annotator import Project
from annotator.assist.actors import starter_actors
from annotator.assist.as_entities import actor_entities, place_entities
from annotator.assist.gazetteer_files import GazetteerFile, Preview, preview
from annotator.assist.tables import Remark
from annotator.entities import Entity
from ui.dialogs.progress import Progress
from ui.dialogs.report import Report
from ui.fitting import resize_within_screen
from ui.plain import PlainLabel
from ui.register.import_columns import PlaceColumns
from ui.register.importing import Imported, import_actors, import_places, kinds_of, look_at, source_of
from ui.register.two_lines import TwoLineModel, at_start, two_line_view
from ui.register.wording import joined, kind_words, others, point_words
from ui.session import Session
from ui.translate import isolated, say, tr, trn

_LOOKED_AT = 200
_SHOWN = 50
_PAUSE = 150
_MOST_LINES = 2000
_SIGNS = {"refused": "×", "mended": "~", "noted": "·"}


class ImportDialog(QDialog):
    """Asks what to import and how. `reported` comes with the report when something was imported."""

    reported = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path: Path | None = None
        self._actors = False
        self._latest = 0
        self._progress: Progress | None = None
        self._file = PlainLabel(tr("A table of places as CSV, TSV or GeoJSON, or the actors that come with Hashiya."))
        self._choose_file, self._choose_actors = (
            QPushButton(tr("Choose a file…")),
            QPushButton(tr("Starting list of actors")),
        )
        self._columns, self._source = PlaceColumns(), QLineEdit()
        self._source_title, self._summary = PlainLabel(tr("Keep its ids under the name")), PlainLabel()
        self._model = TwoLineModel()
        self._list = two_line_view(self._model)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._lay_out()
        self._connect()
        self._show_parts()

    def ask_file(self) -> None:
        """Ask for a file, and show it."""
        kinds = tr("Tables of places (*.csv *.tsv *.txt *.geojson *.json)") + ";;" + tr("All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose a file…"), "", kinds)
        if chosen:
            self.show_file(Path(chosen))

    def show_file(self, path: Path) -> None:
        """Show the columns of a file and what would come in."""
        self._run(lambda _: preview(path), lambda found: self._take_preview(path, found))

    def show_actors(self) -> None:
        """Show the starting list of actors."""
        self._path, self._actors = None, True
        self._file.setText(
            tr("The starting list of actors: current parties to the conflict in Syria, with the year it holds for.")
        )
        self._show_parts()
        self._run(
            lambda project: actor_entities(starter_actors(), kinds_of(project, "actor")),
            lambda found: self._show_entities(found, trn("{count} actor", "{count} actors", len(found))),
        )

    def done(self, result: int) -> None:
        """Close; what the worker still finds out is for nobody."""
        self._latest += 1
        super().done(result)

    def reject(self) -> None:
        """Close; while something is coming in, stop that first."""
        if self._progress:
            self._progress.stop()
        else:
            super().reject()

    def accept(self) -> None:
        """Import, with progress; the dialog closes when it is done."""
        self._buttons.setEnabled(False)
        self._progress = Progress(tr("Importing…"), self)
        self._session.change(self._job(self._progress), then=self._finish)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _run(self, job: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        """Do a job that changes nothing; only the answer to the latest one is shown."""
        self._latest += 1
        number = self._latest
        self._session.run(job, lambda found: then(found) if number == self._latest else None)

    def _job(self, progress: Progress) -> Callable[[Project], Imported]:
        path, mapping, source = self._path, self._columns.mapping(), self._source_name()
        if path is None:
            return lambda project: import_actors(project, progress=progress.tell)
        return lambda project: import_places(
            project, path, mapping, source=source, progress=progress.tell, cancel=progress.cancelled
        )

    def _source_name(self) -> str:
        return " ".join(self._source.text().split()) or (self._path.stem if self._path else "")

    def _take_preview(self, path: Path, found: Preview) -> None:
        self._path, self._actors = path, False
        self._file.setText(tr("{file} · {encoding}").format(file=isolated(path.name), encoding=found.encoding))
        self._columns.show_preview(found)
        self._source.setText(source_of(path, found.mapping))
        self._show_parts()
        self._look()

    def _look(self) -> None:
        """Show what the first rows of the file give, as its columns are understood now."""
        path, mapping, source = self._path, self._columns.mapping(), self._source_name()
        if path is None:
            return
        if not mapping.has_name:
            self._latest += 1
            self._show_entities([], tr("Say which column holds the names: without a name no place can come in."))
            return
        self._run(
            lambda project: (look_at(path, mapping, source=source, rows=_LOOKED_AT), kinds_of(project, "place")),
            lambda found: self._show_entities(place_entities(found[0].places, found[1]), _summary(found[0])),
        )

    def _show_entities(self, entities: list[Entity], summary: str) -> None:
        self._summary.setText(summary)
        self._model.show([(*self._words(one), "") for one in entities[:_SHOWN]])
        self._ok().setEnabled(bool(entities))

    def _words(self, entity: Entity) -> tuple[str, str]:
        point = ""
        if entity.latitude is not None and entity.longitude is not None:
            point = point_words(entity.latitude, entity.longitude)
        title = joined(isolated(entity.name), kind_words(entity, self._session.now.attributes))
        return title, joined(others(entity, entity.name), point, isolated(entity.notes) if entity.notes else "")

    def _finish(self, done: Imported) -> None:
        self._end_progress()
        super().accept()
        self.reported.emit(_report(done, self.parentWidget()))

    def _fail(self) -> None:
        """Be there again after a failure, which the window tells."""
        self._end_progress()
        self._buttons.setEnabled(True)

    def _end_progress(self) -> None:
        if self._progress:
            self._progress.finish()
            self._progress = None

    def _ok(self) -> QPushButton:
        return self._buttons.button(QDialogButtonBox.StandardButton.Ok)

    def _show_parts(self) -> None:
        for widget in (self._columns, self._source, self._source_title):
            widget.setVisible(self._path is not None)
        chosen = self._path is not None or self._actors
        self._list.setVisible(chosen)
        self._summary.setVisible(chosen)
        self._ok().setEnabled(False)

    def _connect(self) -> None:
        self._choose_file.clicked.connect(self.ask_file)
        self._choose_actors.clicked.connect(self.show_actors)
        self._columns.changed.connect(self._look)
        self._source.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._look)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._session.failed.connect(self._fail)

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Import places and actors"))
        self._ok().setText(tr("Import"))
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        for button in (self._choose_file, self._choose_actors):
            button.setAutoDefault(False)
        for label in (self._file, self._summary):
            label.setWordWrap(True)
            label.setAlignment(at_start(self.layoutDirection()))
        self._list.setAccessibleName(tr("What will come in"))
        self._source.setMaximumWidth(180)
        self._source.setAccessibleName(self._source_title.text())
        self._source_title.setBuddy(self._source)
        self._columns.setMinimumHeight(200)
        choosing, naming = QHBoxLayout(), QHBoxLayout()
        for button in (self._choose_file, self._choose_actors):
            choosing.addWidget(button)
        choosing.addStretch(1)
        naming.addWidget(self._source_title)
        naming.addWidget(self._source)
        naming.addStretch(1)
        column = Column(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(choosing)
        column.addWidget(self._file)
        column.addWidget(self._columns, 3)
        column.addLayout(naming)
        column.addWidget(self._summary)
        column.addWidget(self._list, 4)
        column.addStretch(0)
        column.addWidget(self._buttons)
        self._ok().setDefault(True)  # now that the dialog can hear of it
        resize_within_screen(self, 820, 660)


def _summary(read: GazetteerFile) -> str:
    """Return what the first rows give, in words."""
    looked = trn("Of the first {count} row:", "Of the first {count} rows:", read.rows)
    mended = len({remark.line for remark in read.remarks if remark.outcome == "mended"})
    parts = [
        trn("{count} place comes in", "{count} places come in", len(read.places)),
        trn("{count} with something left out", "{count} with something left out", mended) if mended else "",
        trn("{count} refused", "{count} refused", read.refused) if read.refused else "",
    ]
    warnings = [say(remark.reason) for remark in read.remarks if remark.line == 0]
    return "\n".join([f"{looked} {joined(*parts)}", *warnings])


def _report(done: Imported, parent: QWidget | None) -> Report:
    """Return the dialog that tells what an import did, line by line."""
    if done.cancelled:
        return Report(tr("The import was stopped; nothing came in."), [], parent)
    heading = joined(
        trn("{count} came into the register", "{count} came into the register", done.added),
        trn("{count} was there already", "{count} were there already", done.known) if done.known else "",
        trn("{count} refused", "{count} refused", done.refused) if done.refused else "",
    )
    lines = [_line(remark) for remark in done.remarks[:_MOST_LINES]]
    left = len(done.remarks) - len(lines)
    if left:
        lines.append(trn("… and {count} more line", "… and {count} more lines", left))
    return Report(heading, lines, parent)


def _line(remark: Remark) -> str:
    sign = _SIGNS[remark.outcome]
    if remark.line == 0:
        return f"{sign} {say(remark.reason)}"
    return f"{sign} {tr('Line {line}: {reason}').format(line=remark.line, reason=say(remark.reason))}"
