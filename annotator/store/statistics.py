"""Counting what a project holds: each statistic is one or two queries, read as a stream."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import orjson
import regex

from annotator.frames import ClaimRow
from annotator.store import veil
from annotator.store.board import claim_rows
from annotator.store.clock import milliseconds_of, uuid_text
from annotator.store.database import Connection
from annotator.tallies import DayFrom, DayOfClaims, DayOfWork, LabelCount, Named, ReadingTime, SourceClaims
from annotator.text.fold import fold

NOT_EXAMINED, DIFFERING = "not_examined", "differing"
_LONGEST_PAUSE = 5 * 60_000  # milliseconds; whoever does nothing for longer reads something else
_MINUTE = 60_000
_HERE = "article IN (SELECT id FROM article)"
_MADE = (
    f"SELECT substr(created_at, 1, 10), reviewer, count(*) FROM annotation WHERE {_HERE} GROUP BY 1, 2",
    f"SELECT substr(updated_at, 1, 10), reviewer, count(*) FROM reading WHERE state = 'done' AND {_HERE} GROUP BY 1, 2",
)
_LABELS = f"SELECT label, reviewer, count(*) FROM annotation WHERE {_HERE} GROUP BY label, reviewer"
_NAMED = """
    SELECT one.article, iif(one.form = '', one.quote, one.form), link.entity FROM annotation AS one
    LEFT JOIN link ON link.annotation = one.id
    WHERE one.label = ? AND one.article IN (SELECT id FROM article) ORDER BY one.article
"""
# What a reviewer does at an article, in the order of time. Imports bring many marks in at one moment, made elsewhere.
_WORK = """
    SELECT op.id, op.reviewer, CASE op.kind
        WHEN 'annotation' THEN coalesce(unhex(op.body ->> 'article', '-'), (
            SELECT unhex(before.body ->> 'article', '-') FROM op AS before
            WHERE before.entity = op.entity AND before.body IS NOT NULL LIMIT 1))
        WHEN 'reading' THEN unhex(op.body ->> 'article', '-')
        ELSE (SELECT one.article FROM annotation AS one WHERE one.id =
            unhex(coalesce(op.body ->> 'claim', op.body ->> 'annotation', op.body ->> 'a'), '-'))
    END
    FROM op WHERE op.kind IN ('annotation', 'frame', 'link', 'verdict', 'relation', 'reading')
    AND op.action NOT IN ('import', 'carry') ORDER BY op.id
"""
_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")


def progress(connection: Connection) -> Iterator[DayOfWork]:
    """Yield what each reviewer did day by day, in the order of the days."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number, query in enumerate(_MADE):
        for day, reviewer, count in connection.execute(query):
            found[day, reviewer][number] = count
    for (day, reviewer), (made, done) in sorted(found.items()):
        yield DayOfWork(day, reviewer, made, done)


