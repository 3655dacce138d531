"""Which replica of the log this installation writes into a file.

A replica is one writer's chain of operations in one file. Two writers must never continue the same chain, or the history
forks; and a copied or restored file looks exactly like the one it came from. So an installation continues its replica
only when it remembers this very path *and* the chain's last hash as it left them at a clean close; in every other case
(copied, restored, another machine, a crash, an unwritable folder) it starts a new one, which costs 16 bytes.
"""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

import orjson

from annotator.folders import data_folder


def remembered_replica(project: Path, head_of: dict[bytes, bytes]) -> bytes | None:
    """Return the replica to continue in the file whose replicas have these last hashes, or None for a new one.

    What was remembered is forgotten at once, so that a crash before the next `remember` leads to a new replica.
    """
    memory = _memory(project)
    try:
        remembered = orjson.loads(memory.read_bytes())
        memory.unlink()
        replica, head = bytes.fromhex(remembered["replica"]), bytes.fromhex(remembered["head"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return replica if head_of.get(replica) == head else None


def remember(project: Path, replica: bytes, head: bytes) -> None:
    """Remember at a clean close how far this installation's replica in the file has come."""
    memory = _memory(project)
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_bytes(orjson.dumps({"replica": replica.hex(), "head": head.hex(), "project": str(project)}))
    except OSError:
        return  # the next session starts a new replica: safe, and all that is lost is 16 bytes


def new_replica() -> bytes:
    """Return the id of a new replica: 16 random bytes in the form of a UUID."""
    return uuid.uuid4().bytes


def _memory(project: Path) -> Path:
    name = hashlib.sha256(str(project.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return data_folder() / "replicas" / f"{name}.json"
