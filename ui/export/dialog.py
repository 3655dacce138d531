"""The export dialog: which format, which part, what must not be told, where to; what that would be stands below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from annotator.language import LANGUAGES
from ui.choice_box import ChoiceBox
from ui.export.choice_part import ChoicePart, Offered
from ui.export.format_list import FormatList
from ui.export.outlook import Outlook, Place, outlook
from ui.export.package_part import PackagePart
from ui.export.place_part import PlacePart
from ui.export.redaction_part import RedactionPart
from ui.export.remembered import Remembered
from ui.export.wish import ExportWish, name_of
from ui.export.words import amount_words
from ui.fitting import resize_within_screen
from ui.page.speech import say_aloud
from ui.pdf_report import WRITERS
from ui.plain import PlainLabel, title_of
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, language, running, say, tr

_PAUSE = 250  # milliseconds after a key until it is looked at what the export would be
_IN_WORDS = ("html", "pdf")  # formats that are written in a language
_NOTHING_OFFERED = Offered()


class ExportDialog(QDialog):
    """Asks for an export; `wanted` gives an `ExportWish`."""

    wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        offered: Offered = _NOTHING_OFFERED,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._project = session.now.path or Path()
        before = self._before = Remembered.read(settings.exported(self._project))
        self.setWindowTitle(tr("Export"))
        self.formats, self.package_part = FormatList(WRITERS), PackagePart(before)
        self.choice_part = ChoicePart(session.now.labels, session.now.reviewers, offered, before)
        self.redaction, self.language = RedactionPart(before.redaction, self), ChoiceBox()
        self.place_part = PlacePart(self._folder())
        self.strict = QCheckBox(tr("Write nothing if the format cannot hold everything"))
        self.packed = QCheckBox(tr("As a package: with licence, hashes, README"))
        self.about, self.told = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self.go = QPushButton(tr("Export"))
        self._scrolling = QScrollArea()
        self._rest = QTimer(self, interval=_PAUSE, singleShot=True)
        self._rest.timeout.connect(lambda: self._look_ahead(self._tell))
        self._fill()
        self._lay_out()
        self._connect()
        self._remember()
        self.formats.setFocus()
        self._change()

    def wish(self, path: Path) -> ExportWish:
        """Return what is asked for, to be written to a path."""
        packed = self.packed.isChecked()
        return ExportWish(
            self.formats.chosen(), path, self.choice_part.choice(), self.redaction.profile, self.strict.isChecked(),
            self.language.currentData(), self.package_part.details() if packed else None,
        )  # fmt: skip

    # -- what it would be -----------------------------------------------------------------------------------------

    def _change(self) -> None:
        """Something else is asked for: look in a moment what it would be."""
        self.go.setEnabled(False)
        self._show_format()
        self._rest.start()

    def _show_format(self) -> None:
        self.about.setText(self.formats.words_of_current())
        chosen = self.formats.chosen()
        self.choice_part.form.setRowVisible(self.language, any(writer.name in _IN_WORDS for writer in chosen))
        if chosen:
            packed, zipped = self.packed.isChecked(), self.package_part.zipped.isChecked()
            name, ending = name_of(self._project.stem, chosen[0], packed=packed, zipped=zipped)
            self.place_part.suggest(name, ending, packed=packed)

    def _missing(self) -> str:
        """Return what must be chosen before anything can be written, or nothing."""
        if not self.formats.chosen():
            return tr("Choose a format.")
        if self.choice_part.is_empty():
            return tr("Choose a label: without one nothing would be written.")
        if not self.choice_part.is_sound:
            return tr("The filter cannot be understood yet.")
        return self.redaction.problem

    def _look_ahead(self, then: Callable[[Place, Outlook], None]) -> None:
        missing = self._missing()
        if missing:
            self._tell_problem(missing)
            return
        choice, place = self.choice_part.choice(), self.place_part.place()
        self._session.run(
            lambda project: (place, outlook(project, choice, place)),
            lambda found: then(*found) if isValid(self) else None,
        )

    def _tell(self, place: Place, found: Outlook) -> None:
        """Say what the export would be, unless something else is asked for meanwhile."""
        if self._rest.isActive():
            return
        if found.problem:
            self._tell_problem(running(say(found.problem)))
            return
        self.place_part.show_path(found.path)
        self._say(_words(found))
        self.go.setEnabled(True)

    def _tell_problem(self, words: str) -> None:
        self.go.setEnabled(False)
        self._say(words, problem=True)

    def _say(self, words: str, *, problem: bool = False) -> None:
        if words != self.told.text():
            self.told.setObjectName("problem" if problem else "")
            self.told.style().polish(self.told)
            self.told.setText(words)
            say_aloud(self.told, words)

    # -- going ----------------------------------------------------------------------------------------------------

    def _go(self) -> None:
        """Look once more: what was free a minute ago may be taken now."""
        self.go.setEnabled(False)
        self._look_ahead(self._decide)

    def _decide(self, place: Place, found: Outlook) -> None:
        self._tell(place, found)
        if found.problem or self._rest.isActive():
            return
        if found.replaces:
            self.ask_replacing(found.path)
        else:
            self._want(found.path)

    def ask_replacing(self, path: Path) -> QMessageBox:
        """Ask whether what is there may be replaced; the question, which is open, is returned."""
        text = tr("{path} is there already. Replace it?").format(path=isolated(str(path)))
        question = QMessageBox(QMessageBox.Icon.Question, tr("Export"), running(text), parent=self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        replace_it = question.addButton(tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        replace_it.clicked.connect(lambda: self._want(path))
        question.open()
        return question

    def _want(self, path: Path) -> None:
        self._settings.set_exported(self._project, self._chosen(path).written())
        self.wanted.emit(self.wish(path))
        self.accept()

    # -- what is remembered ---------------------------------------------------------------------------------------

    def _chosen(self, path: Path) -> Remembered:
        """Return what the next export of this project begins with."""
        part = self.package_part
        return replace(
            self._before, formats=tuple(writer.name for writer in self.formats.chosen()), without=self.choice_part.without(),
            layer=self.choice_part.layer.currentData(), redaction=self.redaction.given, strict=self.strict.isChecked(),
            packed=self.packed.isChecked(), zipped=part.zipped.isChecked(), title=part.title.text(),
            licence=part.licence.text(), citation=part.citation.text(), creators=part.creators.text(),
            language=self.language.currentData(), folder=str(path.parent),
        )  # fmt: skip

    def _remember(self) -> None:
        """Begin with what was chosen the last time."""
        before = self._before
        self.formats.choose(before.formats[0] if before.formats else "")
        self.strict.setChecked(before.strict)
        self.packed.setChecked(before.packed)
        for name in before.formats if before.packed else ():
            self.formats.tick(name)
        self.language.setCurrentIndex(self.language.findData(before.language or language()))

    def _folder(self) -> Path:
        """Return the folder of the last export, or else that of the project."""
        before = Path(self._before.folder)
        return before if self._before.folder and before.is_dir() else self._project.parent

    # -- laying out -----------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for one, name in zip(LANGUAGES, ("العربية", "English"), strict=True):
            self.language.addItem(name, one)
        self.packed.setToolTip(tr("A folder or ZIP with all that a receiver needs; several formats can be ticked."))
        self.about.setProperty("quiet", "true")
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)

    def _connect(self) -> None:
        for part in (self.choice_part, self.redaction, self.place_part):
            part.changed.connect(self._change)
        self.formats.chosen_changed.connect(self._change)
        self.formats.itemDoubleClicked.connect(lambda *_: self.go.click())  # Enter is the default button's
        self.packed.toggled.connect(self._pack)
        self.package_part.zipped.toggled.connect(lambda _: self._change())
        self.go.clicked.connect(lambda: self._go())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.formats, 6)
        row.addLayout(self._options_side(), 7)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.setSpacing(12)
        whole.addLayout(row)
        whole.addWidget(self.place_part)
        whole.addLayout(self._foot())
        self.go.setDefault(True)  # only now does the dialog hear of it, and Enter means this whoever had the keyboard
        resize_within_screen(self, 1060, 610)

    def _options_side(self) -> QVBoxLayout:
        """Lay out what the format keeps, which stays in sight, and below it what can be chosen."""
        column, scrolling = QVBoxLayout(), self._scrolling
        column.setSpacing(12)
        column.addWidget(self.about)
        column.addWidget(scrolling, 1)
        self.about.setMinimumHeight(self.about.fontMetrics().lineSpacing() * 3)
        scrolling.setWidgetResizable(True)
        scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to whatever has the keyboard
        scrolling.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolling.setWidget(self._options())
        return column

    def _options(self) -> QWidget:
        inside = QWidget()
        self.redaction.add_to(self.choice_part.form)
        self.choice_part.form.addRow(title_of(self.language, tr("Language of the report")), self.language)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.choice_part)
        for widget in (self.strict, self.packed, self.package_part):
            column.addWidget(widget)
        column.addStretch()
        self.package_part.hide()
        return inside

    def _foot(self) -> QHBoxLayout:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(buttons)
        return foot

    def _pack(self, packed: bool) -> None:
        self.package_part.setVisible(packed)
        self.formats.let_choose(packed)
        if packed:  # when it has been laid out
            QTimer.singleShot(0, self, lambda: self._scrolling.ensureWidgetVisible(self.package_part))


def _words(found: Outlook) -> str:
    """Return how much would be written."""
    told = tr("To be written: {amount}.").format(amount=amount_words(found.articles, found.annotations))
    return " ".join((told, tr("What is there already is replaced."))) if found.replaces else told
