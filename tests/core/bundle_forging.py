"""Forging bundles: taking one apart, changing it, and putting it together again with or without new hashes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.store.operations import chain_hash

Record = dict[str, Any]
Op = list[Any]
SEQ, ID, STEP, ACTION, TARGET, REVIEWER, KIND, ENTITY, PARENTS, BODY, HASH = range(11)


def read(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(bundle: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(bundle, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return bundle


def signed(manifest: Record) -> bytes:
    """The manifest with its digest made anew."""
    plain = {name: value for name, value in manifest.items() if name != "digest"}
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return json.dumps(plain | {"digest": hashlib.sha256(canonical).hexdigest()}).encode()


def with_manifest(source: Path, target: Path, change: Callable[[Record], object], *, sign: bool = True) -> Path:
    """The bundle with another manifest."""
    files = read(source)
    manifest = json.loads(files["manifest.json"])
    change(manifest)
    return write(target, files | {"manifest.json": signed(manifest) if sign else json.dumps(manifest).encode()})


def with_operations(source: Path, target: Path, change: Callable[[list[Op]], object], *, sign: bool = True) -> Path:
    """The bundle with other operations in its last segment; with `sign`, a clever forger makes all hashes anew."""
    files = read(source)
    manifest = json.loads(files["manifest.json"])
    part = manifest["segments"][-1]
    operations = [json.loads(line) for line in files[part["file"]].splitlines()]
    change(operations)
    if sign:
        chain(operations, part)
    files[part["file"]] = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in operations)
    manifest["sha256"][part["file"]] = hashlib.sha256(files[part["file"]]).hexdigest()
    return write(target, files | {"manifest.json": signed(manifest)})


def chain(operations: list[Op], part: Record) -> None:
    """Make the hashes of a segment anew."""
    previous = bytes.fromhex(part["before"])
    part["last"] = part["first"] + len(operations) - 1
    for op in operations:
        raw = bytes.fromhex
        previous = chain_hash(
            previous, raw(part["replica"].replace("-", "")), op[SEQ], raw(op[ID]), raw(op[STEP]), op[ACTION],
            raw(op[TARGET]) if op[TARGET] else None, op[REVIEWER], op[KIND], raw(op[ENTITY]), raw(op[PARENTS]), op[BODY],
        )  # fmt: skip
        op[HASH] = previous.hex()
    part["after"] = previous.hex()


def in_body(op: Op, **changes: Any) -> None:
    """Change fields of an operation's value; a field given as `...` goes."""
    value = json.loads(op[BODY]) | changes
    op[BODY] = json.dumps({name: found for name, found in value.items() if found is not ...}, ensure_ascii=False)
