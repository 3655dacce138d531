"""Exports of WordPress come in post by post, however long they are."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import ProjectError
from annotator.readers import reader_for, wxr
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import SourceFile, in_memory
from annotator.readers.xml_items import Piece, pieces_of

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" --><!-- <item> that is none -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>مدونة</title><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login><![CDATA[samia]]></wp:author_login>
<wp:author_display_name><![CDATA[سامية]]></wp:author_display_name></wp:author>
"""
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss'
TAIL = "\n</channel></rss>"


def item(
    content: str = "أعلنت الوزارة ذلك.",
    *,
    title: str = "خبر",
    status: str = "publish",
    kind: str = "post",
    more: str = "",
) -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><link>https://blog.example/5</link><dc:creator><![CDATA[samia]]></dc:creator>"
        f"<guid isPermaLink='false'>https://blog.example/?p=5</guid><content:encoded><![CDATA[{content}]]></content:encoded>"
        "<excerpt:encoded><![CDATA[ملخص]]></excerpt:encoded><wp:post_id>5</wp:post_id>"
        "<wp:post_date>2026-01-31 15:00:00</wp:post_date>"
        f"<wp:post_date_gmt>2026-01-31 12:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def read(*items: str, name: str = "blog.xml", tail: str = TAIL) -> list[Draft | ProjectError]:
    source = in_memory(name, f"{HEAD}{''.join(items)}{tail}".encode())
    assert reader_for(source) is wxr.READER
    found = list(wxr.READER.read(source, Options()))
    assert all(isinstance(one, Draft | ProjectError) for one in found)
    return found  # type: ignore[return-value]  # just asserted


def draft(*items: str) -> Draft:
    (found,) = read(*items)
    assert isinstance(found, Draft), found
    return found


def test_a_post_is_an_article_with_all_that_the_export_says_of_it() -> None:
    post = item("أعلنت <strong>الوزارة</strong>\n\n</item> ثم]]]]><![CDATA[> قالت")
    found = draft(post)
    assert found.text == "أعلنت الوزارة\n\nثم]]> قالت"
    assert (found.title, found.author, found.outlet) == ("خبر", "سامية", "مدونة")
    assert (found.url, found.date) == ("https://blog.example/5", "2026-01-31T12:00Z")
    assert found.part == "https://blog.example/?p=5"
    assert found.original == post.encode()
    assert found.file_sha256 == hashlib.sha256(f"{HEAD}{post}{TAIL}".encode()).hexdigest()


def test_paragraphs_of_both_editors_stand_apart() -> None:
    old = draft(item("سطر\nوسطر\n\nفقرة")).text
    new = draft(
        item("<!-- wp:paragraph -->\n<p>فقرة</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>وثانية</p>")
    ).text
    assert (old, new) == ("سطر\nوسطر\n\nفقرة", "فقرة\n\nوثانية")


def test_shortcodes_stay_as_written_and_are_said() -> None:
    found = draft(item('نص [gallery ids="1"] ثم'))
    assert found.text == 'نص [gallery ids="1"] ثم'
    assert "shortcodes" in str(found.notes[0])
    assert draft(item("قال [المتحدث] ذلك")).notes == ()


def test_only_published_posts_and_pages_come_in() -> None:
    found = read(
        item(),
        item("صفحة", kind="page"),
        item("مسودة", title="عن المدينة", status="draft"),
        item("سر", status="private"),
        item(status="inherit", kind="attachment"),
        item(kind="nav_menu_item"),
        item(status="trash"),
    )
    texts = [one.text if isinstance(one, Draft) else str(one) for one in found]
    assert texts == [
        "أعلنت الوزارة ذلك.",
        "صفحة",
        "Item 3: “عن المدينة” was not published (state: draft), so it was left out.",
        "Item 4: “خبر” was not published (state: private), so it was left out.",
    ]


def test_a_post_locked_with_a_password_comes_in_and_says_so() -> None:
    found = draft(item(more="<wp:post_password>x</wp:post_password>"))
    assert "locked with a password" in str(found.notes[0])


def test_without_the_universal_time_only_the_day_is_known() -> None:
    assert draft(item().replace("2026-01-31 12:00:00", "0000-00-00 00:00:00")).date == "2026-01-31"


def test_a_broken_post_costs_no_other() -> None:
    found = read(item("أول"), item("ثان").replace("<wp:status>", "<wp:status>&"), item("ثالث"))
    assert [one.text if isinstance(one, Draft) else str(one)[:7] for one in found] == ["أول", "Item 2:", "ثالث"]


def test_an_export_that_is_cut_off_gives_what_is_whole() -> None:
    found = read(item("أول"), item("ثان")[:200], tail="")
    assert isinstance(found[0], Draft)
    assert str(found[1]).startswith("Item 2: The file is damaged or was cut off")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f"{HEAD.replace('<rss', OUTSIDE)}{item()}{TAIL}", "XML entities"),
        (HEAD + TAIL, "holds no articles"),
        (HEAD.replace("<channel>", "<channel><"), "read as XML"),
        (f"{HEAD}{item().replace('<wp:status>', '<wp:status>' + '<a>' * 20_000)}{TAIL}", "read as XML"),
    ],
)  # fmt: skip
def test_what_is_no_good_export_gets_its_sentence(data: str, words: str) -> None:
    found = list(wxr.READER.read(in_memory("a.xml", data.encode()), Options()))
    assert words in str(found[0])


def test_a_long_export_is_read_in_little_memory() -> None:
    post = item("نص الخبر الطويل. " * 4000).encode()
    count = (20 << 20) // len(post)

    class Long(io.RawIOBase):
        def __init__(self) -> None:
            self._parts = self._bytes()
            self._left = b""

        def _bytes(self) -> Iterator[bytes]:
            yield HEAD.encode()
            yield from (post for _ in range(count))
            yield TAIL.encode()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # all that is asked of it
            self._left = self._left or next(self._parts, b"")
            size = min(len(buffer), len(self._left))
            buffer[:size], self._left = self._left[:size], self._left[size:]
            return size

    source = SourceFile(Path("long.xml"), 20 << 20, lambda: io.BufferedReader(Long()))
    tracemalloc.start()
    found = sum(isinstance(one, Draft) for one in wxr.READER.read(source, Options()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == count
    assert peak < 12 << 20


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_items_are_cut_at_the_same_places_however_the_file_is_read(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.readers.xml_items._CHUNK", size)
    data = b"<a><!-- <item>x</item> --><item>1<![CDATA[</item>]]></item >\n<items/><item a='1'>2<!-- </item> --></item><item>3"
    assert list(pieces_of(io.BytesIO(data), ("item",))) == [
        Piece(b"<a><!-- <item>x</item> -->", is_item=False),
        Piece(b"<item>1<![CDATA[</item>]]></item >", is_item=True),
        Piece(b"<item a='1'>2<!-- </item> --></item>", is_item=True),
        Piece(b"<item>3", is_item=True, is_whole=False),
    ]


def test_an_item_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.readers.xml_items.BIGGEST_ITEM", 1000)
    monkeypatch.setattr("annotator.readers.xml_items._CHUNK", 100)
    _, piece = pieces_of(io.BytesIO(b"<item>" + b"x" * 5000), ("item",))
    assert not piece.is_whole
    assert len(piece.data) < 1200
