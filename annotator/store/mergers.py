"""Where mergers of the register lead in the end: on several laptops one may be merged into what is merged elsewhere.

A merger alone points to an entity that stands. Work that comes together can make chains of them, and rings: here A was merged
into B, there B into A. In a chain all mean its end. In a ring the oldest merger gives way, so that one entity stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.store.clock import uuid_text

if TYPE_CHECKING:  # the projection is made by what the database needs
    from annotator.store.database import Connection

_Merger = tuple[bytes, bytes]  # its operation, and the entity it points to


def follow_mergers(connection: Connection, schema: str = "main") -> None:
    """Have every merged entity point to one that stands."""
    found = connection.execute(
        f"SELECT id, op, merged_as, merged_into FROM {schema}.entity WHERE merged_as IS NOT NULL"
    ).fetchall()
    mergers = {identity: (op, target) for identity, op, target, _ in found}
    for identity, _, _, now in found:
        wanted = _end(identity, mergers)
        if wanted != now:
            connection.execute(
                f"UPDATE {schema}.entity SET merged_into = ?, body = json_set(body, '$.merged_into', ?) WHERE id = ?",
                (wanted, uuid_text(wanted) if wanted else "", identity),
            )


def _end(identity: bytes, mergers: dict[bytes, _Merger]) -> bytes | None:
    """Return the entity to which a merger leads in the end; None for one that stands after all."""
    path = [identity]
    while path[-1] in mergers:
        following = mergers[path[-1]][1]
        if following in path:
            ring = path[path.index(following) :]
            standing = min(ring, key=lambda one: mergers[one][0])
            return None if standing == identity else standing
        path.append(following)
    return path[-1]
