"""Claims go out as schema.org claims, and a review only where a reviewer gave a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyld import jsonld

from annotator import Project
from tests.core.whole_project import whole_project

SCHEMA_ORG = "https://schema.org/"


def nodes(path: Path) -> list[dict[str, Any]]:
    """The graph as a JSON-LD processor sees it; nothing is fetched, because the context stands in the file."""
    import json

    found: list[dict[str, Any]] = jsonld.expand(json.loads(path.read_text("utf-8")))
    return found


def of_type(found: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [one for one in found if one["@type"] == [f"{SCHEMA_ORG}{name}"]]


def value(node: dict[str, Any], name: str) -> Any:
    return node[f"{SCHEMA_ORG}{name}"][0].get("@value", node[f"{SCHEMA_ORG}{name}"][0])


def test_a_claim_has_its_speaker_and_its_article(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        found = nodes(project.export("claims", tmp_path / "out.jsonld").path)
        article = project.articles()[0].id
        claims = [one for one in project.annotations(article) if one.label == "claim"]
        said = [claim for claim, frame in project.frames(article).items() if frame.source and frame.source.words]
    assert len(of_type(found, "Claim")) == len(claims) == 12
    for node, claim in zip(of_type(found, "Claim"), claims, strict=True):
        assert node["@id"] == f"urn:uuid:{claim.id}"
        assert value(node, "text") == claim.quote
        assert value(value(node, "appearance"), "headline")
    assert {node["@id"] for node in found if f"{SCHEMA_ORG}author" in node and node["@type"][0].endswith("Claim")} == {
        f"urn:uuid:{claim}" for claim in said
    }
    framed = next(one for one in of_type(found, "Claim") if f"{SCHEMA_ORG}contentLocation" in one)
    place = value(framed, "contentLocation")
    assert (value(place, "name"), value(value(place, "geo"), "latitude")) == ("دير حافر", 36.159)
    assert value(framed, "temporalCoverage") == "2026-01-16"


def test_only_a_verdict_makes_a_review(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        reviews = of_type(nodes(project.export("claims", tmp_path / "out.jsonld").path), "ClaimReview")
    assert [value(value(one, "author"), "name") for one in reviews] == ["R1", "R2"]
    ratings = [value(one, "reviewRating") for one in reviews]
    assert [value(one, "alternateName") for one in ratings] == ["Contested", "Refuted"]
    assert not any(f"{SCHEMA_ORG}ratingValue" in one for one in ratings)


def test_a_claim_nobody_examined_is_no_review(project: Project, tmp_path: Path) -> None:
    project.annotate(project.articles()[0].id, 6, 26, "claim")
    found = nodes(project.export("claims", tmp_path / "out.jsonld").path)
    assert [len(of_type(found, name)) for name in ("Claim", "ClaimReview")] == [1, 0]
    assert f"{SCHEMA_ORG}author" not in of_type(found, "Claim")[0]
