"""The walk through folders and archives: everything that can be read is found, and the rest is said."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.errors import ProjectError
from annotator.readers.archives import Archive
from annotator.readers.finding import walk
from annotator.readers.source_file import SourceFile, in_memory, on_disk
from annotator.readers.zip_names import name_of

TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة."


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{TEXT} {name}", encoding="utf-8")


def zipped(members: dict[str, bytes | str], **kind: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def found(*paths: Path | SourceFile) -> list[str]:
    return [str(one.path) for one in walk(paths) if isinstance(one, SourceFile)]


def told(*paths: Path | SourceFile) -> dict[str, str]:
    return {one[0].name: str(one[1].sentence) for one in walk(paths) if not isinstance(one, SourceFile)}


def names(folder: Path, *paths: Path) -> list[str]:
    return [os.path.relpath(one, folder).replace(os.sep, "/") for one in found(*paths or (folder,))]


def test_folders_are_gone_through_in_a_fixed_order(tmp_path: Path) -> None:
    lay(tmp_path, "b/2.txt", "b/1.txt", "a.txt", "ج/د/ه.txt", "c.csv")
    assert names(tmp_path) == ["a.txt", "b/1.txt", "b/2.txt", "c.csv", "ج/د/ه.txt"]
    assert names(tmp_path) == names(tmp_path, tmp_path)


def test_what_nobody_means_is_passed_over_in_silence(tmp_path: Path) -> None:
    lay(tmp_path, ".hidden.txt", ".git/x.txt", ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/a.txt", "~$x.docx")
    lay(tmp_path, "my.hashiya", "my.hashiya-wal", ".my.hashiya.lock", "a.txt")
    assert names(tmp_path) == ["a.txt"]
    assert told(tmp_path) == {}


@pytest.mark.parametrize("folder", ["خبر_files", "خبر-filer", "خبر-Dateien", "خبر_ملفات"])
def test_the_pictures_of_a_saved_page_are_left_out(tmp_path: Path, folder: str) -> None:
    lay(tmp_path, "خبر.html", f"{folder}/advert.txt", "others_files/a.txt")
    assert "advert.txt" not in " ".join(names(tmp_path))
    assert "others_files/a.txt" in names(tmp_path)


def test_what_we_do_not_read_is_said(tmp_path: Path) -> None:
    lay(tmp_path, "film.mp4", "README", "a.txt")
    assert told(tmp_path) == {
        "film.mp4": "Files of this kind (.mp4) are not read.",
        "README": "Files of this kind (without an ending) are not read.",
    }
    assert names(tmp_path) == ["a.txt"]


def test_a_kind_is_known_by_its_content_too(tmp_path: Path) -> None:
    (tmp_path / "export").write_text('[{"text": "نص"}]', encoding="utf-8")
    assert names(tmp_path) == ["export"]


def test_a_file_that_was_chosen_is_read_whatever_it_is_called(tmp_path: Path, project: Project) -> None:
    lay(tmp_path, "README")
    assert names(tmp_path, tmp_path / "README") == ["README"]
    assert len(project.import_files([tmp_path / "README"]).imported) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only administrators make links")
def test_links_in_folders_are_not_followed_and_said(tmp_path: Path, project: Project) -> None:
    lay(tmp_path / "outside", "secret.txt")
    lay(tmp_path / "in", "a.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "outside/secret.txt")
    assert names(tmp_path, tmp_path / "in") == ["in/a.txt"]
    assert set(told(tmp_path / "in")) == {"loop", "link.txt"}
    assert "not followed" in told(tmp_path / "in")["loop"]
    report = project.import_files([tmp_path / "in"])
    assert (len(report.imported), len(report.skipped), report.failed) == (1, 2, [])
    assert len(found(tmp_path / "in/link.txt")) == 1, "a link that was chosen itself is meant"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_pipes_and_missing_files_do_not_hold_the_walk_up(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["a.txt"]
    assert told(tmp_path) == {"pipe.txt": "Nothing can be read from this file: it is no ordinary file."}
    assert "no such file" in told(tmp_path / "nothing.txt")["nothing.txt"]


@contextmanager
def somebody_else() -> Iterator[None]:
    """Run as a user who is not allowed everything; root may read what nobody may."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system keeps nobody out by a mode")
