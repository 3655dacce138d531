"""Archives that would do harm are refused before anything is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from annotator.errors import ProjectError
from annotator.file_errors import DamagedFile, FileTooBig, PasswordProtected, UnsafeArchive
from annotator.readers.zip_guard import Limits, members, open_member, open_zip, read_member, refuse_unsafe


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return held.getvalue()


def opened(data: bytes) -> zipfile.ZipFile:
    return open_zip(io.BytesIO(data))


def changed(data: bytes, change: Callable[[bytearray, int], None], *, signature: bytes = b"PK\x01\x02") -> bytes:
    """Return an archive with something changed in every entry of its directory."""
    held, at = bytearray(data), data.find(signature)
    while at >= 0:
        change(held, at)
        at = data.find(signature, at + 1)
    return bytes(held)


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_what_is_harmless_is_read() -> None:
    archive = opened(zipped(("a/b.txt", b"one"), ("a/", b""), ("خبر.txt", "خبر".encode())))
    found = members(archive)
    assert [(one.name, one.size, one.error) for one in found] == [("a/b.txt", 3, None), ("خبر.txt", 6, None)]
    assert [read_member(archive, one) for one in found] == [b"one", "خبر".encode()]
    refuse_unsafe(archive)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../a.txt", "leads out"),
        ("a/../../b.txt", "leads out"),
        ("..\\a.txt", "leads out"),
        ("/etc/passwd", "leads out"),
        ("C:\\a.txt", "leads out"),
        ("c:a.txt", "leads out"),
        (link("a.txt"), "link or a device"),
    ],
)
def test_a_member_that_leads_elsewhere_is_refused_and_the_others_are_not(
    name: str | zipfile.ZipInfo, words: str
) -> None:
    archive = opened(zipped(("good.txt", b"good"), (name, b"bad")))
    good, bad = members(archive)
    assert read_member(archive, good) == b"good"
    with pytest.raises(UnsafeArchive, match=words):
        read_member(archive, bad)
    with pytest.raises(UnsafeArchive, match=words):
        refuse_unsafe(archive)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_said_twice_is_refused_the_second_time() -> None:
    archive = opened(zipped(("a.txt", b"one"), ("A.txt", b"two")))
    first, second = members(archive)
    assert read_member(archive, first) == b"one"
    with pytest.raises(UnsafeArchive, match="twice"):
        read_member(archive, second)


def test_a_locked_member_asks_for_a_copy_without_a_password() -> None:
    def lock(held: bytearray, at: int) -> None:
        held[at + 8] |= 1

    (member,) = members(opened(changed(zipped(("a.txt", b"secret")), lock)))
    assert isinstance(member.error, PasswordProtected)


def test_two_gigabytes_claimed_by_two_kilobytes_are_refused() -> None:
    def claim(held: bytearray, at: int) -> None:
        struct.pack_into("<I", held, at + 24, 2 << 30)

    archive = opened(changed(zipped(("a.txt", b"x" * 1000)), claim))
    with pytest.raises(UnsafeArchive, match="would grow more than"):
        refuse_unsafe(archive)


def test_a_bomb_that_tells_the_truth_is_refused() -> None:
    with pytest.raises(UnsafeArchive, match="ZIP bomb"):
        refuse_unsafe(opened(zipped(("a.txt", bytes(20 << 20)))))


def test_a_bomb_that_lies_yields_no_more_than_it_claims() -> None:
    def claim(held: bytearray, at: int) -> None:
        struct.pack_into("<I", held, at + 24, 1000)

    archive = opened(changed(zipped(("a.txt", bytes(20 << 20))), claim))
    (member,) = members(archive)
    tracemalloc.start()
    with pytest.raises(ProjectError, match="damaged"):
        read_member(archive, member)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20


def test_small_files_of_blanks_are_no_bombs() -> None:
    refuse_unsafe(opened(zipped(("a.txt", bytes(1 << 20)))))


def test_members_inside_each_other_are_refused() -> None:
    def same_place(held: bytearray, at: int) -> None:
        struct.pack_into("<I", held, at + 42, 0)

    data = changed(zipped(("a.txt", b"one" * 50), ("b.txt", b"two" * 50), packing=zipfile.ZIP_STORED), same_place)
    with pytest.raises(UnsafeArchive, match="inside each other"):
        members(opened(data))


@pytest.mark.parametrize(("limits", "words"), [(Limits(members=2), "3 files"), (Limits(whole=0), "says that it holds")])
def test_too_many_and_too_much_are_refused(limits: Limits, words: str) -> None:
    archive = opened(zipped(*((f"{number}.txt", b"text" * (1 << 18)) for number in range(3))))
    with pytest.raises(UnsafeArchive, match=words):
        members(archive, limits)


def test_a_member_that_is_too_large_is_refused() -> None:
    archive = opened(zipped(("a.txt", b"12345678"), packing=zipfile.ZIP_STORED))
    (member,) = members(archive, Limits(member=4))
    with pytest.raises(FileTooBig):
        read_member(archive, member)
    (member,) = members(archive)
    with pytest.raises(FileTooBig):
        read_member(archive, member, limit=4)


@pytest.mark.parametrize("cut", [3, 30, -1, -30])
def test_an_archive_that_is_cut_off_is_called_damaged(cut: int) -> None:
    with pytest.raises(DamagedFile):
        opened(zipped(("a.txt", b"text" * 100))[:cut])


def test_a_member_that_is_damaged_is_called_so() -> None:
    data = bytearray(zipped(("a.txt", bytes(range(256)) * 20)))
    data[60:80] = bytes(20)
    archive = opened(bytes(data))
    with pytest.raises(DamagedFile):
        read_member(archive, members(archive)[0])


def test_a_packing_that_nobody_knows_is_called_damaged() -> None:
    def pack(held: bytearray, at: int) -> None:
        struct.pack_into("<H", held, at + 10, 77)

    archive = opened(changed(zipped(("a.txt", b"text")), pack))
    with pytest.raises(DamagedFile):
        open_member(archive, members(archive)[0])
