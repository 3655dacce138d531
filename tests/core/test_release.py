"""The release workflow cannot run here; what it asks for exists, and it may do no more than it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
STEPS = ["test", "mac-keychain", "bundle", "prove", "installers"]


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    found = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_steps_are_ours_and_in_order(workflow: dict[Any, Any]) -> None:
    targets = [re.fullmatch(r"\$\{\{ matrix\.make \}\} (\S+)", run) for run in commands(workflow["jobs"]["build"])]
    assert [target[1] for target in targets if target] == STEPS
    made = re.findall(r"^([\w -]+):  ##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {*STEPS, "sums", "package", "package-windows-wine"} <= {name for line in made for name in line.split()}


def test_three_systems_and_both_processors_of_macos(workflow: dict[Any, Any]) -> None:
    matrix = workflow["jobs"]["build"]["strategy"]["matrix"]["include"]
    assert [row["os"] for row in matrix] == ["ubuntu-22.04", "windows-latest", "macos-15", "macos-15-intel"]
    assert {row["make"] for row in matrix} == {"make", "python tools/setup.py"}


def test_it_may_write_nothing_but_the_draft(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["build"]["permissions"]["contents"] == "read"
    assert workflow["jobs"]["draft"]["permissions"] == {"contents": "write"}
    assert "--draft" in commands(workflow["jobs"]["draft"])[-1]
    assert set(workflow[True]) == {
        "push",
        "workflow_dispatch",
    }  # YAML reads `on` as true; never pull requests of strangers


def test_secrets_are_read_where_signing_needs_them_only(workflow: dict[Any, Any]) -> None:
    names = set(re.findall(r"secrets\.(\w+)", (ROOT / ".github/workflows/release.yml").read_text("utf-8")))
    assert all(name.startswith(("MAC_", "WINDOWS_SIGN_")) for name in names)
    keychain = next(step for step in workflow["jobs"]["build"]["steps"] if "mac-keychain" in step.get("run", ""))
    assert "HASHIYA_MAC_CERTIFICATE != ''" in keychain["if"]
