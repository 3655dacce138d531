"""What is asked to come in: files and folders, or bytes that came by the clipboard or were dropped. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.incoming import AnyFile
from annotator.readers.draft import Options
from annotator.readers.source_file import SourceFile, in_memory
from annotator.survey import Choices, FileChoice


def pasted(kind: str, text: str, *, name: str = "clipboard") -> SourceFile:
    """Return a text (`txt`) or a piece of HTML (`html`) as a file of this name."""
    # A lone surrogate makes bytes that no decoder takes, so that it is refused with a reason as everywhere.
    return in_memory(f"{name}.{kind}", text.encode("utf-8", "surrogatepass"))


def as_utf8(sources: Sequence[AnyFile]) -> Choices:
    """Return how bytes of our own making are to be read, whatever an HTML text says of the file it came from."""
    own = [one.path for one in sources if isinstance(one, SourceFile)]
    return {path: FileChoice(Options("utf-8")) for path in own}


def source_of(file: Path, given: Sequence[AnyFile]) -> AnyFile:
    """Return what must be read again to read a file again: itself, or the archive that it lies in."""
    for one in given:
        if isinstance(one, SourceFile) and (one.path == file or one.path in file.parents):
            return one
    return next((path for path in (file, *file.parents) if path.is_file()), file)
