"""What incoming articles have to do with each other and with those of the project: near copies and corrected versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple

from annotator.readers.draft import Draft
from annotator.store import nearness
from annotator.store.database import Connection
from annotator.survey import Near
from annotator.text.shingles import Alike, sketch

_CORRECTED = 0.6  # from this similarity on, an article of the same file and outlet is taken for a corrected version
_MOST = 8


class Likely(NamedTuple):
    """What somebody should decide about an article: of which others it is nearly a copy, which one it may correct."""

    near: tuple[Near, ...] = ()
    corrects: str = ""


class _Probe(NamedTuple):
    file: Path
    number: int
    title: str
    url: str
    name: str
    part: str
    outlet: str


class Likeness:
    """Compares articles that come in one after the other; in memory is what is needed of each, not its text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._alike = Alike()
        self._probes: list[_Probe] = []
        self._near: defaultdict[int, list[Near]] = defaultdict(list)

    def add(self, file: Path, number: int, draft: Draft) -> None:
        """Take an article that is not in the project yet; near copies among those taken are told of the later one."""
        at = len(self._probes)
        for earlier, similarity in self._alike.add(sketch(draft.text)):
            other = self._probes[earlier]
            self._near[at].append(Near(similarity, other.title, file=other.file, number=other.number))
        self._probes.append(
            _Probe(file, number, draft.title, _plain(draft.url), draft.file, draft.part, draft.outlet)
        )  # fmt: skip

    def answers(self) -> dict[int, Likely]:
        """Return what is to be decided, by the number of the article in the order in which they were taken."""
        corrected = dict(self._same_address())
        for at, number, similarity in self._alike.meet(nearness.sketches(self._connection)):
            known = nearness.article_of(self._connection, number)
            if known:
                self._near[at].append(Near(similarity, known.title, known.id))
                if similarity >= _CORRECTED and self._is_same_file(self._probes[at], known):
                    corrected.setdefault(at, known.id)
        return {
            at: Likely(tuple(nlargest(_MOST, self._near.get(at, ()), key=_similarity)), corrected.get(at, ""))
            for at in sorted(self._near.keys() | corrected.keys())
        }

    def _same_address(self) -> Iterator[tuple[int, str]]:
        """Yield which articles have the address of one in the project; of several the newest counts."""
        sought: defaultdict[str, list[int]] = defaultdict(list)
        for at, probe in enumerate(self._probes):
            if probe.url:
                sought[probe.url].append(at)
        for url, article in nearness.addresses(self._connection) if sought else ():
            yield from ((at, article) for at in sought.get(_plain(url), ()))

    def _is_same_file(self, probe: _Probe, known: nearness.Known) -> bool:
        return known.newest and (probe.name, probe.part, probe.outlet) == (known.file, known.part, known.outlet)


def _plain(url: str) -> str:
    """Return an address as it is compared: without the place within the page, without a slash at the end."""
    return url.partition("#")[0].rstrip("/")


def _similarity(near: Near) -> float:
    return near.similarity
