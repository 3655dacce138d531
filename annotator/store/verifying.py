"""Judging received operations once they stand in the log (of a transaction that can still be rolled back).

Their chains are proved before; here it is asked what they say: the shape of each body, the id that must follow from it, whose
it is, what it replaces, to which step it belongs, and that quotes are what stands in the texts. Nothing of it depends on the
order in which bundles come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, NoReturn

import orjson

from annotator.bundle_errors import MissingTexts, MissingThing, NotTheirs, WrongOperation
from annotator.errors import ProjectError
from annotator.language import N_, Sentence
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.kinds import KINDS, REVIEWER, Kind, Value
from annotator.store.operations import Operation

_ACTION = re.compile(r"[a-z][a-z_]{0,39}")
_END_OF_TIME = 253_370_764_800_000  # milliseconds; the year 9999, after which times cannot be written any more
_LONGEST_NAME = 80
_BRINGING = frozenset({"import", "carry", "create"})  # of what is somebody else's, these may bring in what is not there
_TRAVEL = frozenset({"undo", "redo"})
_TEXTS_KEPT, _OWNERS_KEPT = 64, 20_000

SHAPE = N_("what it says has not the form of its kind.")
IDENTITY = N_("its id is not one that follows from the ones before or from what it says.")
PARENTS = N_("it replaces what it cannot replace.")
STEP = N_("it belongs to no step that it can belong to.")
QUOTE = N_("its words are not those of the article.")
KIND = N_("this version knows no such kind.")
NAME = N_("its reviewer has no name that a reviewer can have.")


class Known(NamedTuple):
    """What is asked of any operation of a thing: the newest of them is its value, those that none replaces are its heads."""

    id: bytes
    parents: bytes
    kind: str
    reviewer: str
    removes: bool


class Verifier:
    """Judges the operations of one bundle."""

    def __init__(self, connection: Connection, *, file: str, sender: str, project: bytes) -> None:
        self._connection = connection
        self._file, self._sender, self._project = file, sender, project
        self._replica = self._newest = b""
        self._step: tuple[bytes, Operation | None] = (b"", None)
        self._text_of = lru_cache(_TEXTS_KEPT)(self._read_text)
        self._sha256_of = lru_cache(_OWNERS_KEPT)(self._read_sha256)
        self._annotations: dict[bytes, tuple[str, str]] = {}

    def begin(self, replica: bytes, after: bytes) -> None:
        """Say whose operations come now, and the id of the one before the first of them."""
        self._replica, self._newest = replica, after
        self._step = (b"", None)

    def judged(
        self, operations: Sequence[Operation], things: Mapping[bytes, Sequence[Known]]
    ) -> Iterator[tuple[Operation, Value | None]]:
        """Yield the operations of one replica, in their order, with their values; raise what is wrong with one.

        `things` has all operations of the things they are about. Raises WrongOperation, NotTheirs or MissingThing.
        """
        for operation in operations:
            kind = KINDS.get(operation.kind)
            if kind is None:
                self._wrong(operation, KIND)
            self._judge_frame(operation)
            value = self._value(operation, kind)
            self._judge_parents(operation, things[operation.entity])
            self._judge_owner(operation, kind, value, things[operation.entity])
            if value is not None:
                self._judge_words(operation, kind, value)
            yield operation, value

    # -- the operation itself -------------------------------------------------------------------------------------

    def _judge_frame(self, op: Operation) -> None:
        name = op.reviewer
        if not (0 < len(name) <= _LONGEST_NAME and name.isprintable() and name == name.strip()):
            self._wrong(op, NAME)
        well_made = op.id[6] >> 4 == 7 and op.id[8] >> 6 == 2 and int.from_bytes(op.id[:6], "big") < _END_OF_TIME
        if not well_made or op.id < self._project or op.id <= self._newest:
            self._wrong(op, IDENTITY)
        self._newest = op.id
        self._judge_step(op)

    def _judge_step(self, op: Operation) -> None:
        """A step is named by its first operation, lies in one replica, and is one reviewer's under one name."""
        if self._step[0] != op.step:
            first = op if op.step == op.id else self._find(op.step)
            self._step = (op.step, first)
            if first:
                self._judge_target(op)
        first = self._step[1]
        if first is None or not _ACTION.fullmatch(op.action) or _belonging(first) != _belonging(op):
            self._wrong(op, STEP)

    def _judge_target(self, op: Operation) -> None:
        if (op.action in _TRAVEL) != (op.target is not None):
            self._wrong(op, STEP)
        target = self._find(op.target) if op.target else None
        if op.target and (target is None or target.reviewer != op.reviewer or target.step != target.id):
            self._wrong(op, STEP)

    def _value(self, op: Operation, kind: Kind) -> Value | None:
        if op.body is None:
            return None
        try:
            value: Value = orjson.loads(op.body)
        except ValueError:
            self._wrong(op, SHAPE)
        if not kind.shape(value):
            self._wrong(op, SHAPE)
        if kind.derived and kind.derived(value) != op.entity:
            self._wrong(op, IDENTITY)
        return value

    # -- whose it is ----------------------------------------------------------------------------------------------

    def _judge_parents(self, op: Operation, known: Sequence[Known]) -> None:
        if any(one.kind != op.kind for one in known):
            self._wrong(op, PARENTS)
        if not op.parents:
            if op.body is None:
                self._wrong(op, PARENTS)
            return
        earlier = {one.id for one in known if one.id < op.id}
        if not earlier.issuperset(parents_of(op.parents)):
            missing = set(parents_of(op.parents)) - {one.id for one in known}
            if missing and not any(map(self._find, missing)):
                raise MissingThing(file=self._file, sender=self._sender, what=uuid_text(min(missing)))
            self._wrong(op, PARENTS)

    def _judge_owner(self, op: Operation, kind: Kind, value: Value | None, known: Sequence[Known]) -> None:
        """What has an owner is changed by nobody else; others may bring in what is not there, and take that back."""
        if not kind.owner:
            return
        owner = self._owner(op, kind, value, known)
        if owner == op.reviewer:
            return
        replaced = set(parents_of(op.parents))
        others = [one for one in known if one.id in replaced and one.reviewer != op.reviewer]
        brings = op.action in _BRINGING and all(one.removes for one in others)
        if not brings and not (op.action in _TRAVEL and not others):
            seq, replica = op.seq, uuid_text(self._replica)
            raise NotTheirs(file=self._file, reviewer=op.reviewer, owner=owner, seq=seq, replica=replica)

    def _owner(self, op: Operation, kind: Kind, value: Value | None, known: Sequence[Known]) -> str:
        if op.kind == "annotation":
            return self._annotation_owner(op, value, known)
        value = value or self._first_value(op)
        return str(value[REVIEWER]) if kind.owner == REVIEWER else self._annotation(value[kind.owner])[0]

    def _annotation_owner(self, op: Operation, value: Value | None, known: Sequence[Known]) -> str:
        """Return whose an annotation is; it stays its reviewer's and its article's for good."""
        if value and known[0].id == op.id:
            self._keep(op.entity, (value["reviewer"], value["article"]))
        owner, article = self._annotation(uuid_text(op.entity))
        if value and (value["reviewer"], value["article"]) != (owner, article):
            raise self._not_theirs(op, owner)
        return owner

    def _not_theirs(self, op: Operation, owner: str) -> ProjectError:
        replica = uuid_text(self._replica)
        return NotTheirs(file=self._file, reviewer=op.reviewer, owner=owner, seq=op.seq, replica=replica)

    def _first_value(self, op: Operation) -> Value:
        """Return the first value that a thing ever had."""
        row = self._connection.execute(
            "SELECT body FROM op WHERE entity = ? AND body IS NOT NULL ORDER BY id LIMIT 1", (op.entity,)
        ).fetchone()
        value: Value = orjson.loads(row[0]) if row else {}
        if not KINDS[op.kind].shape(value):
            self._wrong(op, SHAPE)
        return value

    # -- what it speaks of ----------------------------------------------------------------------------------------

    def _judge_words(self, op: Operation, kind: Kind, value: Value) -> None:
        if op.kind == "article":
            text = self._text_of(value["sha256"])
            parts = value.get("boilerplate", ())
            if text is None:
                raise MissingTexts(file=self._file, sender=self._sender)
            if not all(0 <= one["start"] < one["end"] <= len(text) for one in parts):
                self._wrong(op, QUOTE)
            return
        spans = list(kind.spans(value))
        if not spans:
            return
        text = self._text_of(self._sha256(kind, value))
        if text is None:
            raise MissingThing(file=self._file, sender=self._sender, what=value.get("article", ""))
        if not all(
            start < end and text[start:end] == quote and len(quote) == end - start for start, end, quote in spans
        ):
            self._wrong(op, QUOTE)

    def _sha256(self, kind: Kind, value: Value) -> str:
        article = self._annotation(value[kind.hangs_on])[1] if kind.hangs_on else value["article"]
        found = self._sha256_of(article)
        if found is None:
            raise MissingThing(file=self._file, sender=self._sender, what=article)
        return found

    def _read_sha256(self, article: str) -> str | None:
        row = self._connection.execute(
            "SELECT body ->> '$.sha256' FROM op WHERE entity = ? AND body IS NOT NULL LIMIT 1", (uuid_bytes(article),)
        ).fetchone()
        return str(row[0]) if row else None

    def _read_text(self, sha256: str) -> str | None:
        row = self._connection.execute("SELECT text FROM text WHERE sha256 = unhex(?)", (sha256,)).fetchone()
        return str(row[0]) if row else None

    def _annotation(self, annotation: str) -> tuple[str, str]:
        """Return the reviewer and the article of an annotation, also of a removed one."""
        identity = uuid_bytes(annotation) or b""
        found = self._annotations.get(identity) or self._read_annotation(identity)
        if found is None:
            raise MissingThing(file=self._file, sender=self._sender, what=annotation)
        return self._keep(identity, found)

    def _keep(self, identity: bytes, found: tuple[str, str]) -> tuple[str, str]:
        if len(self._annotations) >= _OWNERS_KEPT:
            self._annotations.clear()
        self._annotations[identity] = found
        return found

    def _read_annotation(self, identity: bytes) -> tuple[str, str] | None:
        row = self._connection.execute(
            "SELECT body ->> '$.reviewer', body ->> '$.article' FROM op "
            "WHERE entity = ? AND kind = 'annotation' AND body IS NOT NULL ORDER BY id LIMIT 1",
            (identity,),
        ).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def _find(self, identity: bytes) -> Operation | None:
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM op WHERE id = ?", (identity,)).fetchone()
        return Operation(*row) if row else None

    def _wrong(self, op: Operation, reason: str) -> NoReturn:
        replica, sentence = uuid_text(self._replica), Sentence(reason)
        raise WrongOperation(file=self._file, seq=op.seq, replica=replica, reason=sentence)


_COLUMNS = "rid, seq, id, step, action, target, reviewer, kind, entity, parents, NULL, hash"


def parents_of(joined: bytes) -> list[bytes]:
    """Return the ids of the operations that one replaces."""
    return [joined[start : start + 16] for start in range(0, len(joined), 16)]


def things_known(connection: Connection, entities: Sequence[bytes]) -> dict[bytes, list[Known]]:
    """Return all operations of these things, each thing's in the order of their ids."""
    found: dict[bytes, list[Known]] = defaultdict(list)
    rest = iter(dict.fromkeys(entities))
    while some := list(islice(rest, 1000)):
        marks = ", ".join("?" * len(some))
        for entity, *known in connection.execute(
            "SELECT entity, id, parents, kind, reviewer, body IS NULL FROM op "
            f"WHERE entity IN ({marks}) ORDER BY entity, id",
            some,
        ):
            found[entity].append(Known(*known))
    return found


def _belonging(op: Operation) -> tuple[Any, ...]:
    return op.rid, op.action, op.reviewer, op.target
