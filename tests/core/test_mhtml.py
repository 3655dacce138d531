"""Pages saved as one file (MHTML) and pages saved with a folder beside them."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from annotator import Project
from annotator.errors import ProjectError
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.mhtml import recognises
from annotator.readers.saved_page import is_companion
from annotator.readers.source_file import in_memory

HEADLINE = "الجيش يقصف قرية حميمة في ريف حلب"
WORDS = (
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان نشرته الوكالة، "
    "وقالت إن القصف جاء رداً على هجوم استهدف إحدى نقاطها."
)
TEXT = f"{HEADLINE}\n\n{WORDS} الأولى.\n\n{WORDS} الثانية."
PAGE = (
    f"<!DOCTYPE html><html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1>"
    f"<p>{WORDS} الأولى.</p><p>{WORDS} الثانية.</p></body></html>"
)
FRAME = "<html><body><p>" + "إعلان في إطار. " * 40 + "</p></body></html>"
SNAPSHOT = "Snapshot-Content-Location: https://www.example.com/news/1\r\n"


def part(content: bytes, kind: str, transfer: str, place: str, identity: str = "") -> bytes:
    encoded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(transfer, bytes)(content)
    named = f"Content-ID: {identity}\r\n" if identity else ""
    head = f"Content-Type: {kind}\r\n{named}Content-Transfer-Encoding: {transfer}\r\nContent-Location: {place}\r\n\r\n"
    return b"\r\n------B\r\n" + head.encode() + encoded


def archive(
    *parts: bytes, head: str = SNAPSHOT, date: str = "Fri, 16 Jan 2026 09:00:05 -0000", root: str = ""
) -> bytes:
    start = f';\r\n\tstart="{root}"' if root else ""
    lines = (
        f"From: <Saved by Blink>\r\n{head}Subject: =?utf-8?B?2LnZhtmI2KfZhg==?=\r\nDate: {date}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"{start}\r\n\r\n'
    )
    return lines.encode() + b"".join(parts) + b"\r\n------B--\r\n"


def saved(
    page: str = PAGE, transfer: str = "quoted-printable", *, codec: str = "utf-8", kind: str = "text/html"
) -> bytes:
    picture = part(b"\x89PNG", "image/png", "base64", "https://www.example.com/a.png")
    return archive(part(page.encode(codec), kind, transfer, "https://www.example.com/old"), picture)


def read(data: bytes, name: str = "a.mhtml") -> Draft | ProjectError:
    source = in_memory(name, data)
    [found] = reader_for(source).read(source, Options())
    assert isinstance(found, Draft | ProjectError)
    return found


def drawn(data: bytes, name: str = "a.mhtml") -> Draft:
    found = read(data, name)
    assert isinstance(found, Draft), found
    return found


def test_a_saved_page_comes_in_with_its_address_and_the_time_it_was_saved(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "خبر.mhtml"
    file.write_bytes(saved())
    report = project.import_files([file])
    found = project.article(report.imported[0].article)
    assert (found.text, found.title, found.outlet) == (TEXT, HEADLINE, "example.com")
    assert (found.source.url, found.source.captured_at) == ("https://www.example.com/news/1", "2026-01-16T09:00:05Z")
    assert (found.source.reader, found.source.encoding) == ("mhtml", "utf-8")
    assert project.original(found.id) == file.read_bytes()
    assert report.imported[0].notes == ()


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(("codec", "charset"), [("utf-8", "utf-8"), ("cp1256", "windows-1256")])
def test_every_transfer_encoding_and_charset_gives_the_same_text(transfer: str, codec: str, charset: str) -> None:
    draft = drawn(saved(transfer=transfer, codec=codec, kind=f'text/html; charset="{charset}"'))
    assert (draft.text, draft.encoding, draft.notes) == (TEXT, charset, ())


def test_a_wrong_charset_of_the_part_is_a_doubt() -> None:
    draft = drawn(saved(codec="cp1256", transfer="base64", kind="text/html; charset=utf-8"))
    assert draft.text == TEXT
    assert "which its bytes contradict" in str(draft.doubts[0])


def test_the_page_is_the_root_of_the_message_and_not_one_of_its_frames() -> None:
    frame = part(FRAME.encode(), "text/html", "base64", "https://ads.example.com/", "<frame@x>")
    page = part(PAGE.encode(), "text/html", "base64", "https://www.example.com/old", "<page@x>")
    assert drawn(archive(page, frame)).text == TEXT
    assert drawn(archive(frame, page, root="<page@x>")).text == TEXT


def test_older_programs_write_the_address_at_the_part() -> None:
    data = archive(part(PAGE.encode(), "text/html", "base64", "https://www.example.com/old"), head="")
    assert drawn(data).url == "https://www.example.com/old"
    assert drawn(data.replace(b"https://www", b"file:///www")).url == ""


def test_it_is_known_by_its_content() -> None:
    assert drawn(saved(), "export.txt").text == TEXT
    assert recognises(saved()[:4096])
    assert not recognises("قال: MIME-Version: 1.0".encode())
    assert not recognises(b"Title: x\r\n\r\nContent-Type: text/html\r\n")


def test_a_page_cut_off_comes_in_as_far_as_it_goes_and_says_so() -> None:
    whole = saved(transfer="8bit")
    draft = drawn(whole[: whole.index("الثانية".encode()) + 4])
    assert draft.text.startswith(TEXT[: TEXT.index("الثانية")])
    assert [str(one) for one in draft.doubts] == ["The page breaks off before its end; something may be missing."]


NESTED = b"".join(
    b"Content-Type: multipart/related; boundary=x%d\r\n\r\n--x%d\r\n" % (one, one) for one in range(5_000)
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (bytes(range(256)) * 9, "holds no text"),
        (archive(part(b"abc", "image/png", "base64", "a.png")), "holds no text"),
        (saved().replace(b"<!DOCTYPE", b"").split(b"quoted-printable")[0], "holds no text"),
        (b"MIME-Version: 1.0\r\n" + NESTED, "nested too deeply"),
        (b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5_000, "nested too deeply"),
        (b"A" * 5_000_000, "holds no text"),
        (archive(part(b"", "text/html", "base64", "a") + b"PCFET"), "damaged"),
    ],
    ids=[
        "empty",
        "bytes",
        "no page",
        "cut in its head",
        "parts in parts",
        "messages in messages",
        "one line",
        "damaged",
    ],
)
def test_what_is_no_saved_page_is_refused_with_a_reason(data: bytes, words: str) -> None:
    assert words in str(read(data))


@pytest.mark.parametrize(
    ("path", "belongs"),
    [
        ("خبر_files/a.html", True), ("خبر_files/deep/b.js", True), ("خبر-Dateien/a.html", True), ("خبر_fichiers/a.htm", True),
        ("خبر.files/a.htm", True), ("other_files/a.html", False), ("خبر/a.html", False), ("خبر.html", False),
        ("_files/a.html", False),
    ],
)  # fmt: skip
def test_files_in_the_folder_of_a_saved_page_belong_to_it(tmp_path: Path, path: str, belongs: bool) -> None:
    (tmp_path / "خبر.html").write_text(PAGE, encoding="utf-8")
    assert is_companion(tmp_path / path) is belongs
    assert is_companion(Path(path), exists=frozenset({Path("خبر.html")}).__contains__) is belongs


def test_only_the_page_of_a_saved_page_is_an_article(project: Project, tmp_path: Path) -> None:
    (tmp_path / "in" / "خبر_files").mkdir(parents=True)
    (tmp_path / "in" / "خبر.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "خبر_files" / "frame.html").write_text(FRAME, encoding="utf-8")
    report = project.import_files([tmp_path / "in"])
    assert [one.title for one in report.imported] == [HEADLINE]
