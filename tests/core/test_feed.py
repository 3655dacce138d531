"""Saved feeds come in item by item, each with its own bytes; nothing is ever fetched."""

from __future__ import annotations

import hashlib
import socket
import urllib.request
from pathlib import Path

import pytest

from annotator import Project
from annotator.errors import ProjectError
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory

ITEM = """<item><title>عنوان &amp; آخر</title><link>https://news.example/1</link><guid>g-1</guid><dc:creator>سامية</dc:creator>
<pubDate>Sat, 31 Jan 2026 15:00:00 +0300</pubDate><description>ملخص</description><content:encoded><![CDATA[<p>قال المتحدث:</p>
<p>ثم </item> ذهب<br>وعاد<img src="http://127.0.0.1:9/a.png"></p><script src="http://127.0.0.1:9/a.js">x</script>]]></content:encoded></item>"""
SHORT = "<item><title>بلا نص</title><description>ملخص &lt;b&gt;فقط&lt;/b&gt;</description><dc:date>2026-01-31</dc:date></item>"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="http://127.0.0.1:9/a.xsl"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>وكالة الأنباء</title><link>https://news.example</link>
{ITEM}<!-- <item><title>ليس عنصراً</title></item> -->
{SHORT}<item><title>عاجل: عنوان وحده</title></item><item><title></title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>مدونة</title>
<entry><title type="html">خبر &lt;b&gt;أول&lt;/b&gt;</title>
<id>urn:1</id><link href="https://news.example/a"/><updated>2026-01-31T12:00:00Z</updated><author><name>علي</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>نص أول</p><p>وثان</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>قديمة</title>
</channel>
<item rdf:about="https://news.example/r"><title>خبر</title>
<link>https://news.example/r</link><description>نص الخبر</description>
</item></rdf:RDF>"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any attempt to reach a network, or to open what an address names, fail the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)


def read(data: bytes | str, name: str = "أخبار.rss") -> list[Draft | ProjectError]:
    source = in_memory(name, data if isinstance(data, bytes) else data.encode())
    found = list(reader_for(source).read(source, Options()))
    assert all(isinstance(one, Draft | ProjectError) for one in found)
    return found  # type: ignore[return-value]  # just asserted


def one_of(found: list[Draft | ProjectError], at: int = 0) -> Draft:
    draft = found[at]
    assert isinstance(draft, Draft), draft
    return draft


def test_an_item_is_an_article_with_all_that_the_feed_says_of_it() -> None:
    first = one_of(read(RSS))
    assert first.text == "قال المتحدث:\n\nثم ذهب\nوعاد"
    assert (first.title, first.author, first.outlet) == ("عنوان & آخر", "سامية", "وكالة الأنباء")
    assert (first.url, first.date, first.part) == ("https://news.example/1", "2026-01-31T12:00Z", "g-1")
    assert first.notes == first.doubts == ()
    assert first.reader_version.startswith("feedparser ")


def test_each_item_keeps_its_own_bytes_and_the_sum_of_the_file() -> None:
    first, second = (one_of(read(RSS), at) for at in (0, 1))
    assert first.original == ITEM.encode()
    assert second.original == SHORT.encode()
    assert first.bytes_sha256 == hashlib.sha256(ITEM.encode()).hexdigest()
    assert {first.file_sha256, second.file_sha256} == {hashlib.sha256(RSS.encode()).hexdigest()}


def test_items_that_cannot_be_cut_out_keep_the_bytes_of_the_file() -> None:
    data = RSS.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    first = one_of(read(data))
    assert first.text.startswith("قال المتحدث")
    assert first.original == data
    assert first.encoding.lower().startswith("utf-16")


def test_what_is_no_full_text_is_said_to_be_none() -> None:
    _, short, headline, empty = read(RSS)
    assert isinstance(short, Draft)
    assert (short.text, short.date, short.part) == ("ملخص فقط", "2026-01-31", "2")
    assert "only a description" in str(short.notes[0])
    assert isinstance(headline, Draft)
    assert headline.text == headline.title == "عاجل: عنوان وحده"
    assert "only the headline" in str(headline.notes[0])
    assert str(empty) == "Item 4: The file holds no text."


def test_atom_and_rdf_are_feeds_too() -> None:
    entry = one_of(read(ATOM, "a.atom"))
    assert (entry.text, entry.title, entry.outlet) == ("نص أول\n\nوثان", "خبر أول", "مدونة")
    assert (entry.date, entry.author, entry.part, entry.url) == (
        "2026-01-31T12:00Z",
        "علي",
        "urn:1",
        "https://news.example/a",
    )
    assert entry.original == ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")].encode()
    item = one_of(read(RDF, "a.rdf"))
    assert (item.text, item.title, item.outlet) == ("نص الخبر", "خبر", "قديمة")


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-8"])
def test_feeds_come_in_the_encoding_they_declare(encoding: str) -> None:
    data = ATOM.replace("<feed", f'<?xml version="1.0" encoding="{encoding}"?><feed', 1).encode(encoding)
    found = one_of(read(data))
    assert (found.text, found.encoding) == ("نص أول\n\nوثان", encoding)


def test_a_feed_is_known_by_its_bytes_whatever_its_name_says() -> None:
    found = one_of(read(ATOM, "a.txt"))
    assert "a feed" in str(found.notes[0])


def test_a_feed_that_is_cut_off_gives_what_it_has_and_says_so() -> None:
    first = one_of(read(RSS[: RSS.index("بلا نص")]))
    assert first.text.startswith("قال المتحدث")
    assert any("damaged" in str(note) for note in first.notes)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ATOM.replace("<feed", f"{LAUGHS}<feed").replace("نص أول", "&b;").encode(), "defines XML entities"),
        (ATOM.replace("<feed", f"{LAUGHS}<feed").encode("utf-16"), "defines XML entities"),
        (
            ATOM.replace("<feed", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed').encode(),
            "defines XML entities",
        ),
        (b"<rss><channel><title>x</title></channel></rss>", "holds no articles"),
        (b"<rss", "holds no articles"),
        (
            b'<?xml version="1.0" encoding="\xd9"?><rss><channel><item><title>x</title></item></channel></rss>',
            "damaged",
        ),
        (b"<rss>" + b"<a>" * 20_000, "holds no articles"),
        (b"", "holds no"),
    ],
)
def test_what_is_no_good_feed_gets_its_sentence(data: bytes, words: str) -> None:
    (found,) = read(data)
    assert words in str(found)


def test_content_nested_without_end_is_read() -> None:
    deep = "&lt;div&gt;" * 20_000 + "عميق" + "&lt;/div&gt;" * 20_000
    found = one_of(read(f"<rss><channel><item><description>{deep}</description></item></channel></rss>"))
    assert found.text == "عميق"


def test_every_item_is_an_article_of_the_project(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "أخبار.xml"
    file.write_bytes(RSS.encode())
    before = len(project.articles())
    report = project.import_files([file])
    assert (len(report.imported), len(report.failed)) == (3, 1)
    assert len(project.articles()) == before + 3
    assert project.original(report.imported[0].article) == ITEM.encode()
    assert project.check().problems == ()
