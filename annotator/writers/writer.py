"""What a writer is: a pure function from a marked project, whose articles come as a stream, to a file.

The same project gives the same bytes. The file appears under its name only when it is whole: it is written under a
temporary name beside it, flushed to the disk and renamed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator.errors import CannotWrite, DiskFull
from annotator.language import Sentence
from annotator.model import MarkedProject

Write = Callable[[MarkedProject, BinaryIO], tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: its name, the ending of its files, and the function that writes one and returns what was lost."""

    name: str
    ending: str
    write: Write


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file that becomes `path` only if the block succeeds. Raises CannotWrite or DiskFull."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull from error
        raise CannotWrite(path=path, reason=error.strerror or error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