def test_what_may_not_be_read_is_said_and_the_rest_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("closed")
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and one != Path("/"):
            one.chmod(one.stat().st_mode | 0o055)
    lay(folder, "a.txt", "closed/x.txt", "z.txt")
    (folder / "closed").chmod(0)
    (folder / "z.txt").chmod(0)
    with somebody_else():
        assert names(folder) == ["a.txt", "z.txt"]
        assert told(folder) == {"closed": "The file cannot be read (you may not read it)."}
        [_, closed] = [one for one in walk([folder]) if isinstance(one, SourceFile)]
        with pytest.raises(Exception, match="you may not read it"):
            closed.read()
    (folder / "closed").chmod(0o700)


def test_very_deep_folders_are_no_trouble(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(400):
        deep = deep / "d"
    deep.mkdir(parents=True)
    lay(deep, "a.txt")
    assert len(found(tmp_path)) == 1


# -- archives -----------------------------------------------------------------------------------------------------


def test_archives_are_gone_through_as_folders_are(tmp_path: Path, project: Project) -> None:
    inner = zipped({"3.txt": TEXT + "3", "deep/4.txt": TEXT + "4"})
    members: dict[str, bytes | str] = {
        "b/1.txt": TEXT + "1",
        "a.txt": TEXT + "2",
        "in.zip": inner,
        "__MACOSX/._a.txt": "x",
    }
    members |= {"page.htm": "<p>", "page_files/ad.txt": "x", "film.mp4": "x"}
    (tmp_path / "all.zip").write_bytes(zipped(members, compression=zipfile.ZIP_DEFLATED))
    shown = names(tmp_path)
    assert [one for one in shown if one.endswith(".txt")] == [
        "all.zip/a.txt", "all.zip/b/1.txt", "all.zip/in.zip/3.txt", "all.zip/in.zip/deep/4.txt",
    ]  # fmt: skip
    assert "film.mp4" in told(tmp_path)
    report = project.import_files([tmp_path / "all.zip"])
    assert [one.title for one in report.imported if one.file.suffix == ".txt"] == [f"{TEXT}{n}" for n in (2, 1, 3, 4)]
    assert project.article(report.imported[0].article).source.file == "a.txt"
    assert project.check().problems == ()


def test_an_archive_may_come_from_memory(project: Project) -> None:
    source = in_memory("dropped.zip", zipped({"a.txt": TEXT}))
    [member] = [one for one in walk([source]) if isinstance(one, SourceFile)]
    assert member.read().decode() == TEXT
    assert member.beside("b.txt") is None


def test_many_members_are_read_without_opening_the_archive_anew(tmp_path: Path) -> None:
    (tmp_path / "many.zip").write_bytes(zipped({f"{number:04}.txt": f"{TEXT} {number}" for number in range(3000)}))
    members = [one for one in walk([tmp_path]) if isinstance(one, SourceFile)]
    assert [one.read().decode().split()[-1] for one in members] == [str(number) for number in range(3000)]


def test_a_member_can_be_read_after_many_other_archives(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.zip").write_bytes(zipped({"in.zip": zipped({"a.txt": f"{TEXT}{number}"})}))
    members = [one for one in walk([tmp_path]) if isinstance(one, SourceFile)]
    for _ in range(2):
        assert [one.read().decode()[-1] for one in members] == [str(number) for number in range(9)]


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/up.txt", "C:\\up.txt", "a/../../up.txt", "..\\up.txt", "\\\\server\\up.txt"]
)
def test_names_that_lead_out_are_refused_and_the_rest_comes_in(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({name: TEXT, "good.txt": TEXT}))
    assert names(tmp_path) == ["x.zip/good.txt"]
    [said] = told(tmp_path).values()
    assert "leads out of the archive" in said
    for path, _ in (one for one in walk([tmp_path]) if not isinstance(one, SourceFile)):
        assert path.is_relative_to(tmp_path / "x.zip")
        assert ".." not in path.parts


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.txt", TEXT)
    assert names(tmp_path) == ["x.zip/good.txt"]
    assert "is a link or a device" in told(tmp_path)["link.txt"]


def test_of_two_members_of_one_name_the_first_is_taken_and_the_other_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "other")
    [member] = [one for one in walk([tmp_path]) if isinstance(one, SourceFile)]
    assert member.read().decode() == TEXT
    assert "it holds “a.txt” twice" in told(tmp_path)["a.txt"]


