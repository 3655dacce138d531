"""Every text of the program has its Arabic, and what ships is what was translated."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from annotator.errors import ProjectLocked
from annotator.language import catalogue

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources/translations/ar/LC_MESSAGES"
KEYWORDS = {"tr": None, "trn": (1, 2), "N_": None, "translate": None}


def test_every_text_is_translated_and_none_is_left_over() -> None:
    used = {
        found[2] if isinstance(found[2], str) else tuple(found[2])[:2]
        for package in ("annotator", "ui")
        for found in extract_from_dir(ROOT / package, keywords=KEYWORDS)
    }
    with (FOLDER / "hashiya.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert used == {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages}
    for message in messages:
        forms = [message.string] if isinstance(message.string, str) else message.string
        names = set(re.findall(r"{(\w+)", str(message.id)))
        assert all(form and set(re.findall(r"{(\w+)", form)) <= names for form in forms)


def test_texts_that_the_extractor_overlooks_are_translated_too() -> None:
    """It does not look into the fields of f-strings."""
    with (FOLDER / "hashiya.po").open("rb") as file:
        known = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    files = (file for package in ("annotator", "ui") for file in (ROOT / package).rglob("*.py"))
    assert {text for file in files for text in _texts(file)} <= known


def _texts(file: Path) -> Iterator[str]:
    """Yield what a file gives to `tr` and the like."""
    calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call) and node.args)
    for call in calls:
        text = call.args[0]
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and isinstance(text, ast.Constant):
            yield str(text.value)


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (FOLDER / "hashiya.po").open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file))
    assert compiled.getvalue() == (FOLDER / "hashiya.mo").read_bytes()


def test_an_error_speaks_arabic() -> None:
    error = ProjectLocked(holder="R1", since="اليوم", host="vm")
    assert "مفتوح لدى R1" in error.sentence.translated(catalogue("ar").gettext)
    assert catalogue("ar").ngettext("{count} article", "{count} articles", 2) == "مقالان"


def test_arabic_counts_as_arabic_does() -> None:
    say = catalogue("ar").ngettext
    forms = [say("{count} article", "{count} articles", number) for number in (0, 1, 2, 3, 11, 99, 100, 102, 103, 111)]
    few, many, other = "{count} مقالات", "{count} مقالًا", "{count} مقال"
    assert forms == ["لا مقالات", "مقال واحد", "مقالان", few, many, many, other, other, few, many]
