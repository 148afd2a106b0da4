"""For every test: no network, and nothing of the developer's own settings."""

import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests import no_network

no_network.shut()

_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}
_WINDOWS_NAMES = {
    "PERSONAL": "Documents",
    "APPDATA": "AppData/Roaming",
    "LOCAL_APPDATA": "AppData/Local",
}
_number = count()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds each test's home."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh, empty home: a test sees neither the developer's settings nor their clients."""
    folder = homes / str(next(_number))
    folder.mkdir()
    for name, below in _FOLDERS.items():
        monkeypatch.setenv(name, str(folder / below))
    for name, below in _WINDOWS_NAMES.items():
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(folder / below))
    return folder


@pytest.fixture(autouse=True, scope="session")
def children_stay_offline(homes: Path) -> Iterator[None]:
    """A Python that a test starts shuts the network off as well, before its first line."""
    hook = homes / "offline" / "sitecustomize.py"
    hook.parent.mkdir()
    hook.write_text(Path(no_network.__file__).read_text("utf-8") + "\n\nshut()\n", "utf-8")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(hook.parent), before]))
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def pytest_report_header() -> str:
    """Says which database library the run rests on: the file's safety depends on it."""
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}, network shut off"
