"""JSON files of any make: an array of records (also one within an object), one record alone, or lines that end in `.json`.

An array may be larger than the memory: it is cut into its items as it is read. `part` is the number of the item, from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from annotator.errors import ProjectError
from annotator.file_errors import BadItem, FileTooBig, NotReadable
from annotator.language import N_, Sentence
from annotator.readers import json_lines
from annotator.readers.draft import Common, Draft, Options, Reader, Table
from annotator.readers.field_mapping import names_text, table_of
from annotator.readers.hanging import Unacceptable
from annotator.readers.json_cutting import Cut, Cutter
from annotator.readers.json_records import RawRecord, RecordReader, is_marked
from annotator.readers.json_values import value_in
from annotator.readers.source_file import BIGGEST_PAGE, SourceFile, unreadable
from annotator.readers.utf8_view import Utf8View, utf8_view

_SPACE = b" \t\r\n"
_HEAD = 1 << 12
_ARRAY = re.compile(rb'\s*\[\s*\{\s*"')
_OBJECT = re.compile(rb'\s*\{\s*"[^"\\]*"\s*:')
_KEY = re.compile(rb'\s*"(?:[^"\\]++|\\.)*+"\s*:', re.DOTALL)


def read(source: SourceFile, options: Options) -> Iterator[Draft | Common | ProjectError]:
    """Yield what stands in every record, or an error with the record's number."""
    try:
        view = utf8_view(source, options)
        if _is_lines(view, source):
            yield from json_lines.read(source, options)
        else:
            yield from _reader(source, view, options).read(_records(view))
    except ProjectError as error:
        yield error
    except Unacceptable as error:
        yield NotReadable(reason=error.sentence)
    except OSError as error:
        yield unreadable(error)


def table(source: SourceFile, options: Options) -> Table:
    """Return the first records as a table; raise ProjectError."""
    try:
        view = utf8_view(source, options)
        if _is_lines(view, source):
            return json_lines.table(source, options)
        return table_of(_reader(source, view, options).rows(_records(view)), options.mapping)
    except Unacceptable as error:
        raise NotReadable(reason=error.sentence) from error
    except OSError as error:
        raise unreadable(error) from error


def _reader(source: SourceFile, view: Utf8View, options: Options) -> RecordReader:
    return RecordReader(
        source, view, options, reader="json", refused=lambda number, reason: BadItem(number=number, reason=reason)
    )


def _is_lines(view: Utf8View, source: SourceFile) -> bool:
    """Tell whether a file is called so, or holds a whole record on its first line and more behind it."""
    with view.opened() as file:
        head = file.read(_HEAD)
        if not head.lstrip().startswith(b"{"):
            return False  # an array may be one line of any length
        if source.path.suffix.lower() in json_lines.READER.endings:
            return True
        first, end, after = head.partition(b"\n")
        first += b"" if end else file.readline(BIGGEST_PAGE)
        if not (after + file.read(_HEAD)).strip():
            return False
    try:
        value_in(first)
    except Unacceptable:
        return False
    return True


def _records(view: Utf8View) -> Iterator[RawRecord]:
    """Yield the records of an array, those of the one array within an object, or the object as the only record."""
    chunks = view.chunks()
    first = next((rest for chunk in chunks if (rest := chunk.lstrip(_SPACE))), b"")
    if first.startswith(b"["):
        yield from _items(chain([first[1:]], chunks))
        return
    data = _whole(chain([first], chunks))
    inner = _array_in(data)
    if inner is None:
        yield RawRecord(1, data)
    else:
        yield from _items([inner[1:]])


def _items(chunks: Iterable[bytes]) -> Iterator[RawRecord]:
    cutter, number = Cutter(limit=BIGGEST_PAGE), 0
    for number, cut in enumerate(cutter.cut(chunks), start=1):
        yield RawRecord(number, cut.data or b"", _flaw(number, cut))
    if cutter.closed and cutter.rest.strip():
        yield RawRecord(number, b"", NotReadable(reason=Sentence(N_("more stands behind the end of its list."))))
    elif not cutter.closed:
        yield RawRecord(number, b"", NotReadable(reason=Sentence(N_("its list has no end: something was cut off."))))


def _flaw(number: int, cut: Cut) -> ProjectError | None:
    if cut.data is None:
        reason = Sentence(N_("it is longer than {limit} MB, which no article is."), {"limit": BIGGEST_PAGE >> 20})
        return BadItem(number=number, reason=reason)
    if not cut.whole:
        return BadItem(number=number, reason=Sentence(N_("the file ends in the middle of it.")))
    return None


def _whole(chunks: Iterable[bytes]) -> bytes:
    data = b""
    for chunk in chunks:
        data += chunk
        if len(data) > BIGGEST_PAGE:
            raise FileTooBig(limit=BIGGEST_PAGE >> 20)
    return data.strip(_SPACE)


def _array_in(data: bytes) -> bytes | None:
    """Return the only array of objects in an object, as feeds and search machines wrap their records; else None."""
    value = value_in(data)
    if not isinstance(value, dict) or is_marked(value) or names_text([name for name in value if _is_text(value[name])]):
        return None
    names = [name for name, inner in value.items() if _is_records(inner)]
    if len(names) != 1:
        return None
    for cut in Cutter(limit=len(data)).cut([data[1:]]):
        found = _KEY.match(cut.data or b"")
        if found and value_in(found.group().strip()[:-1].strip()) == names[0]:
            return (cut.data or b"")[found.end() :].strip(_SPACE)
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _recognises(head: bytes) -> bool:
    head = head.removeprefix(b"\xef\xbb\xbf")
    return bool(_ARRAY.match(head) or _OBJECT.match(head))


READER = Reader("json", frozenset({".json"}), read, _recognises, table)
