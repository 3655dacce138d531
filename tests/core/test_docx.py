"""Word documents come in as they read with all changes accepted; what is in the file but not in the text is said."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from annotator import Project
from annotator.errors import ProjectError
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory, on_disk

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def made(change: Callable[[Document], object] | None = None) -> bytes:
    """Return a document that a change was made to."""
    document = docx.Document()
    document.core_properties.author = "سامية"
    document.core_properties.created = datetime(2026, 1, 30, 9, tzinfo=UTC)
    document.core_properties.modified = datetime(2026, 1, 31, 12, tzinfo=UTC)
    if change:
        change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def with_body(xml: str) -> bytes:
    """Return a document whose body is XML."""

    def change(document: Document) -> None:
        root = parse_xml(
            f'<w:body {WORD} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{xml}</w:body>'
        )
        document.element.replace(document.element.body, root)

    return made(change)


def repacked(data: bytes, *, leave: str = "", **parts: bytes) -> bytes:
    """Return a ZIP with parts replaced, added or left out; `__` stands for a slash and `_D_` for a dot."""
    named = {name.replace("__", "/").replace("_D_", "."): part for name, part in parts.items()}
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != leave:
                new.writestr(info.filename, named.pop(info.filename, old.read(info)))
        for name, part in named.items():
            new.writestr(name, part)
    return held.getvalue()


def read(data: bytes, name: str = "خبر.docx") -> Draft | ProjectError:
    source = in_memory(name, data)
    (found,) = reader_for(source).read(source, Options())
    assert isinstance(found, Draft | ProjectError)
    return found


def draft(data: bytes, name: str = "خبر.docx") -> Draft:
    found = read(data, name)
    assert isinstance(found, Draft), found
    return found


def notes(found: Draft) -> str:
    return " ".join(map(str, found.notes))


def test_paragraphs_headings_and_tables_come_in_their_order() -> None:
    def change(document: Document) -> None:
        document.add_heading("انشقاق عناصر", 1)
        document.add_paragraph("أعلنت الوزارة\tذلك.")
        table = document.add_table(2, 2)
        for at, word in enumerate(("المدينة", "العدد", "دمشق", "٦")):
            table.cell(at // 2, at % 2).text = word
        document.add_paragraph("ثم انسحبوا.").add_run().add_break()

    found = draft(made(change))
    assert found.text == "انشقاق عناصر\nأعلنت الوزارة\tذلك.\nالمدينة\tالعدد\nدمشق\t٦\nثم انسحبوا."
    assert (found.title, found.author, found.date) == ("انشقاق عناصر", "سامية", "")
    assert found.captured_at == "2026-01-31T12:00Z"
    assert "made on 2026-01-30T09:00Z" in notes(found)
    assert "changed last on 2026-01-31T12:00Z" in notes(found)
    assert (found.language, found.direction, found.reader) == ("ar", "rtl", "docx")


def test_cells_of_several_lines_are_read_line_by_line() -> None:
    def change(document: Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "سطر"
        table.cell(0, 0).add_paragraph("وسطر")
        table.cell(0, 1).text = "جار"

    assert draft(made(change)).text == "سطر\nوسطر\nجار"


def test_tracked_changes_are_read_as_accepted() -> None:
    found = draft(
        with_body(
            '<w:p><w:r><w:t xml:space="preserve">قال </w:t></w:r><w:del w:id="1"><w:r><w:delText>نعم</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>لا</w:t></w:r></w:ins>'
            '<w:moveFrom w:id="3"><w:r><w:t>هنا</w:t></w:r></w:moveFrom><w:moveTo w:id="4"><w:r><w:t xml:space="preserve"> هناك'
            "</w:t></w:r></w:moveTo></w:p>"
        )
    )
    assert found.text == "قال لا هناك"
    assert "tracked changes" in notes(found)


def test_what_stands_in_controls_fields_links_and_boxes_is_text() -> None:
    found = draft(
        with_body(
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>عنصر</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            "<w:p><w:hyperlink><w:r><w:t>رابط</w:t></w:r></w:hyperlink><w:fldSimple w:instr='PAGE'><w:r><w:t> ٥</w:t></w:r>"
            "</w:fldSimple><w:r><w:instrText>TOC</w:instrText></w:r>"
            "<w:r><w:noBreakHyphen/><w:t>ب</w:t><w:sym w:char='0633'/></w:r></w:p>"
            "<w:p><w:r><w:t>قبل الإطار</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r>"
            "<w:t>في الإطار</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>في الإطار</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> وبعده</w:t></w:r></w:p>"
        )
    )
    assert found.text == "عنصر\nرابط ٥\u2011بس\nقبل الإطار وبعده\nفي الإطار"


def test_numbers_of_lists_and_hidden_words_are_said_to_be_missing() -> None:
    def change(document: Document) -> None:
        document.add_paragraph("أولاً", style="List Number")
        document.add_paragraph("ظاهر").add_run(" مخفي").font.hidden = True

    found = draft(made(change))
    assert found.text == "أولاً\nظاهر"
    assert "numbers and bullets" in notes(found)
    assert "Hidden words" in notes(found)


def test_footnotes_stand_at_the_end_and_comments_do_not() -> None:
    data = made(lambda document: document.add_comment(document.add_paragraph("المتن").runs, "رأي"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        relations = held.read("word/_rels/document.xml.rels")
    related = relations.replace(
        b"</Relationships>", b'<Relationship Id="x9" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    footnotes = (
        f'<w:footnotes {WORD}><w:footnote w:type="separator"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
        "<w:footnote w:id='2'><w:p><w:r><w:t>حاشية</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    found = draft(repacked(data, word__footnotes_D_xml=footnotes, **{"word/_rels/document.xml.rels": related}))
    assert found.text == "المتن\n\nحاشية"
    assert "footnotes stand at the end" in notes(found)
    assert "Comments of the document" in notes(found)


def test_nesting_without_end_is_no_trouble() -> None:
    deep = "<w:sdt><w:sdtContent>" * 90 + "<w:p><w:r><w:t>عميق</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 90
    assert draft(with_body(deep)).text == "عميق"
    with zipfile.ZipFile(io.BytesIO(made())) as held:
        document = held.read("word/document.xml")
    endless = document.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 20_000)
    assert "damaged" in str(read(repacked(made(), word__document_D_xml=endless)))


def test_documents_with_macros_and_of_the_strict_kind_are_read_too() -> None:
    data = made(lambda document: document.add_paragraph("نص"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        types, relations, body = (
            held.read(name) for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
        )
    macros = types.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    assert draft(repacked(data, **{"[Content_Types].xml": macros}), "خبر.docm").text == "نص"
    strict = body.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    named = relations.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
    )
    assert draft(repacked(data, word__document_D_xml=strict, **{"_rels/.rels": named})).text == "نص"


def test_a_picture_that_is_missing_costs_nothing() -> None:
    data = made(lambda document: document.add_paragraph("نص"))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        relations = held.read("word/_rels/document.xml.rels")
    broken = relations.replace(
        b"</Relationships>", b'<Relationship Id="x" Type="http://x/image" Target="../NULL"/></Relationships>'
    )
    assert draft(repacked(data, **{"word/_rels/document.xml.rels": broken})).text == "نص"


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
OUTSIDE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (repacked(made(), word__document_D_xml=LAUGHS), "a.docx", "defines XML entities"),
        (repacked(made(), word__document_D_xml=LAUGHS.decode().encode("utf-16")), "a.docx", "defines XML entities"),
        (repacked(made(), word__document_D_xml=OUTSIDE), "a.docx", "defines XML entities"),
        (repacked(made(), docProps__core_D_xml=LAUGHS), "a.docx", "defines XML entities"),
        (repacked(made(), word__document_D_xml=b"<w"), "a.docx", "read as DOCX"),
        (repacked(made(), leave="word/document.xml"), "a.docx", "read as DOCX"),
        (repacked(made(), leave="_rels/.rels"), "a.docx", "read as DOCX"),
        (repacked(made(), **{"../up.xml": b"x"}), "a.docx", "leads out"),
        (repacked(made(), word__media__bomb_D_bmp=bytes(30 << 20)), "a.docx", "ZIP bomb"),
        (made()[:2000], "a.docx", "damaged or was cut off"),
        (made()[:-20], "a.docx", "damaged or was cut off"),
        (b"", "a.docx", "damaged or was cut off"),
        (made(), "a.docx", "holds no text"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "Files of DOC"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.docx", "Files of DOC"),
        (b"{\\rtf1\\ansi text}", "a.rtf", "Files of RTF"),
        (b"{\\rtf1\\ansi text}", "a.doc", "Files of RTF"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "a.odt", "Files of ODT"),
    ],
)  # fmt: skip
def test_what_is_no_good_document_gets_its_sentence(data: bytes, name: str, words: str) -> None:
    assert words in str(read(data, name))


def test_a_document_is_known_by_its_bytes_whatever_its_name_says() -> None:
    found = draft(made(lambda document: document.add_paragraph("نص")), "خبر.txt")
    assert "“.txt”" in notes(found)
    assert "DOCX" in notes(found)


def test_the_original_is_the_file(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "خبر.docx"
    file.write_bytes(made(lambda document: document.add_paragraph("أعلنت الوزارة ذلك.")))
    (brought,) = [one.article for one in project.import_files([file]).imported]
    assert project.original(brought) == file.read_bytes()
    assert project.check().problems == ()


@pytest.mark.skipif("HASHIYA_DATA" not in os.environ, reason="needs HASHIYA_DATA")
def test_real_documents() -> None:
    folder = Path(os.environ.get("HASHIYA_DATA", "")) / "documents"
    texts = {}
    for file in folder.rglob("*.docx"):
        (found,) = reader_for(on_disk(file)).read(on_disk(file), Options())
        assert isinstance(found, Draft)
        texts[file.name] = found.text
    assert "وثيقة تجربة : 123456789" in texts["arabic_numbering.docx"]
    assert "المدينة\tTWOالبريد" in texts["arabic_align.docx"]
    assert len(texts) == 3
