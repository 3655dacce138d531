"""Writing a package: each format in its folder, then what tells of them; folder or ZIP stand only when they are whole.

    data/FORMAT/…  labels.json  agreement.json  losses/FORMAT.json
    README.md  datapackage.json  ro-crate-metadata.json  SHA256SUMS

All formats see the project in one state. The files are written to a folder first, for their hashes go into other files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from annotator.exporting import Cancel, Passage, Progress, refuse_losses, report_head, write_into
from annotator.model import LabelSet, MarkedProject
from annotator.package.agreed import agreement_on
from annotator.package.crate import METADATA, crate
from annotator.package.datapackage import data_package
from annotator.package.details import PackageDetails, PackedFile
from annotator.package.readme import Told, readme, title_of
from annotator.package.tally import Tally
from annotator.redaction import Profile
from annotator.reports import Loss, PackageReport
from annotator.review.agreement import Agreement
from annotator.review.agreement_record import agreement_record
from annotator.selecting import Selection
from annotator.store import changed, queries
from annotator.store.clock import time_of
from annotator.store.database import Connection, snapshot
from annotator.writers import writer_for
from annotator.writers.losses import Losses
from annotator.writers.target import Folder, OneFile, Target, Watch, folder, scratch_folder, zip_folder, zip_in
from annotator.writers.writer import Writer

_PIECE = 1 << 18
_SIGNS = ("datapackage.json", METADATA, "SHA256SUMS", "losses")


@dataclass(slots=True)
class _Package:
    """A package that is being written."""

    inside: Folder
    selection: Selection
    details: PackageDetails
    redaction: Profile | None
    language: str
    tally: Tally = field(default_factory=Tally)
    losses: dict[str, tuple[Loss, ...]] = field(default_factory=dict)
    files: list[PackedFile] = field(default_factory=list)
    agreement: Agreement | None = None


def export_package(
    connection: Connection,
    formats: Sequence[str | Writer],
    out: Path,
    *,
    selection: Selection,
    details: PackageDetails,
    redaction: Profile | None = None,
    strict: bool = False,
    language: str = "en",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> PackageReport:
    """Write what is selected in these formats as a package; a ZIP where the path ends in `.zip`, else a folder.

    `language` is that of reports for people; the package itself speaks English and Arabic. Raises what `export` raises; in
    each case nothing of it is left.
    """
    writers = list({one.name: one for one in map(_writer, formats)}.values())
    articles = queries.count_articles(connection)
    total = articles * len(writers)
    watch = Passage(total, progress, cancel, before=total).watch
    with snapshot(connection), _place(out, watch) as inside:
        package = _Package(inside, selection, details, redaction, language)
        for number, writer in enumerate(writers):
            passage = Passage(total, progress, cancel, before=number * articles)
            _add_format(package, connection, writer, passage, strict=strict)
        package.agreement = agreement_on(
            connection, selection, redaction, Passage(total, progress, cancel, before=total)
        )
        _add_descriptions(package, watch, created=_created(package, connection), of_articles=articles)
    return PackageReport(out, package.tally.articles, package.tally.annotations, package.losses)


def _writer(format: str | Writer) -> Writer:
    return writer_for(format) if isinstance(format, str) else format


def is_package(path: Path) -> bool:
    """Tell whether a folder is a package of ours, which a new one may take the place of."""
    return all((path / name).exists() for name in _SIGNS)


@contextmanager
def _place(out: Path, watch: Watch) -> Iterator[Folder]:
    if out.suffix.lower() != ".zip":
        with folder(out, ours=is_package, watch=watch) as inside:
            yield inside
        return
    with scratch_folder(out, watch=watch) as inside:
        yield inside
        zip_folder(inside.root, out, watch=watch)


def _add_format(package: _Package, connection: Connection, writer: Writer, passage: Passage, *, strict: bool) -> None:
    """Write the project in a format, and what that could not hold."""
    tally = Tally()
    counted = replace(writer, write=_counting(writer, tally))
    with Losses() as losses:
        with _target(package.inside, writer, passage.watch) as target:
            told = write_into(
                target, counted, connection,
                selection=package.selection, redaction=package.redaction, passage=passage, losses=losses,
                language=package.language,
            )  # fmt: skip
        if strict:
            refuse_losses(losses)
        with package.inside.file(f"losses/{writer.name}.json") as file:
            losses.write(file, report_head(writer, passage, told))
        package.losses[writer.name] = losses.found()
    tally.entities = max(tally.entities, package.tally.entities)  # not every writer asks for them
    package.tally = tally


def _counting(writer: Writer, tally: Tally) -> Callable[[MarkedProject, Target, Losses], None]:
    return lambda project, target, losses: writer.write(tally.watching(project), target, losses)


@contextmanager
def _target(inside: Folder, writer: Writer, watch: Watch) -> Iterator[Target]:
    """Give the place of a format: a folder of its own, or the one file in it."""
    name = f"data/{writer.name}"
    if not writer.ending:
        yield Folder(inside.root / name, watch)
        return
    with inside.file(f"{name}/project{writer.ending}") as file:
        if writer.is_archive:
            with zip_in(file, watch=watch) as target:
                yield target
        else:
            yield OneFile(file, watch)


def _created(package: _Package, connection: Connection) -> str:
    """Return the time of the newest change in a package; of one that holds no article, that in the project."""
    newest = changed.newest_change(connection)
    return package.tally.newest or (time_of(newest) if newest else "")


def _add_descriptions(package: _Package, watch: Watch, *, created: str, of_articles: int) -> None:
    tally, details, since = package.tally, package.details, package.selection.since
    _add(package, "labels.json", _json(_labels(tally.label_set)))
    if package.agreement:
        _add(package, "agreement.json", _json(agreement_record(package.agreement)))
    package.files = [_packed(package.inside.root, path, watch) for path in _paths(package.inside.root)]
    descriptor = data_package(package.files, tally, details, created=created, since=since)
    told = Told(created, since, of_articles, package.losses, package.agreement)
    _add(package, "README.md", readme(tally, details, told).encode())
    _add(package, "datapackage.json", _json(descriptor))
    known = {file.path: file for file in package.files}
    for path in ("README.md", "datapackage.json"):
        known[path] = _packed(package.inside.root, package.inside.root / path, watch)
    files = [known[path] for path in sorted(known)]
    _add(package, METADATA, _json(crate(files, tally, details, title=title_of(details), created=created)))
    files.append(_packed(package.inside.root, package.inside.root / METADATA, watch))
    _add(package, "SHA256SUMS", "".join(f"{file.sha256}  {file.path}\n" for file in files).encode())


def _add(package: _Package, name: str, content: bytes) -> None:
    with package.inside.file(name) as file:
        file.write(content)


def _labels(label_set: LabelSet | None) -> dict[str, Any]:
    return asdict(label_set) if label_set else {}


def _json(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _paths(root: Path) -> list[Path]:
    """Return the files of a folder, sorted by their paths with `/`, which is the same on every system."""
    return sorted(
        (path for path in root.rglob("*") if path.is_file()), key=lambda path: path.relative_to(root).as_posix()
    )


def _packed(root: Path, path: Path, watch: Watch) -> PackedFile:
    name = path.relative_to(root).as_posix()
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            watch()
            digest.update(piece)
    parts = name.split("/")
    return PackedFile(name, path.stat().st_size, digest.hexdigest(), parts[1] if parts[0] == "data" else "")
