"""Finding an entity by two typed letters: an index in memory over the folded names of the register.

Sorted lists answer "what begins so" by bisection; only as many hits are looked at as are shown. The index is made when it is
first asked and then told of each change, so a new name costs no second reading of the register.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from annotator.assist.place import kilometres
from annotator.entities import Candidate, Entity
from annotator.text.clitics import readings
from annotator.text.fold import fold

# How many hits of a query that fits thousands are looked at, how many are ranked for one that is shown, and how many of the
# most mentioned entities go first.
_LOOKED_AT = 2000
_RANKED = 3
_OFTEN = 300
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sought: typed letters, and the annotation that wants an entity with the article it stands in."""

    query: str
    kind: str | None = None
    words: str = ""
    article: str = ""
    limit: int = 20


@dataclass(slots=True)
class _Linked:
    """A link as the index keeps it."""

    article: str
    folded: str
    entity: str


@dataclass(slots=True)
class EntityIndex:
    """All names of the register in folded form, and which name was linked to whom."""

    _entities: dict[str, Entity] = field(default_factory=dict)
    _folded: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _names: list[tuple[str, str]] = field(default_factory=list)
    _words: list[tuple[str, str]] = field(default_factory=list)
    _links: dict[str, _Linked] = field(default_factory=dict)
    _before: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _counts: Counter[str] = field(default_factory=Counter)
    _in_article: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def fill(self, entities: Iterable[Entity], links: Iterable[tuple[str, str, str, str]]) -> None:
        """Take the whole register and all links: (annotation, article, words, entity)."""
        for entity in entities:
            for name, words in self._take(entity).items():
                self._names.append((name, entity.id))
                self._words += ((word, entity.id) for word in words)
        self._names.sort()
        self._words.sort()
        for link in links:
            self.put_link(*link)

    def put(self, entity: Entity) -> None:
        """Take an entity in, or its new value."""
        self.drop(entity.id)
        for name, words in self._take(entity).items():
            insort(self._names, (name, entity.id))
            for word in words:
                insort(self._words, (word, entity.id))

    def drop(self, identity: str) -> None:
        """Forget an entity."""
        self._entities.pop(identity, None)
        for name, words in self._folded.pop(identity, {}).items():
            _discard(self._names, (name, identity))
            for word in words:
                _discard(self._words, (word, identity))

    def put_link(self, annotation: str, article: str, words: str, entity: str) -> None:
        """Take a link in, or its new value."""
        self.drop_link(annotation)
        link = self._links[annotation] = _Linked(article, fold(words), entity)
        self._count(link, 1)

    def drop_link(self, annotation: str) -> None:
        """Forget the link of an annotation."""
        link = self._links.pop(annotation, None)
        if link:
            self._count(link, -1)

    def has(self, identity: str) -> bool:
        """Tell whether the index knows an entity."""
        return identity in self._entities

    def move_links(self, links: Iterable[tuple[str, str, str, str]]) -> None:
        """Take all links anew: some are read as those of another entity now."""
        for counted in (self._links, self._before, self._counts, self._in_article):
            counted.clear()
        for link in links:
            self.put_link(*link)

    def find(self, asked: Asked) -> list[Candidate]:
        """Return the entities that fit, best first; with an empty query, those that the annotation's words speak for."""
        found: dict[str, tuple[str, str]] = {}
        for why, hits in self._tiers(asked):
            for identity, name in hits:
                if identity not in found and self._fits(identity, asked):
                    found[identity] = (why, name)
                    if len(found) >= asked.limit * _RANKED:
                        break
            if len(found) >= asked.limit:
                break
        near = self._places_near(asked.article)
        candidates = [self._candidate(identity, *told, near) for identity, told in found.items()]
        return sorted(candidates, key=_rank)[: asked.limit]

    # -- the ways to fit ------------------------------------------------------------------------------------------

    def _tiers(self, asked: Asked) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
        """Yield the reasons with their hits, the best first."""
        query = fold(asked.query).strip(" ")
        words = fold(asked.words).strip(" ")
        yield "before", self._linked_before(words, query)
        yield "exact", self._exactly([query])
        yield "plain", self._exactly(_plain_forms(asked.query))
        yield "exact", self._exactly([words], also=query)
        yield "plain", self._exactly(_plain_forms(asked.words), also=query)
        if query or words:
            yield "article", self._of_article(asked, query or words)
        if query:
            yield "begins", self._often_mentioned(query)
            yield "begins", islice(_range(self._names, query), _LOOKED_AT)
            yield "word", self._with_words(query)

    def _linked_before(self, words: str, query: str) -> Iterator[tuple[str, str]]:
        for sought in filter(None, (words, query)):
            for identity, _ in self._before.get(sought, Counter()).most_common():
                name = self._matching_name(identity, query) if query else self._shown(identity)
                if name:
                    yield identity, name

    def _exactly(self, forms: Iterable[str], *, also: str = "") -> Iterator[tuple[str, str]]:
        """Yield whose name is one of the forms; with `also`, only who has a name that fits the typed letters too."""
        for form in filter(None, forms):
            for identity, name in _range(self._names, form, exactly=True):
                if not also or self._matching_name(identity, also):
                    yield identity, name

    def _of_article(self, asked: Asked, sought: str) -> Iterator[tuple[str, str]]:
        for identity, _ in self._in_article.get(asked.article, Counter()).most_common():
            name = self._matching_name(identity, sought)
            if name:
                yield identity, name

    def _often_mentioned(self, query: str) -> Iterator[tuple[str, str]]:
        for identity, _ in self._counts.most_common(_OFTEN):
            name = next((name for name in self._folded.get(identity, ()) if name.startswith(query)), "")
            if name:
                yield identity, name

    def _with_words(self, query: str) -> Iterator[tuple[str, str]]:
        longest = max(query.split(" "), key=len)
        for identity, _ in islice(_range(self._words, longest), _LOOKED_AT):
            name = self._matching_name(identity, query)
            if name:
                yield identity, name

    # -- small steps ----------------------------------------------------------------------------------------------

    def _count(self, link: _Linked, by: int) -> None:
        self._before[link.folded][link.entity] += by
        self._counts[link.entity] += by
        self._in_article[link.article][link.entity] += by
        for counter, key in ((self._before, link.folded), (self._in_article, link.article)):
            if counter[key][link.entity] <= 0:
                del counter[key][link.entity]

    def _fits(self, identity: str, asked: Asked) -> bool:
        entity = self._entities.get(identity)
        return entity is not None and asked.kind in (None, entity.kind)

    def _shown(self, identity: str) -> str:
        return fold(self._entities[identity].name) if identity in self._entities else ""

    def _matching_name(self, identity: str, query: str) -> str:
        """Return a name of the entity of which every typed word begins some word, or an empty string."""
        parts = query.split(" ")
        for name, words in self._folded.get(identity, {}).items():
            if all(any(word.startswith(part) for word in words) for part in parts):
                return name
        return ""

    def _take(self, entity: Entity) -> dict[str, list[str]]:
        """Keep an entity and return its folded names with the words of each."""
        self._entities[entity.id] = entity
        names = filter(None, (fold(name.text).strip(" ") for name in entity.names))
        self._folded[entity.id] = folded = {name: _words_of(name) for name in names}
        return folded

    def _places_near(self, article: str) -> list[Entity]:
        known = (self._entities.get(identity) for identity in self._in_article.get(article, ()))
        return [place for place in known if place and place.latitude is not None]

    def _candidate(self, identity: str, why: str, folded: str, near: list[Entity]) -> Candidate:
        entity = self._entities[identity]
        name = next((name.text for name in entity.names if fold(name.text) == folded), entity.name)
        others = [place for place in near if place.id != identity]
        distances = [distance(entity, place) for place in others] if entity.latitude is not None else []
        return Candidate(entity, name, why, self._counts[identity], min(distances, default=None))


