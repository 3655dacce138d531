"""What a web page says of its article: title, outlet, author, date and address, and where each of them stands.

The date is taken from what the page says for machines: JSON-LD (schema.org `datePublished`), meta elements, elements named
`datePublished` or `dc:date`, `time` elements. A date that is only written beside the headline or in the address is taken too,
but as a doubt. Nothing else is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from annotator.language import N_, Sentence
from annotator.readers.main_text import headline_before
from annotator.readers.published import day_in, published
from annotator.readers.web_text import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTROLS = re.compile("[\0-\x1f]")
_BIGGEST_DATA = 2_000_000
_MOST_NODES = 5_000
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "rnews:datepublished",
    "article.published", "article_date_original", "originalpublicationdate", "date.published", "pubdate", "pub_date",
    "publishdate", "publish-date", "publish_date", "published_time", "publication_date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "citation_publication_date",
    "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dc:date", "date",
)  # fmt: skip
_DATE_ELEMENTS = frozenset({"datepublished", "schema:datepublished", "dc:date", "dcterms:issued", "dcterms:created"})
_IN_ADDRESS = re.compile(r"/(20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\d[T ]00:00(?::00(?:\.0+)?)?(?!:?[\d.])")
_DATE_LINE = 90
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A date that a page says, empty when it says none, and the doubts about it."""

    date: str = ""
    doubts: tuple[Sentence, ...] = ()


def page_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the objects of a page's JSON-LD that are articles or pages, the articles first."""
    nodes = [node for script in _data_scripts(tree) for node in _nodes(script)]
    return sorted((node for node in nodes if _kind(node) is not None), key=lambda node: _kind(node) or 0)


def article_body(data: Iterable[dict[str, Any]]) -> str:
    """Return the text of the article that stands in a page's JSON-LD, or empty."""
    bodies = (node.get("articleBody") for node in data)
    return next((body for body in bodies if isinstance(body, str) and body.strip()), "")


def date_of(
    tree: HtmlElement, data: Iterable[dict[str, Any]], blocks: Sequence[Block], first: int, *, headline: str, url: str
) -> Said:
    """Return when the article was published, as far as its page says it. `first` is the number of its first block."""
    certain = (*(node.get("datePublished") for node in data), *_meta_dates(tree), *_named_dates(tree))
    for said in certain:
        date = _published(said) if isinstance(said, str) else ""
        if date:
            return Said(date)
    return _timed(tree) or _beside(blocks, first, headline) or _in_address(url) or Said()


def _published(said: str) -> str:
    """Return a date of a page. Midnight is what its program writes when it knows only the day, which UTC could move."""
    said = said.strip()
    return published(said[:10] if _MIDNIGHT.match(said) else said[:_DATE_LINE])


def _data_scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json") and script.text:
            yield script.text[:_BIGGEST_DATA]


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """Yield all objects of a script, the outer ones first. Many sites leave raw line ends in their strings."""
    try:
        waiting: list[Any] = [orjson.loads(_CONTROLS.sub(" ", text).strip().removesuffix(";"))]
    except orjson.JSONDecodeError:
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def _kind(node: dict[str, Any]) -> int | None:
    """Return 0 for an article, 1 for the page around it, None for anything else."""
    types = node.get("@type")
    names = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    if any(isinstance(name, str) and name.endswith(("Article", "BlogPosting", "NewsReport")) for name in names):
        return 0
    return 1 if "WebPage" in names else None


def _meta_dates(tree: HtmlElement) -> Iterator[str]:
    said: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            said.setdefault(name.lower(), meta.get("content", ""))
    return (said[name] for name in _DATE_NAMES if name in said)


def _named_dates(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag != "meta":
            name = (element.get("itemprop") or element.get("property") or "").lower()
            if name in _DATE_ELEMENTS or (element.tag == "time" and "pubdate" in element.attrib):
                yield element.get("content") or element.get("datetime") or element.text_content()[:_DATE_LINE]


def _timed(tree: HtmlElement) -> Said | None:
    """Return the date of the `time` elements: the only one, or else the first, which is a doubt."""
    dates = [
        _published(element.get("datetime") or element.text_content()[:_DATE_LINE]) for element in tree.iter("time")
    ]
    found = [date for date in dates if date]
    if not found:
        return None
    doubt = Sentence(N_("Its page names several dates; the first was taken: {date}."), {"date": found[0]})
    return Said(found[0], (doubt,) if len({date[:10] for date in found}) > 1 else ())


def _beside(blocks: Sequence[Block], first: int, headline: str) -> Said | None:
    """Return a date that is written in a short line between the headline and the first paragraphs."""
    head = headline_before(blocks, first, headline)
    for block in blocks[max(0, first - _NEAR) if head is None else head : first + _NEAR]:
        words = block.text
        date = day_in(words) if len(words) <= _DATE_LINE else ""
        if date:
            details = {"date": date, "words": words}
            return Said(date, (Sentence(N_("Its date {date} was read from words of the page: “{words}”."), details),))
    return None


def _in_address(url: str) -> Said | None:
    found = _IN_ADDRESS.search(url)
    date = published("-".join(found.groups())) if found else ""
    if not date:
        return None
    return Said(date, (Sentence(N_("Its date {date} was read from its address."), {"date": date}),))
