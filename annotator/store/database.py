"""The project file as a SQLite database: opening, creating, migrating, and the one way to write.

The driver is `sqlcipher3`, whose SQLite is new everywhere; its exceptions are not those of the standard library, and only
this file knows them: they leave as `ProjectError`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2 as sqlite
from sqlite_utils import Database

from annotator.errors import (
    CannotOpen,
    DiskFailed,
    DiskFull,
    NewerProject,
    NotAProject,
    OlderProject,
    ProjectBusy,
    ProjectDamaged,
    ProjectError,
    ProjectExists,
    ProjectMissing,
    ReadOnlyProject,
)
from annotator.project_file import APPLICATION_ID
from annotator.store import veil
from annotator.store.migrations import FORMAT, migrations

Connection: TypeAlias = "sqlite.Connection"
_BUSY_MILLISECONDS = 5000
# Durable, and nothing of the text outside the file: see docs/architecture.md, "The store".
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}",
)


def create(path: Path) -> Connection:
    """Create a project file with its tables; raise ProjectExists if there is a file already."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise ProjectExists(path=path) from error
    except OSError as error:
        raise DiskFull if error.errno == errno.ENOSPC else CannotOpen(path=path, reason=error.strerror) from error
    with failures_of(path):
        connection = _connect(path, read_only=False)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(connection)
    return connection


def in_memory() -> Connection:
    """Return an empty database that no file belongs to."""
    return sqlite.connect(":memory:", isolation_level=None)


def open_existing(path: Path, *, read_only: bool) -> Connection:
    """Open a project file and bring it up to date.

    Raises ProjectMissing, NotAProject, NewerProject, OlderProject (only when reading), ProjectDamaged or CannotOpen.
    """
    if not path.is_file():
        raise ProjectMissing(path=path)
    with failures_of(path):
        _refuse_foreign(path)
        connection = _connect(path, read_only=read_only)
        _bring_up_to_date(connection, path, read_only=read_only)
    return connection


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Run one durable transaction; on any failure nothing of it stays. Raises DiskFull and the like."""
    with failures_of(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk has already rolled back; a second ROLLBACK would be an error of its own.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def rehearsal(connection: Connection, path: Path) -> Iterator[None]:
    """Run a transaction of which nothing stays, to see what it would do."""
    with failures_of(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """Within a transaction, run a part of it of which nothing stays when it fails."""
    connection.execute("SAVEPOINT attempt")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO attempt")
            connection.execute("RELEASE attempt")
        raise
    connection.execute("RELEASE attempt")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Read the project in one state throughout the block, whatever another program writes to it meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def failures_of(path: Path) -> Iterator[None]:
    """Turn the driver's exceptions about the world into `ProjectError`; bugs (bad SQL, broken checks) pass through."""
    try:
        yield
    except sqlite.DatabaseError as error:
        known = _as_project_error(path, error)
        if known is None:
            raise
        raise known from error


def save_copy(connection: Connection, path: Path, copy: Path) -> None:
    """Write a complete copy of the open project to a new file."""
    with failures_of(path), veil.lifted(connection):  # VACUUM takes the views of blind mode for the tables themselves
        connection.execute("VACUUM INTO ?", [str(copy)])


def _as_project_error(path: Path, error: sqlite.DatabaseError) -> ProjectError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_IOERR"):
        return DiskFailed(reason=name)
    known = {
        "SQLITE_FULL": DiskFull(),
        "SQLITE_NOTADB": NotAProject(path=path),
        "SQLITE_BUSY": ProjectBusy(path=path),
        "SQLITE_LOCKED": ProjectBusy(path=path),
        "SQLITE_READONLY": ReadOnlyProject(path=path),
        "SQLITE_CORRUPT": ProjectDamaged(path=path),
        "SQLITE_CANTOPEN": CannotOpen(path=path, reason=str(error)),
    }
    return known.get("_".join(name.split("_")[:2]))


def _refuse_foreign(path: Path) -> None:
    """Look at the file without changing it (not even its journal mode) and refuse what is not a project of ours."""
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            raise NotAProject(path=path)
        found = _pragma(connection, "user_version")
        if found > FORMAT:
            raise NewerProject(path=path, found=found, known=FORMAT)
    finally:
        connection.close()


def _connect(path: Path, *, read_only: bool) -> Connection:
    mode = "ro" if read_only else "rw"
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    for pragma in _PRAGMAS[2:] if read_only else _PRAGMAS:
        connection.execute(pragma)
    return connection


def _bring_up_to_date(connection: Connection, path: Path, *, read_only: bool) -> None:
    if _pragma(connection, "user_version") == FORMAT:
        return
    if read_only:
        raise OlderProject(path=path)
    back_up(connection, path, f"format-{FORMAT}")
    _migrate(connection)


def back_up(connection: Connection, path: Path, before: str) -> Path:
    """Write a complete copy beside the project, before something that changes much of it; return where it is."""
    number = 1
    while (backup := path.with_name(f"{path.stem}.before-{before}.{number}{path.suffix}")).exists():
        number += 1
    partial = backup.with_name(f".{backup.name}.part")
    with failures_of(path):
        try:
            partial.unlink(missing_ok=True)  # of a program that was killed
            save_copy(connection, path, partial)
            partial.replace(backup)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    return backup


def _migrate(connection: Connection) -> None:
    """Apply all missing migrations as one transaction."""
    database = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(database)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
