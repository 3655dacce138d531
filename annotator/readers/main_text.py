"""The article among the blocks of a web page: trafilatura says what it is, the page gives the words.

What trafilatura returns is normalised (NFC, no joiners, no marks of direction), so its text is only a sign of which blocks
belong to the article. They are found by the one way through both texts, in order, that covers the most letters, and taken as
the page has them. Subheads, items and quotations that it passed over between them are taken back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import TYPE_CHECKING

from annotator.readers.web_text import HEADINGS, Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST = 3
_AROUND = 10
_ENOUGH = 0.75
_MOST_AT_ENDS = 3
_TAKEN_BACK = HEADINGS | {"p", "li", "blockquote", "dt", "dd", "td", "th", "pre"}
_LEAD = re.compile(r"lead|standfirst|stand-first|intro|subtitle|sub-title|summary|excerpt|deck|chapo|kicker", re.I)
_FOREIGN = re.compile(
    r"relat|share|social|sharing|promo|advert|banner|newsletter|subscri|comment|caption|recommend|more-|read-?also|tags|"
    r"breadcrumb|byline|author|meta|widget|sidebar|footer|nav",
    re.I,
)


def chosen(blocks: Sequence[Block], sign: str, *, headline: str) -> list[int]:
    """Return the numbers of the blocks that `sign` stands for, the headline among them; none if the page has other words."""
    letters = letters_of(sign)
    covered = _covered(blocks, letters)
    if not letters or sum(covered) < _ENOUGH * len(letters):
        return []
    kept = [number for number, block in enumerate(blocks) if covered[number] * 2 >= len(_letters(block)) > 0]
    wanted = {*kept, *_between(blocks, kept), *_ends(blocks, kept), *_headline(blocks, kept, headline)}
    return sorted(wanted)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text without anything between them: what survives any extraction."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", text))


def _letters(block: Block) -> str:
    return letters_of("".join(block.pieces))


def _covered(blocks: Sequence[Block], letters: str) -> list[int]:
    """Return for each block how many of its letters lie on the best way through the page and the extracted text."""
    places = _Places(letters)
    way = _Way(len(letters))
    for number, block in enumerate(blocks):
        for piece in map(letters_of, block.pieces):
            way.offer(number, len(piece), places.next_of(piece))
    covered = [0] * len(blocks)
    for number, length in way.best():
        covered[number] += length
    return covered


class _Places:
    """Where pieces of the page stand in the extracted text."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._known: dict[str, list[int]] = {}
        self._asked: Counter[str] = Counter()

    def next_of(self, piece: str) -> list[int]:
        """Return places of a piece, the last first. Of one that stands there often those that fit how often it was asked."""
        if len(piece) < _SHORTEST:
            return []
        if piece not in self._known:
            self._known[piece] = list(self._all(piece))
        asked = self._asked[piece]
        self._asked[piece] += 1
        return self._known[piece][max(0, asked - _AROUND) : asked + _AROUND][::-1]

    def _all(self, piece: str) -> Iterator[int]:
        at = self._letters.find(piece)
        while at >= 0:
            yield at
            at = self._letters.find(piece, at + len(piece))


class _Way:
    """The heaviest chain of matches that go forward in both texts: a Fenwick tree of the best chain that ends by a place."""

    def __init__(self, length: int) -> None:
        self._steps: list[tuple[int, int, int, int]] = [(0, -1, -1, 0)]  # weight so far, step before, block, length
        self._tree = [0] * (length + 2)

    def offer(self, number: int, length: int, starts: Sequence[int]) -> None:
        for start in starts:
            before = self._best_by(start)
            self._steps.append((self._steps[before][0] + length, before, number, length))
            self._put(start + length, len(self._steps) - 1)

    def best(self) -> Iterator[tuple[int, int]]:
        """Yield the blocks and lengths of the heaviest chain, from its end."""
        step = self._best_by(len(self._tree) - 2)
        while step > 0:
            _, before, number, length = self._steps[step]
            yield number, length
            step = before

    def _best_by(self, place: int) -> int:
        best, node = 0, place + 1
        while node > 0:
            best = max(best, self._tree[node], key=self._weight)
            node -= node & -node
        return best

    def _put(self, place: int, step: int) -> None:
        node = place + 1
        while node < len(self._tree):
            if self._weight(step) > self._weight(self._tree[node]):
                self._tree[node] = step
            node += node & -node

    def _weight(self, step: int) -> int:
        return self._steps[step][0]


