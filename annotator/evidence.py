"""The evidence of one article: what was collected, from where, when, by whom and with what, and whether it is still intact.

The words are those of the Berkeley Protocol on Digital Open Source Investigations (OHCHR and UC Berkeley, 2022): collection,
preservation, hash values, chain of custody, verification.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from annotator.handling import Handling, custody_line
from annotator.language import N_, Sentence, Translate
from annotator.model import Details, Source
from annotator.values import details_value, source_value


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved at a moment: that bytes and text have the hash values of the collection, and that nobody rewrote the
    entries of the log that make the chain of custody."""

    at: str
    bytes_intact: bool
    text_intact: bool
    custody_intact: bool

    @property
    def intact(self) -> bool:
        """Whether everything is as it was collected."""
        return self.bytes_intact and self.text_intact and self.custody_intact


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that proves what was read; `size` counts the bytes of the preserved original, `length` the code points of the text.

    `corrects` and `corrected_by` are ids of articles, `copies` those of its group, the original first.
    """

    article: str
    details: Details
    language: str
    source: Source
    size: int
    length: int
    text_sha256: str
    corrects: str
    corrected_by: tuple[str, ...]
    copies: tuple[str, ...]
    custody: tuple[Handling, ...]
    verification: Verification


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Return the evidence as plain values for JSON; sentences in English, with what they were made of."""
    source = evidence.source
    return {
        "article": evidence.article,
        "details": details_value(evidence.details) | {"language": evidence.language},
        "collection": source_value(source) | {"warnings": [str(one) for one in source.warnings]},
        "preservation": {"original_bytes": evidence.size, "text_code_points": evidence.length},
        "hash_values": _hashes(evidence),
        "versions": {"corrects": evidence.corrects, "corrected_by": list(evidence.corrected_by)},
        "copies": list(evidence.copies),
        "chain_of_custody": [_handling(one) for one in evidence.custody],
        "verification": asdict(evidence.verification) | {"intact": evidence.verification.intact},
    }


def evidence_text(evidence: Evidence, translate: Translate) -> str:
    """Return the evidence as text for people to read and to print."""
    return "".join(f"{line}\n" for line in _lines(evidence, translate))


def _hashes(evidence: Evidence) -> dict[str, str]:
    source = evidence.source
    return {
        "algorithm": "SHA-256",
        "file": source.file_sha256 or source.bytes_sha256,
        "original": source.bytes_sha256,
        "text": evidence.text_sha256,
    }


def _handling(one: Handling) -> dict[str, Any]:
    return asdict(one) | {"changes": {name: list(values) for name, values in one.changes.items()}}


def _lines(evidence: Evidence, say: Translate) -> Iterator[str]:
    yield evidence.details.title
    yield f"{say(N_('Article'))}: {evidence.article}"
    yield from _section(say(N_("Collection")), _collection(evidence, say))
    yield from _section(say(N_("Preservation")), _preservation(evidence, say))
    yield from _section(say(N_("Hash values (SHA-256)")), _hash_lines(evidence, say))
    yield from _section(say(N_("Chain of custody")), (custody_line(one, say) for one in evidence.custody))
    yield from _section(say(N_("Verification")), _verification(evidence.verification, say))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _collection(evidence: Evidence, say: Translate) -> Iterator[str]:
    source, details = evidence.source, evidence.details
    reader = f"{source.reader} {source.reader_version}".strip()
    unknown = say(N_("not recorded"))
    given = {
        N_("File"): source.file,
        N_("Part of the file"): source.part,
        N_("Address"): source.url or unknown,
        N_("Captured"): source.captured_at or unknown,
        N_("Outlet"): details.outlet,
        N_("Author"): details.author,
        N_("Published"): details.date,
        N_("Imported"): source.imported_at,
        N_("Imported by"): source.imported_by,
        N_("Tool"): source.program,
        N_("Reader"): reader,
        N_("Encoding"): _encoding(source),
    }
    yield from (f"{say(name)}: {value}" for name, value in given.items() if value)
    yield from (f"! {warning.translated(say)}" for warning in source.warnings)


def _preservation(evidence: Evidence, say: Translate) -> Iterator[str]:
    given = {
        N_("Original (bytes)"): str(evidence.size),
        N_("Text (characters)"): str(evidence.length),
        N_("Corrects"): evidence.corrects,
        N_("Corrected by"): ", ".join(evidence.corrected_by),
        N_("Copies of one text"): ", ".join(evidence.copies),
    }
    yield from (f"{say(name)}: {value}" for name, value in given.items() if value)


def _encoding(source: Source) -> str:
    return source.encoding if source.confidence is None else f"{source.encoding} ({source.confidence:.0%})"


def _hash_lines(evidence: Evidence, say: Translate) -> Iterator[str]:
    names = {"file": N_("File"), "original": N_("Original"), "text": N_("Text")}
    hashes = _hashes(evidence)
    yield from (f"{say(name)}: {hashes[key]}" for key, name in names.items())


def _verification(proved: Verification, say: Translate) -> Iterator[str]:
    for good, intact, broken in (
        (
            proved.bytes_intact,
            N_("The original bytes are intact."),
            N_("The original bytes are NOT the ones collected."),
        ),
        (proved.text_intact, N_("The text is intact."), N_("The text is NOT the one collected.")),
        (proved.custody_intact, N_("The chain of custody is intact."), N_("The chain of custody was tampered with.")),
    ):
        yield Sentence(intact if good else broken).translated(say)
    yield proved.at
