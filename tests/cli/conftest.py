"""A furnished engagement for each test, and a way to run one command in this process."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.cli import main
from gapbench.engagement.values import Profile
from gapbench.work import starting

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on stderr."""
        (line,) = self.err.splitlines()
        return line


Run = "Callable[..., Said]"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs one command as the console script would."""

    def _run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return _run


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ISO and CMMI DEV to level 3; two projects, a support function; nothing answered."""
    path = tmp_path_factory.mktemp("template") / "acme.gapbench"
    frameworks = [starting.parse_framework(text) for text in ("iso9001-2015", "cmmi-2.0:dev:3")]
    units = [starting.parse_unit(text) for text in ("Falcon", "Heron", "Buying:function")]
    starting.start(path, Profile("ACME Ltd"), frameworks, units, "E. Gray").close()
    return path


@pytest.fixture
def acme(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the engagement, in the current folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(template, tmp_path / "acme.gapbench")
    return Path("acme.gapbench")


@pytest.fixture
def snapshot(tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """Every file below the test's folder, with its bytes."""

    def _snapshot() -> dict[str, Any]:
        return {
            str(path.relative_to(tmp_path)): path.read_bytes() if path.is_file() else None
            for path in sorted(tmp_path.rglob("*"))
        }

    return _snapshot
