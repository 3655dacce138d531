"""Proves that a frozen application does the whole work: every kind of file in, every format out, work exchanged, agreement.

What it writes must be, byte for byte, what the program writes from the source.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from annotator import formats
from tools.packaging import samples
from tools.packaging.contents import ROOT
from tools.packaging.proof import PATIENCE, Failed, Proof

_PDF = "pdf"  # Qt writes times and ids of its own into it
_DETAILS = ("--title", "عنوان", "--licence", "CC-BY-4.0", "--citation", "كذا", "--creator", "سامية")


def reading(proof: Proof) -> str:
    """Prove that every library that reads a format is inside with all that it needs: a file of each is imported."""
    folder, files = proof.home / "وارد", {**samples.write(), "حزمة.zip": samples.zipped()}
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    project, out = _imported(proof, folder, proof.run), proof.home / "صيغ.jsonl"
    said = proof.run("export", project, "--format", "jsonl", "--out", out)
    found = out.read_text(encoding="utf-8")
    missing = [name for name in files if seen_in(name) not in found]
    if missing:
        raise Failed(f"not read: {', '.join(missing)}: {said}")
    _compare_texts(proof, folder, found)
    return f"read: {', '.join(sorted(Path(name).suffix[1:] for name in files))}; every text as from the source"


def seen_in(name: str) -> str:
    """Return the words of a sample by which it is known that it was read."""
    ending = Path(name).suffix[1:]
    return "pdf only" if ending == "pdf" else f"{samples.WORDS} {ending}"


def writing(proof: Proof) -> str:
    """Prove every format that needs nothing beside the program, and that the others say what they need."""
    project = _marked(proof)
    offered = [name for name in formats.names() if not formats.writer_for(name).needs]
    for name in (*offered, _PDF):
        _export(proof, project, f"{name}-out{_ending(name)}", "--format", name)
    for name in set(formats.names()) - set(offered):
        _refused(proof, project, name)
    return f"written, the same bytes as from the source: {', '.join(offered)}; and {_PDF}"


def packages(proof: Proof) -> str:
    """Prove a described package, one with a redaction, and the folder that proves an article."""
    project, several = _marked(proof), ",".join(name for name in formats.names() if name in ("jsonl", "csv", "tei"))
    _export(proof, project, "كامل.zip", "--format", several, "--package", *_DETAILS)
    _export(proof, project, "منقح.zip", "--format", several, "--package", "--redact", "public", *_DETAILS)
    _export(proof, project, "منقح.jsonl", "--format", "jsonl", "--redact", "names")
    evidence = proof.home / "دليل"
    proof.run("evidence", project, _first_article(proof, project), "--out", evidence)
    if not (evidence / "SHA256SUMS").is_file():
        raise Failed("the evidence of an article holds no sums")
    return "packages: a ZIP, a redacted ZIP, a redacted file (the same bytes as from the source), evidence"


def exchange(proof: Proof) -> str:
    """Prove that two copies exchange their work by bundles, and that agreement is told, with gamma."""
    first, second, there, back = (proof.home / name for name in ("أ.hashiya", "ب.hashiya", "ذهاب", "إياب"))
    proof.run("new", first, "--reviewer", "R1")
    article = _first_article(proof, first)
    proof.run("annotate", first, article, "6", "26", "actor", "--reviewer", "R1")
    proof.run("bundle", first, there)
    proof.run("merge", second, there, "--reviewer", "R2")
    proof.run("annotate", second, article, "6", "26", "actor", "--reviewer", "R2")
    proof.run("annotate", second, article, "40", "50", "place", "--reviewer", "R2")
    proof.run("bundle", second, back, "--reviewers", "R2", "--to", "R1")
    proof.run("merge", first, back, "--reviewer", "R1")
    gamma = _gamma(proof.run("agreement", first, "--gamma", "--json"))
    if gamma != _gamma(from_source(proof, "agreement", first, "--gamma", "--json")):
        raise Failed(f"gamma is {gamma}, from the source it is another")
    return f"exchange: bundles there and back, agreement with a gamma of {gamma:.3f}, as from the source"


def from_source(proof: Proof, *arguments: str | Path) -> str:
    """Run the program from the source, in the same home, and return what it printed; raise Failed when it did not return 0."""
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    world = {**os.environ, "HASHIYA_HOME": str(proof.home), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, env=world, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    if done.returncode:
        raise Failed(f"from the source {arguments} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def _imported(proof: Proof, folder: Path, run: Callable[..., str], name: str = "صيغ.hashiya") -> Path:
    project = proof.home / name
    run("new", project, "--reviewer", "سامية", "--empty")
    run("import", project, *sorted(folder.iterdir()))
    return project


def _compare_texts(proof: Proof, folder: Path, found: str) -> None:
    """Raise Failed unless the source reads the same texts, titles and dates."""
    project, out = proof.home / "المصدر.hashiya", proof.home / "المصدر.jsonl"
    _imported(proof, folder, lambda *what: from_source(proof, *what), project.name)
    from_source(proof, "export", project, "--format", "jsonl", "--out", out)
    if _read(found) != _read(out.read_text(encoding="utf-8")):
        raise Failed("the frozen program reads the files otherwise than the source does")


def _read(lines: str) -> list[tuple[str, ...]]:
    records = [json.loads(line) for line in lines.splitlines()]
    kept = ("id", "text", "title", "date", "outlet", "author")
    return sorted(tuple(str(record.get(key)) for key in kept) for record in records)


def _marked(proof: Proof) -> Path:
    """Return a project with the starter article and marks on it, made by the application at the first call."""
    project = proof.home / "معلّم.hashiya"
    if not project.exists():
        proof.run("new", project, "--reviewer", "R1")
        article = _first_article(proof, project)
        for start, end, label in (("6", "26", "actor"), ("40", "50", "place"), ("0", "60", "claim")):
            proof.run("annotate", project, article, start, end, label)
    return project


def _first_article(proof: Proof, project: Path) -> str:
    return proof.run("queue", project).split("\t")[0].strip()


def _ending(name: str) -> str:
    return f".{_PDF}" if name == _PDF else formats.writer_for(name).ending


def _export(proof: Proof, project: Path, name: str, *how: str) -> None:
    """Export with the application and from the source; raise Failed unless both wrote the same, and something."""
    ours, wanted = proof.home / "منتج" / name, proof.home / "مصدر" / name
    for out in (ours, wanted):
        out.parent.mkdir(exist_ok=True)
    proof.run("export", project, *how, "--out", ours)
    from_source(proof, "export", project, *how, "--out", wanted)
    found, known = contents_of(ours), contents_of(wanted)
    if not any(found.values()) or found.keys() != known.keys():
        raise Failed(f"{name} holds {sorted(found)}, from the source {sorted(known)}")
    if name.endswith(f".{_PDF}"):
        if not all(data.startswith(b"%PDF-") and len(data) > len(known[part]) / 2 for part, data in found.items()):
            raise Failed(f"{name} is no PDF like that from the source")
        return
    differing = [part for part, data in found.items() if data != known[part]]
    if differing:
        raise Failed(f"{name} is not what the source writes: {', '.join(differing)}")


def contents_of(path: Path) -> dict[str, bytes]:
    """Return what a file, or each file of a folder, holds, by its place inside."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def _refused(proof: Proof, project: Path, name: str) -> None:
    needs, target = formats.writer_for(name).needs, proof.home / f"{name}-لا"
    done = proof.done("export", project, "--format", name, "--out", target)
    if done.returncode != 1 or needs not in done.stdout + done.stderr or target.exists():
        raise Failed(f"without {needs}, {name} ended with {done.returncode}: {done.stdout}{done.stderr}")


def _gamma(said: str) -> float:
    figures = [row["figures"] for row in json.loads(said)["rows"] if row["by"] == "all"]
    (gamma,) = [found["gamma"]["value"] for found in figures if "gamma" in found]
    return float(gamma)
