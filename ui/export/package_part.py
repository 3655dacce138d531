"""What is said about a package: fields that may all stay empty, for nothing is made up."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from annotator import PackageDetails
from ui.export.remembered import Remembered
from ui.plain import title_of
from ui.translate import tr


class PackagePart(QWidget):
    """The fields of a package, and whether it is to be a ZIP."""

    def __init__(self, before: Remembered) -> None:
        super().__init__()
        self.zipped = QCheckBox(tr("As one ZIP file"))
        self.zipped.setChecked(before.zipped)
        self.title, self.licence, self.citation, self.creators = map(
            QLineEdit, (before.title, before.licence, before.citation, before.creators)
        )
        self.licence.setPlaceholderText("CC-BY-4.0")
        self.creators.setPlaceholderText(tr("names, with semicolons between"))
        form = QFormLayout(self)
        form.setContentsMargins(22, 0, 0, 0)
        form.addRow(self.zipped)
        for field, name in (
            (self.title, tr("Title")),
            (self.licence, tr("Licence")),
            (self.citation, tr("How to cite it")),
            (self.creators, tr("Made by")),
        ):
            form.addRow(title_of(field, name), field)

    def details(self) -> PackageDetails:
        """Return what is said."""
        creators = tuple(filter(None, (one.strip() for one in self.creators.text().replace("؛", ";").split(";"))))
        return PackageDetails(
            self.title.text().strip(), self.licence.text().strip(), self.citation.text().strip(), creators
        )