def _between(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """Yield what was passed over between the first and the last block though it stands in the same element as they do."""
    homes = {_home(blocks[number].element) for number in kept}
    for number in range(kept[0] + 1, kept[-1]):
        block = blocks[number]
        if block.element.tag in _TAKEN_BACK and _home(block.element) in homes and not _is_foreign(block):
            yield number


def _ends(blocks: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """Yield short paragraphs right before and after the article, in its own element: دمشق-سانا, (رويترز)."""
    for end, step in ((kept[0], -1), (kept[-1], 1)):
        home = blocks[end].element.getparent()
        for number in range(end + step, end + step * (_MOST_AT_ENDS + 1), step):
            if not 0 <= number < len(blocks):
                break
            block = blocks[number]
            if block.element.tag != "p" or block.element.getparent() is not home or _is_foreign(block):
                break
            yield number


def _home(element: HtmlElement) -> HtmlElement:
    """Return the element that holds the paragraphs beside which this one stands; lists, tables and quotations are in it."""
    home = element.getparent() if element.tag in _TAKEN_BACK else element
    while home is not None and home.tag in ("ul", "ol", "dl", "li", "blockquote", "table", "tbody", "tr", "td"):
        home = home.getparent()
    return element if home is None else home


def _is_foreign(block: Block) -> bool:
    links = block.element.tag not in HEADINGS and block.linked * 2 > len(block.text)
    return links or any(_FOREIGN.search(_named(element)) for element in (block.element, block.element.getparent()))


def headline_among(blocks: Sequence[Block], title: str) -> str:
    """Return the headline of the page that a title stands for, as the page has it; the title itself if there is none.

    Titles of pages often go on with the name of the site.
    """
    letters = letters_of(title)
    for block in blocks:
        if letters and block.element.tag in HEADINGS:
            own = _letters(block)
            if own == letters or (letters.startswith(own) and len(own) * 2 >= len(letters)):
                return block.text.replace("\n", " ")
    return title


def headline_before(blocks: Sequence[Block], first: int, headline: str) -> int | None:
    """Return the number of the block nearest before `first` that is the headline."""
    letters = letters_of(headline)
    if not letters:
        return None
    numbers = (number for number in range(first, -1, -1) if blocks[number].element.tag in HEADINGS)
    return next((number for number in numbers if _letters(blocks[number]) == letters), None)


def _headline(blocks: Sequence[Block], kept: Sequence[int], headline: str) -> Iterator[int]:
    """Yield the headline before the article and the lead beneath it."""
    head = headline_before(blocks, kept[0], headline)
    if head is not None:
        yield head
        first = next((number for number in kept if number > head), head)
        around = set(blocks[first].element.iterancestors())
        yield from (number for number in range(head + 1, first) if _is_lead(blocks[number], around))


def _is_lead(block: Block, around: Set[HtmlElement]) -> bool:
    """Tell whether a block is named as a lead, itself or by what holds it and not the article."""
    named = _named(block.element)
    for element in islice(block.element.iterancestors(), 3):
        if element in around:
            break
        named += _named(element)
    return bool(_LEAD.search(named)) and not _FOREIGN.search(named) and block.linked * 2 <= len(block.text)


def _named(element: HtmlElement | None) -> str:
    return "" if element is None else f"{element.get('class', '')} {element.get('id', '')} "[:300]
