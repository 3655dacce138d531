"""Agreement as others get it: a record for programs, with figures to six digits, and the names of the figures.

Six digits, because the last ones of a sum depend on the machine that added it up. Described in
docs/formats/agreement-1.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from annotator.language import N_
from annotator.review.agreement import Agreement, Figure, Name, Row

SCHEMA = "hashiya-agreement/1"
FIGURE_NAMES: Mapping[str, str] = {
    "f1": N_("F of equal spans"),
    "f1_overlap": N_("F of overlapping spans"),
    "precision": N_("Precision"),
    "recall": N_("Recall"),
    "alpha_u": N_("Krippendorff's α for unitising (αU)"),
    "kappa": N_("Cohen's κ of labels"),
    "fleiss": N_("Fleiss' κ of labels"),
    "alpha": N_("Krippendorff's α of labels"),
    "entities": N_("α of what is meant"),
    "mode": N_("α of the mode of claims"),
    "kind": N_("α of the kind of claims"),
    "source": N_("α of the source of claims"),
    "time": N_("α of the time of claims"),
    "gamma": N_("γ (Mathet)"),
    "gamma_cat": N_("γ of labels"),
}
_DIGITS = 6


def agreement_record(found: Agreement) -> dict[str, Any]:
    """Return agreement as plain values; an undefined figure is null and says why, in English."""
    return {
        "schema": SCHEMA,
        "reviewers": found.reviewers,
        "seed": found.seed,
        "rows": [_row(row) for row in found.rows],
        "articles": [asdict(one) | {"f1": _rounded(one.f1)} for one in found.articles],
        "confusion": [
            {"one": one, "other": other, "count": count} for (one, other), count in sorted(found.confusion.items())
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return asdict(row) | {"figures": _figures(row.figures), "differing": sorted(row.differing)}


def _figures(figures: Mapping[Name, Figure]) -> dict[str, Any]:
    return {
        name: {
            "value": _rounded(one.value),
            "low": _rounded(one.low),
            "high": _rounded(one.high),
            "items": one.items,
            "why": str(one.why) if one.why else "",
        }
        for name, one in figures.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
