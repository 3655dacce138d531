"""Reading who works on a project, in which role, and what holds for everybody.

Nobody need say who the lead is: it is whoever made the project, that is who has the first operation, until a role is given.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.decisions import DoubleReading, Reviewer, Role, Settings, Workload
from annotator.store.database import Connection
from annotator.store.identity import reviewer_id

BLIND, DOUBLE = "blind", "double"
_IS_DONE = (
    "EXISTS (SELECT 1 FROM reading WHERE reading.article = given.article AND reading.reviewer = given.reviewer "
    "AND reading.state = 'done')"
)
_IS_BEGUN = (
    "EXISTS (SELECT 1 FROM annotation AS one WHERE one.article = given.article AND one.reviewer = given.reviewer)"
)
_WORKLOAD = (
    f"SELECT given.reviewer, count(*), sum({_IS_DONE}), sum({_IS_BEGUN} AND NOT {_IS_DONE}), "
    "sum((SELECT count(*) FROM assignment AS other WHERE other.article = given.article) > 1) "
    "FROM assignment AS given WHERE given.article IN (SELECT id FROM article) GROUP BY given.reviewer"
)


def team(connection: Connection) -> tuple[Reviewer, ...]:
    """Return all reviewers with their roles, sorted by name."""
    maker = _maker(connection)
    rows = connection.execute("SELECT name, role FROM reviewer ORDER BY name").fetchall()
    return tuple(Reviewer(name, _role(name, role, maker)) for name, role in rows)


def given_roles(connection: Connection) -> dict[str, Role]:
    """Return the roles that somebody gave, by name."""
    return dict(connection.execute("SELECT name, role FROM reviewer WHERE role <> '' ORDER BY name").fetchall())


def role_of(connection: Connection, name: str) -> Role:
    """Return the role of a reviewer, also of one who has not joined."""
    row = connection.execute("SELECT role FROM reviewer WHERE id = ?", (reviewer_id(name),)).fetchone()
    return _role(name, row[0] if row else "", _maker(connection))


def settings(connection: Connection) -> Settings:
    """Return what holds for everybody."""
    found = {key: orjson.loads(body)["value"] for key, body in connection.execute("SELECT key, body FROM setting")}
    double = found.get(DOUBLE)
    return Settings(bool(found.get(BLIND)), double_of(double) if double else None)


def double_of(value: dict[str, Any]) -> DoubleReading:
    """Return how it was drawn who reads what, of the value of the setting."""
    return DoubleReading(value["share"], value["seed"], tuple(value["reviewers"]))


def assigned_articles(connection: Connection) -> set[bytes]:
    """Return the keys of the articles that were given to somebody."""
    return {row[0] for row in connection.execute("SELECT DISTINCT article FROM assignment")}


def workload(connection: Connection) -> tuple[Workload, ...]:
    """Return how far everybody is with what they were given, sorted by name; also of those who were given nothing."""
    counted = {name: counts for name, *counts in connection.execute(_WORKLOAD)}
    maker = _maker(connection)
    roles = {name: _role(name, role, maker) for name, role in connection.execute("SELECT name, role FROM reviewer")}
    nothing = [0, 0, 0, 0]
    found = []
    for name in sorted({*counted, *roles}):
        assigned, done, begun, double = counted.get(name, nothing)
        role = roles.get(name) or _role(name, "", maker)
        found.append(Workload(name, role, assigned, assigned - done - begun, begun, done, double))
    return tuple(found)


def _role(name: str, given: str, maker: str) -> Role:
    if given in ("lead", "reviewer"):
        return given  # type: ignore[return-value]  # it is one of them
    return "lead" if name == maker else "reviewer"


def _maker(connection: Connection) -> str:
    row = connection.execute("SELECT reviewer FROM op ORDER BY id LIMIT 1").fetchone()
    return row[0] if row else ""
