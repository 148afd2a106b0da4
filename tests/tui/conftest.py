"""The worked example, written once; each test works on a copy. Screens show UTC here."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gapbench.work.example import write_example
from tests.tui.screen import ticking, turns

__all__ = ["example", "file", "quick_keys", "utc"]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times on the screen are local times: make local mean UTC, and keep a terminal's own settings out."""
    monkeypatch.setenv("TZ", "UTC")
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a key Textual's pilot sleeps until the process is idle, 60 ms at least; a few turns of the loop do."""
    monkeypatch.setattr("textual.app.wait_for_idle", turns)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example; copy it, never write to it."""
    path = tmp_path_factory.mktemp("example") / "skellgarth.gapbench"
    write_example(path, clock=ticking(datetime(2026, 11, 17, 8, 0, tzinfo=UTC)))
    return path


@pytest.fixture
def file(example: Path, tmp_path: Path) -> Path:
    """A copy of the worked example in a folder of its own."""
    folder = tmp_path / "clients"
    folder.mkdir()
    return Path(shutil.copy(example, folder / "skellgarth.gapbench"))