def distance(one: Entity, other: Entity) -> float:
    """Return the distance of two places with coordinates in kilometres."""
    return kilometres((one.latitude or 0.0, one.longitude or 0.0), (other.latitude or 0.0, other.longitude or 0.0))


_ORDER = {"before": 0, "exact": 1, "plain": 2, "article": 3, "begins": 4, "word": 5}


def _rank(candidate: Candidate) -> tuple[int, float, int, int]:
    """Sort by the reason, then what is near, then what is mentioned often, then the shorter name."""
    away = float("inf") if candidate.distance is None else candidate.distance
    return _ORDER[candidate.why], away, -candidate.mentions, len(candidate.name)


def _words_of(name: str) -> list[str]:
    """Return the words of a folded name, those with the article also without it."""
    words = name.split(" ")
    return words + [word[2:] for word in words if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1]


def _plain_forms(words: str) -> list[str]:
    """Return the folded forms of words without what is written onto the first one; بدمشق gives دمشق."""
    found = readings(words, 0, len(words)) if words else ()
    return [fold(one.form or words[one.start :]).strip(" ") for one in found[1:] or found if one.start or one.form]


def _range(pairs: list[tuple[str, str]], sought: str, *, exactly: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of the sorted pairs whose name begins with what is sought, or is it."""
    for at in range(bisect_left(pairs, (sought, "")), len(pairs)):
        name, identity = pairs[at]
        if not (name == sought if exactly else name.startswith(sought)):
            return
        yield identity, name


def _discard(pairs: list[tuple[str, str]], pair: tuple[str, str]) -> None:
    at = bisect_left(pairs, pair)
    if at < len(pairs) and pairs[at] == pair:
        del pairs[at]