def encrypted(data: bytes) -> bytes:
    """Return an archive whose members all say that they are encrypted."""
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            flags = struct.unpack_from("<H", data, place + at)[0] | 1
            data = data[: place + at] + struct.pack("<H", flags) + data[place + at + 2 :]
            place = data.find(signature, place + 4)
    return data


def test_encrypted_members_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(encrypted(zipped({"a.txt": TEXT})))
    assert found(tmp_path) == []
    assert "locked with a password" in told(tmp_path)["a.txt"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped({"big.txt": b"0" * (64 << 20)}, compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    (tmp_path / "bomb.zip").write_bytes(bomb)
    lay(tmp_path, "good.txt")
    assert names(tmp_path) == ["good.txt"]
    assert "would grow more than 250 times" in told(tmp_path)["big.txt"]


def claiming(data: bytes, size: int) -> bytes:
    """Return an archive with one member that claims another size."""
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(signature)
        data = data[: place + at] + struct.pack("<I", size) + data[place + at + 4 :]
    return data


def test_two_gigabytes_claimed_by_two_kilobytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(claiming(zipped({"a.txt": "x" * 1900}), 2 << 30))
    assert found(tmp_path) == []
    assert "would grow more than" in told(tmp_path)["a.txt"]


def test_a_member_that_says_a_wrong_size_is_damaged(tmp_path: Path, project: Project) -> None:
    data = zipped({"a.txt": TEXT * 50, "b.txt": TEXT}, compression=zipfile.ZIP_DEFLATED)
    (tmp_path / "x.zip").write_bytes(claiming(data, 100))
    report = project.import_files([tmp_path])
    assert [str(one.reason) for one in report.failed] == [
        "The file is damaged or was cut off: it cannot be read as ZIP. Get a complete copy."
    ]
    assert [one.file.name for one in report.imported] == ["b.txt"]


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = zipped({"end.txt": TEXT})
    for _ in range(3):
        data = zipped({"in.zip": data, "here.txt": TEXT})
    (tmp_path / "x.zip").write_bytes(data)
    assert len(found(tmp_path)) == 3
    assert "too many other archives" in told(tmp_path)["in.zip"]


@pytest.mark.parametrize("cut", [10, 60, -10, -30])
def test_a_cut_archive_is_said_so(tmp_path: Path, cut: int) -> None:
    (tmp_path / "x.zip").write_bytes(zipped({"a.txt": TEXT})[:cut])
    lay(tmp_path, "good.txt")
    assert names(tmp_path) == ["good.txt"]
    assert "damaged or was cut off" in told(tmp_path)["x.zip"]


@given(data=st.binary(max_size=200), at=st.integers(0, 400))
def test_no_archive_however_damaged_raises_anything_else(data: bytes, at: int) -> None:
    good = zipped({"a.txt": TEXT, "in.zip": zipped({"b.txt": TEXT})})
    bad = good[:at] + data + good[at + len(data) :]
    for one in walk([in_memory("x.zip", bad)]):
        if isinstance(one, SourceFile):
            with suppress(ProjectError):
                one.read()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "cp720"])
def test_arabic_names_of_old_programs_are_read(encoding: str) -> None:
    name = "أخبار/قصف في ريف حلب.txt"
    info = zipfile.ZipInfo(name.encode(encoding).decode("cp437"))
    assert name_of(info) == name


def test_names_say_their_encoding_or_stay_what_they_are() -> None:
    flagged = zipfile.ZipInfo("قصف.txt")
    flagged.flag_bits = 0x800
    assert name_of(flagged) == "قصف.txt"
    assert name_of(zipfile.ZipInfo("Müller.txt".encode("cp437").decode("cp437"))) == "Müller.txt"
    with zipfile.ZipFile(io.BytesIO(zipped({"أخبار.txt": TEXT}))) as archive:
        assert name_of(archive.infolist()[0]) == "أخبار.txt"


def test_office_documents_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "renamed.zip").write_bytes(zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}))
    assert names(tmp_path, tmp_path / "renamed.zip") == ["renamed.zip"]
    assert Archive(on_disk(tmp_path / "renamed.zip")).is_document()
