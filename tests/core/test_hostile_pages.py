"""Web pages made to do harm: each gives its text or a reason, soon, and none reaches out of the computer."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ProjectError
from annotator.readers import html
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import SourceFile, in_memory

WORDS = (
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان نشرته الوكالة، "
    "وقالت إن القصف جاء رداً على هجوم استهدف إحدى نقاطها."
)
FIRST, THIRD = f"{WORDS} الأولى.", f"{WORDS} الثالثة."
NEWS = f"<p>{FIRST}</p><p>{WORDS}</p><p>{THIRD}</p>"


def page(body: str, doctype: str = "<!DOCTYPE html>") -> str:
    return f"{doctype}<html><head><meta charset=utf-8><title>خبر</title></head><body>{body}</body></html>"


def read(data: str | bytes) -> Draft | ProjectError:
    [found] = html.read(in_memory("a.html", data.encode() if isinstance(data, str) else data), Options())
    return found


# -- hostile pages ------------------------------------------------------------------------------------------------

HARD = {
    "20,000 nested tags": "<div>" * 20_000 + NEWS,
    "2,000 nested tags": "<div>" * 2_000 + NEWS + "</div>" * 2_000,
    "20,000 nested spans": "<p>" + "<span>" * 20_000 + NEWS,
    "nested tables": "<table><tr><td>" * 5_000 + NEWS,
    "an attribute of 10 MB": f'<p title="{"x" * 10_000_000}">نص</p>{NEWS}',
    "100,000 attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + f">{NEWS}",
    "a picture in the page": f'<img src="data:image/png;base64,{"QUJD" * 1_000_000}">{NEWS}',
    "30,000 paragraphs": "<p>نص</p>" * 30_000 + NEWS,
    "the same 9,000 times": "<p>قصف الجيش</p>" * 9_000 + NEWS,
    "a million tag beginnings": "<" * 1_000_000 + NEWS,
    "a million ampersands": "&" * 1_000_000 + NEWS,
    "control characters": f"<p>a\x01\x02\x0b\x1b\x00b</p>{NEWS}",
    "references to nothing": f"<p>&#x1;&#0;&#xD800;&#1114112;</p>{NEWS}",
    "data nested deeply": f'<script type="application/ld+json">{"[" * 100_000}</script>{NEWS}',
    "data of other kinds": '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":[1],"author":[2,[3]]}'
    f"</script>{NEWS}",
    "tags that cross": "<b><i><u></b>" * 500 + NEWS,
    "one line of 10 MB": f"<p>{'كلمة ' * 1_100_000}</p>{NEWS}",
}


@pytest.mark.parametrize("what", HARD)
def test_a_hostile_page_still_gives_its_text_and_soon(what: str) -> None:
    start = time.monotonic()
    draft = read(page(HARD[what]))
    assert isinstance(draft, Draft), draft
    assert FIRST in draft.text
    assert THIRD in draft.text
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no text"),
        (b"<html></html>", "holds no text"),
        (b"<html><body><script>1</script></body></html>", "holds no text"),
        (b"<html><frameset><frame src=a></frameset></html>", "holds no text"),
        (b"<html><!-- " + NEWS.encode(), "holds no text"),
        (bytes(range(256)) * 20, "not a text file"),
        (page(f"<p>\ufdd0</p>{NEWS}").encode(), "U+FDD0"),
        (page(NEWS).encode("utf-16")[:-1], "middle of a character"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(data: bytes, words: str) -> None:
    assert words in str(read(data))


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SourceFile.read.__kwdefaults__, "limit", 1 << 20)
    assert "larger than 1 MB" in str(read(page("<p>" + "كلمة " * 200_000)))


TAGS = st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<br>", "<td>", "<li>", "<h2>", "<a href=x>", "</a>",
                        "<!--", "-->", "<script>", "</script>", "<pre>", "&amp;", "&#0;", "<", ">", "<table>"])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(TAGS, st.text(max_size=8), st.just(WORDS)), max_size=40))
def test_no_page_raises_anything_and_the_text_keeps_its_words(parts: list[str]) -> None:
    data = "".join(parts).encode("utf-8", "surrogatepass")
    found = read(b"<html><body>" + data + b"</body></html>")
    if isinstance(found, Draft):
        assert found.text.strip()
        assert all(0 <= one.start < one.end <= len(found.text) for one in found.boilerplate)


# -- nothing is fetched -------------------------------------------------------------------------------------------

WATCHED = """
import sys
seen = []
def watch(event, args):
    if event == "socket.__new__" or (event == "socket.bind" and args[1] == ("::1", 0)):
        return  # urllib3, which trafilatura imports, looks in this way whether the computer knows IPv6
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.system")):
        seen.append(event)
    elif event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        seen.append(f"{event} {args[0]} {args[1]}")
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import annotator.cli
assert not {"lxml", "trafilatura", "htmldate", "charset_normalizer"} & set(sys.modules), "not imported lazily"
from annotator.readers import reader_for
from annotator.readers.draft import Options
from annotator.readers.source_file import SourceFile, in_memory
source = in_memory("a.html", sys.stdin.buffer.read())
[draft] = reader_for(source).read(source, Options())
assert "trafilatura" in sys.modules and len(draft.text) > 500, draft
print(seen)
"""


def test_nothing_is_fetched_and_nothing_written() -> None:
    """Python itself tells of every connection, look-up, program and written file; a page full of addresses causes none."""
    outside = "http://tracker.example.invalid/a"
    body = (
        f'<base href="{outside}"><link rel="stylesheet" href="{outside}"><img src="{outside}"><iframe src="{outside}"></iframe>'
        f'<object data="{outside}"></object><script src="{outside}"></script><a href="{outside}">هنا</a>'
        f'<link rel="canonical" href="http://news.example.co.uk/2026/01/16/a"><meta http-equiv="refresh" content="0;{outside}">'
    )
    doctype = f'<!DOCTYPE html SYSTEM "{outside}.dtd" [<!ENTITY x SYSTEM "{outside}">]>'
    data = page(f"{body}{NEWS}<p>&x;</p>", doctype)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=data.encode(), capture_output=True, timeout=120, check=False
    )
    assert done.stderr == b""
    assert done.stdout.strip() == b"[]"
