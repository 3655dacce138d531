"""Setting up on a machine that has nothing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hashiya_setup", ROOT / "tools/setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_refused_with_what_to_do(setup: ModuleType) -> None:
    with pytest.raises(setup.SetupFailed, match=r"this is 3\.10"):
        setup.refuse_old_python((3, 10))
    setup.refuse_old_python((3, 11))


def test_system_libraries_are_installed_only_by_who_may(setup: ModuleType) -> None:
    assert setup.install_command(["libegl1"], is_root=True, has_sudo=False)[0] == "apt-get"
    assert setup.install_command(["libegl1"], is_root=False, has_sudo=True)[:2] == ["sudo", "apt-get"]
    with pytest.raises(setup.SetupFailed, match=r"administrator to run: apt-get install .* libegl1"):
        setup.install_command(["libegl1"], is_root=False, has_sudo=False)


def test_an_environment_is_made_anew_when_lock_or_python_change(setup: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("one==1")
    first = setup.stamp_of(lock, "3.11")
    assert setup.stamp_of(lock, "3.11") == first
    assert setup.stamp_of(lock, "3.12") != first
    lock.write_text("one==2")
    assert setup.stamp_of(lock, "3.11") != first


def test_the_locks_hold_hashes_and_no_address(setup: ModuleType) -> None:
    for name in ("window", "test", "core-test", "package"):
        lock = (ROOT / f"requirements/{name}.lock").read_text("utf-8")
        assert "--hash=sha256:" in lock
        assert "://" not in lock
    assert "pyside6" not in (ROOT / "requirements/core-test.lock").read_text("utf-8").lower()


def test_wrong_usage_is_said_so(setup: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_debian_python_without_venv_gets_the_package_of_its_own_version(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert setup.venv_package() == []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert setup.venv_package() == [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
