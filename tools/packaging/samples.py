"""One small file of each format that a library of its own reads: what the proof of a frozen application imports."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

WORDS = "قال المتحدث إن الطريق مفتوح"
_PAGE = (
    f"<html lang=ar><title>خبر</title><body><article><h1>خبر</h1>{f'<p>{WORDS} html، وقال.</p>' * 4}</article></html>"
)
_SAVED = (
    "From: <Saved>\r\nMIME-Version: 1.0\r\nSnapshot-Content-Location: https://www.example.com/1\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    f"Content-Location: https://www.example.com/1\r\n\r\n{_PAGE.replace('html،', 'mhtml،')}\r\n--B--\r\n"
)
_FEED = f"<rss><channel><title>وكالة</title><item><description>{WORDS} rss</description></item></channel></rss>"
_BLOG = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>مدونة</title><item><title>خبر</title>'
    f"<content:encoded><![CDATA[<p>{WORDS} wxr</p>]]></content:encoded><wp:post_id>5</wp:post_id>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def write() -> Mapping[str, bytes]:
    """Return files by their names; each holds WORDS and its own ending, but for the PDF, whose words are `pdf only`."""
    made: dict[str, Callable[[], bytes]] = {
        "خبر.html": _PAGE.encode,
        "خبر.mhtml": _SAVED.encode,
        "خبر.rss": _FEED.encode,
        "خبر.wxr": _BLOG.encode,
        "خبر.csv": f"title,text\nخبر,{WORDS} csv\n".encode,
        "خبر.json": json.dumps([{"title": "خبر", "text": f"{WORDS} json"}]).encode,
        "خبر.jsonl": json.dumps({"title": "خبر", "text": f"{WORDS} jsonl"}).encode,
        "خبر.txt": _old,
        "خبر.docx": _docx,
        "خبر.pdf": _pdf,
        "خبر.xlsx": _xlsx,
    }
    return {name: make() for name, make in made.items()}


def zipped() -> bytes:
    """Return a ZIP with one text in it, which only an import of files opens."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("داخل.txt", f"{WORDS} zip")
    return held.getvalue()


def _old() -> bytes:
    """Return a text in an encoding that has to be recognised."""
    return f"{WORDS} txt، وهو خبر قديم كتب قبل أن تعرف الصحف ترميزا واحدا.".encode("cp1256")


def _docx() -> bytes:
    relations = f"<Relationships><Relationship Id='r' Type='{_RELATION}' Target='word/document.xml'/></Relationships>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", f"<document><body><p><r><t>{WORDS} docx</t></r></p></body></document>")
    return held.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book, held = Workbook(), io.BytesIO()
    book.active.append(("title", "text"))
    book.active.append(("خبر", f"{WORDS} xlsx"))
    book.save(held)
    return held.getvalue()


def _pdf() -> bytes:
    shown = b"BT /F 24 Tf 60 700 Td (pdf only) Tj ET"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end
