"""Settings: who signs, which theme; nonsense is told and never stops the work."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from gapbench import config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


@pytest.fixture
def settings() -> Path:
    """The settings file of this test's person; not written yet."""
    path = config.where()
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture(autouse=True)
def nobody_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAPBENCH_AUTHOR", raising=False)


def test_without_a_file_there_are_defaults() -> None:
    assert config.load() == config.Config(author="", theme="dark", keys={}, warnings=())


def test_what_is_set_is_read(settings: Path) -> None:
    settings.write_text('author = "M. Läng"\ntheme = "light"\n[keys]\n"walk.note" = "n"\n', "utf-8")
    assert config.load() == config.Config("M. Läng", "light", {"walk.note": "n"}, ())


NONSENSE = {
    "not TOML": (b"author = \n", "line 1"),
    "not TOML further down": (b"\n\nauthor == 1\n", "line 3"),
    "not UTF-8": (b'theme = "dark"\nauthor = "\xe9"\n', "line 2"),
    "binary": (bytes(range(256)), "line 2"),
    "wrong type": (b'theme = "dark"\nauthor = 5\n', "line 2: author must be a text"),
    "unknown setting": (b"\nauthro = 'x'\n", "line 2: there is no setting 'authro'"),
    "unknown theme": (b"theme = 'pink'\n", "line 1: theme must be dark or light"),
    "keys that are no table": (b"keys = 3\n", "line 1: keys must be a table"),
    "a key that is no text": (b'[keys]\n"walk.note" = 5\n', "line 2: the key for walk.note"),
    "nested": (b"a = " + b"[" * 100_000, ""),
    "huge": (b"#" * 1_000_000, "too large"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_one_warning_and_the_command_goes_on(run: Run, acme: Path, settings: Path, name: str) -> None:
    raw, words = NONSENSE[name]
    settings.write_bytes(raw)
    said = run("rate", acme, "8.4.1 c", "partial")
    assert said.code == 0
    assert said.sentence.startswith("gapbench: ")
    assert "config.toml" in said.sentence
    assert words in said.sentence


def test_what_is_right_beside_nonsense_still_counts(settings: Path) -> None:
    settings.write_text('author = "M. Lang"\ntheme = 3\n[keys]\na = 1\nb = "x"\n')
    found = config.load()
    assert (found.author, found.theme, dict(found.keys), len(found.warnings)) == ("M. Lang", "dark", {"b": "x"}, 2)


def test_a_folder_in_its_place_is_told(settings: Path) -> None:
    settings.mkdir()
    assert len(config.load().warnings) == 1


def test_who_signs(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    monkeypatch.setenv("USERNAME", "login")
    assert config.author() in {"login", config.author()}
    settings.write_text('author = "settings"')
    assert config.author() == "settings"
    monkeypatch.setenv("GAPBENCH_AUTHOR", "environment")
    assert config.author() == "environment"
    assert config.author("  given \x1b[2J\n") == "given [2J"


def test_without_a_home_nothing_falls_over(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "APPDATA", "XDG_CONFIG_HOME", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # what it does when nobody is at home
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert config.where() is None
    assert config.library() == ""
    assert config.author() == ""
    assert run("rate", acme, "8.4.1 c", "partial").code == 0


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_each_system_has_its_place(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    path = config.where()
    assert path is not None
    assert path.parts[-2:] == ("gapbench", "config.toml")
