"""The export dialog: which format, which part, what must not be told; then where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import ProjectError
from annotator.language import Sentence
from annotator.redaction import PROFILES, Profile, profile_of
from ui.choice_box import ChoiceBox
from ui.export.choice_part import ChoicePart
from ui.export.format_list import FormatList
from ui.export.package_part import PackagePart
from ui.export.wish import ExportWish
from ui.pdf_report import WRITERS
from ui.plain import PlainLabel, title_of
from ui.session import Session
from ui.settings import Settings
from ui.translate import isolated, language, running, say, tr, trn

_PAUSE = 250  # milliseconds after a key until the articles are counted
_FILE = "file"


class ExportDialog(QDialog):
    """Asks for an export; `wanted` gives an `ExportWish`."""

    wanted = Signal(object)

    def __init__(
        self, session: Session, settings: Settings, parent: QWidget | None = None, *, chosen: Sequence[str] = (),
        filter: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._settings = session, settings
        self.setWindowTitle(tr("Export"))
        self.formats, self.package_part = FormatList(WRITERS), PackagePart()
        now = session.now
        self.choice_part = ChoicePart(now.labels, now.reviewers, chosen=chosen, filter=filter)
        self.redaction, self.explanation = ChoiceBox(), PlainLabel(wraps=True)
        self.strict = QCheckBox(tr("Write nothing if the format cannot hold everything"))
        self.packed = QCheckBox(tr("As a package: with licence, hashes, README"))
        self.told = PlainLabel(wraps=True)
        self.go = QPushButton(tr("Export…"))
        self.packed.setToolTip(tr("A folder or ZIP with all that a receiver needs; several formats can be ticked."))
        self._profile: Profile | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._count)
        self._fill_redaction()
        self._lay_out()
        self._connect()
        self.formats.choose(settings.export_format)
        self.formats.setFocus()
        self._change()

    def wish(self, path: Path) -> ExportWish:
        """Return what is asked for, to be written to a path."""
        packed = self.packed.isChecked()
        return ExportWish(
            self.formats.chosen(), path, self.choice_part.choice(), self._profile, self.strict.isChecked(), language(),
            self.package_part.details() if packed else None,
        )  # fmt: skip

    def ask_place(self) -> QFileDialog:
        """Ask where to; the dialog that is open is returned."""
        path = self._session.now.path or Path()
        dialog = QFileDialog(self, tr("Export"), str(path.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Of Qt's own dialog, where the system has none; its Arabic catalogue lacks these two.
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder:"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("Format:"))
        ending = self._ending()
        dialog.setNameFilter(f"*{ending}" if ending else "* *.zip")
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(f"{path.stem}{ending}")
        dialog.fileSelected.connect(self._tell_wish)
        dialog.open()
        return dialog

    # -- inside ---------------------------------------------------------------------------------------------------

    def _tell_wish(self, chosen: str) -> None:
        self._settings.export_format = self.formats.chosen()[0].name
        self.wanted.emit(self.wish(Path(chosen)))
        self.accept()

    def _ending(self) -> str:
        """Return the ending of what is written; empty for a folder."""
        if self.packed.isChecked():
            return ".zip" if self.package_part.zipped.isChecked() else ""
        return self.formats.chosen()[0].ending

    def _fill_redaction(self) -> None:
        self.redaction.addItem(tr("Nothing: everything is told"), "")
        for profile in PROFILES:
            self.redaction.addItem(tr(profile.title), profile.name)
        self.redaction.addItem(tr("As a file says…"), _FILE)
        self.explanation.setProperty("quiet", "true")

    def _connect(self) -> None:
        self.formats.chosen_changed.connect(self._change)
        self.formats.itemDoubleClicked.connect(lambda *_: self.go.click())  # Enter is the default button's
        self.choice_part.changed.connect(self._change)
        self.packed.toggled.connect(self._pack)
        self.package_part.zipped.toggled.connect(lambda _: self._change())
        self.redaction.activated.connect(lambda _: self._redact())
        self.go.clicked.connect(lambda: self.ask_place())

    def _lay_out(self) -> None:
        options = QFormLayout()
        options.addRow(title_of(self.redaction, tr("Must not be told")), self.redaction)
        options.addRow(self.explanation)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.choice_part)
        column.addLayout(options)
        for widget in (self.strict, self.packed, self.package_part):
            column.addWidget(widget)
        column.addStretch()
        self.package_part.hide()
        scrolling = QScrollArea()
        scrolling.setWidgetResizable(True)
        scrolling.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolling.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        buttons.rejected.connect(self.reject)
        self.go.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.formats, 5)
        row.addWidget(scrolling, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.setSpacing(12)
        whole.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(buttons)
        whole.addLayout(foot)
        self.resize(980, 560)

    def _pack(self, packed: bool) -> None:
        self.package_part.setVisible(packed)
        self.formats.let_choose(packed)

    def _redact(self) -> None:
        chosen = self.redaction.currentData()
        if chosen == _FILE:
            self._ask_profile()
            return
        self._take_profile(next((one for one in PROFILES if one.name == chosen), None))

    def _ask_profile(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Redaction profile"), "", tr("Profiles (*.json)"))
        try:
            self._take_profile(profile_of(path) if path else None)
        except ProjectError as error:
            self._take_profile(None)
            self.explanation.setText(running(say(error.sentence)))

    def _take_profile(self, profile: Profile | None) -> None:
        self._profile = profile
        if profile is None:
            self.redaction.setCurrentIndex(0)
        words = tr(profile.explanation) if profile and profile.explanation else ""
        if profile and not words:
            words = tr("As {name} says.").format(name=isolated(profile.name))
        self.explanation.setText(words)

    def _change(self) -> None:
        """Something else is asked for: count anew in a moment."""
        self.go.setEnabled(False)
        self._rest.start(_PAUSE)

    def _count(self) -> None:
        choice = self.choice_part.choice()
        if not self.formats.chosen():
            self.told.setText(tr("Choose a format."))
        elif self.choice_part.is_empty():
            self.told.setText(tr("Choose a label: without one nothing would be written."))
        else:
            self._session.run(choice.counted, self._tell_count)

    def _tell_count(self, found: int | Sentence) -> None:
        if isinstance(found, Sentence):
            self.told.setText(running(say(found)))
            return
        self.told.setText(trn("{count} article will be written.", "{count} articles will be written.", found))
        self.go.setEnabled(not self._rest.isActive())