def labels(connection: Connection, keys: Sequence[str]) -> Iterator[LabelCount]:
    """Yield how many annotations of each label each reviewer has, in the order of the labels (`keys`)."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for label, reviewer, count in connection.execute(_LABELS):
        found[label].append((reviewer, count))
    for label in [*keys, *sorted(found.keys() - set(keys))]:
        for reviewer, count in sorted(found[label]) or [("", 0)]:
            yield LabelCount(label, reviewer, count)


def minutes(connection: Connection) -> Iterator[ReadingTime]:
    """Yield how long each reviewer worked on each article, sorted by title."""
    time, operations = _worked(connection)
    titles = dict(connection.execute("SELECT id, title FROM article").fetchall())
    here = sorted((titles[article], reviewer, article) for reviewer, article in operations if article in titles)
    for title, reviewer, article in here:
        worked, number = time[reviewer, article] / _MINUTE, operations[reviewer, article]
        yield ReadingTime(uuid_text(article), title, reviewer, round(worked, 2), number)


def named(connection: Connection, label: str) -> Iterator[Named]:
    """Yield the actors or places (`label`) by how many articles speak of them, the most first."""
    standing, known = _standing(connection), _entity_names(connection)
    groups: defaultdict[tuple[bytes, str], _Group] = defaultdict(_Group)
    folded: dict[str, str] = {}
    for article, words, linked in connection.execute(_NAMED, (label,)):
        entity = standing.get(linked, linked) or b""
        if not entity and words not in folded:
            folded[words] = fold(words)
        groups[entity, "" if entity else folded[words]].count(article, words)
    for (entity, _), group in sorted(groups.items(), key=lambda item: (-item[1].articles, -item[1].mentions, item[0])):
        name = known.get(entity) or group.words.most_common(1)[0][0]
        yield Named(name, uuid_text(entity) if entity else "", group.articles, group.mentions)


def sources(connection: Connection) -> Iterator[SourceClaims]:
    """Yield how many claims of each source got which verdict, the source with the most claims first."""
    known, found = _entity_names(connection), Counter[tuple[str, str, str]]()
    names, totals = dict[str, str](), Counter[tuple[str, str]]()
    for claim in claim_rows(connection):
        source = known.get(claim.source_entity_key or b"", claim.source)
        key = fold(source)
        names.setdefault(key, source)
        found[key, claim.source_kind, _verdict(claim)] += 1
        totals[key, claim.source_kind] += 1
    for (key, kind, verdict), count in sorted(found.items(), key=lambda item: (-totals[item[0][:2]], item[0])):
        yield SourceClaims(names[key], kind, verdict, count)


def timeline(connection: Connection) -> Iterator[DayOfClaims]:
    """Yield how many claims fall on each day, in the order of the days; of an interval it is the first."""
    dates = dict(connection.execute("SELECT id, date FROM article").fetchall())
    found = Counter(_day(claim, dates) for claim in claim_rows(connection))
    for (day, by), count in sorted(found.items()):
        yield DayOfClaims(day, by, count)


@dataclass(slots=True)
class _Group:
    """What is counted of an actor or place; articles come one after the other."""

    articles: int = 0
    mentions: int = 0
    words: Counter[str] = field(default_factory=Counter)
    last: bytes = b""

    def count(self, article: bytes, words: str) -> None:
        self.articles += article != self.last
        self.last = article
        self.mentions += 1
        self.words[words] += 1


def _worked(connection: Connection) -> tuple[Counter[tuple[str, bytes]], Counter[tuple[str, bytes]]]:
    """Return by reviewer and article how many milliseconds they worked, and with how many operations.

    The log knows no veil, so here what blind mode hides is passed over.
    """
    me, hidden = veil.veiled(connection), veil.waiting(connection)
    time, operations = Counter[tuple[str, bytes]](), Counter[tuple[str, bytes]]()
    latest: dict[str, tuple[bytes, int]] = {}
    for identity, reviewer, article in connection.execute(_WORK):
        if article is None or (article in hidden and reviewer != me):
            continue
        now = milliseconds_of(identity)
        before, moment = latest.get(reviewer, (b"", 0))
        if before == article and now - moment <= _LONGEST_PAUSE:
            time[reviewer, article] += now - moment
        latest[reviewer] = (article, now)
        operations[reviewer, article] += 1
    return time, operations


def _verdict(claim: ClaimRow) -> str:
    given = set(claim.verdicts.split())
    return given.pop() if len(given) == 1 else DIFFERING if given else NOT_EXAMINED


def _day(claim: ClaimRow, dates: Mapping[bytes, str]) -> tuple[str, DayFrom]:
    own, published = _DAY.match(claim.date), _DAY.match(dates[claim.article_key])
    if own:
        return own[0], "claim"
    return (published[0] if published else ""), "article"


def _standing(connection: Connection) -> dict[bytes, bytes]:
    """Return the entities that took the place of those that were merged."""
    return dict(connection.execute("SELECT id, merged_into FROM entity WHERE merged_into IS NOT NULL").fetchall())


def _entity_names(connection: Connection) -> dict[bytes, str]:
    rows = connection.execute("SELECT id, body FROM entity")
    return {identity: orjson.loads(body)["names"][0]["text"] for identity, body in rows}
