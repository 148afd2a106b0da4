"""A person's settings: one optional TOML file; nonsense in it is told and never stops the work.

```toml
author = "Maria Lang"          # who signs the steps in the history
theme = "light"               # or dark

[keys]                         # id of a key -> the key that shall do it
"walk.note" = "n"
```
"""

from __future__ import annotations

import os
import re
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME = "config.toml"
LIBRARY = "GAPBENCH_CATALOGS"
REMEMBERED = "theme"
LARGEST = 256 * 1024
THEMES = ("dark", "light")


class Config(NamedTuple):
    """What a person has set.

    Attributes:
        author: Who signs the steps; "" when not said.
        theme: One of `THEMES`.
        keys: Id of a key -> the key that shall do it.
        warnings: One sentence for each thing in the file that was not understood.
    """

    author: str = ""
    theme: str = THEMES[0]
    keys: Mapping[str, str] = MappingProxyType({})
    warnings: tuple[str, ...] = ()


def where() -> Path | None:
    """The settings file of this person; None on a machine that gives them no home."""
    folder = _folder()
    if not folder:
        return None
    from pathlib import Path

    return Path(folder, "gapbench", NAME)


def library() -> str:
    """The folder of this person's own catalogs; "" on a machine that gives them no home.

    A text, because the list of catalogs must not wait for `pathlib`.
    """
    named = os.environ.get(LIBRARY, "").strip()
    if named:
        return os.path.expanduser(named)  # noqa: PTH111
    folder = _folder()
    return f"{folder}{os.sep}gapbench{os.sep}catalogs" if folder else ""


def load(path: Path | None = None) -> Config:
    """Read the settings; a missing file is none."""
    path = path or where()
    if path is None:
        return Config()
    try:
        text = _text(path)
    except FileNotFoundError:
        return Config(theme=_remembered(path))
    except (OSError, ValueError) as problem:
        return Config(warnings=(f"{path} was left out: {_why(problem)}.",))
    return _read(path, text)


def remember_theme(theme: str) -> None:
    """Keep the theme chosen by key for the next start; the settings file, which is the person's own, goes before it."""
    path = where()
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(REMEMBERED).write_text(theme, encoding="utf-8")
    except OSError:
        return  # a machine that keeps no settings shows the usual theme next time


def _remembered(path: Path) -> str:
    try:
        theme = path.with_name(REMEMBERED).read_bytes()[:20].decode("ascii", "replace").strip()
    except OSError:
        return THEMES[0]
    return theme if theme in THEMES else THEMES[0]


def author(given: str = "", config: Config | None = None) -> str:
    """Who signs: what was given, else GAPBENCH_AUTHOR, else the settings, else the login name."""
    settings = load() if config is None else config
    named = (given, os.environ.get("GAPBENCH_AUTHOR", ""), settings.author, _login())
    return next((name for name in map(_one_line, named) if name), "")


def _folder() -> str:
    """The folder for settings, as each system has it; "" where there is none."""
    if sys.platform == "win32":
        return _absolute("APPDATA") or _below_home("AppData", "Roaming")
    if sys.platform == "darwin":
        return _below_home("Library", "Application Support")
    return _absolute("XDG_CONFIG_HOME") or _below_home(".config")


def _absolute(variable: str) -> str:
    path = os.environ.get(variable, "")
    return path if os.path.isabs(path) else ""  # noqa: PTH117


def _below_home(*parts: str) -> str:
    home = os.path.expanduser("~")  # noqa: PTH111
    return os.path.join(home, *parts) if os.path.isabs(home) else ""  # noqa: PTH117, PTH118


def _text(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ValueError("it is too large to be a settings file")
    return raw.decode("utf-8-sig")


def _why(problem: Exception) -> str:
    if isinstance(problem, UnicodeDecodeError):
        line = problem.object[: problem.start].count(b"\n") + 1
        return f"line {line} is not UTF-8"
    if isinstance(problem, OSError):
        return f"it cannot be read ({problem.strerror})"
    return str(problem)


def _read(path: Path, text: str) -> Config:
    import tomllib

    try:
        document = tomllib.loads(text)
    except RecursionError:
        return Config(warnings=(f"{path} was left out: it is nested too deeply.",))
    except tomllib.TOMLDecodeError as problem:
        what, _, place = str(problem).partition(" (at ")
        line = place.removesuffix(")").partition(",")[0] or "the end"
        return Config(warnings=(f"{path} was left out: {what}, at {line}.",))
    problems = [
        f"{path}, line {_line_of(text, key)}: {problem}; it was left out." for key, problem in _problems(document)
    ]
    given = document.get("keys")
    keys: dict[str, Any] = given if isinstance(given, dict) else {}
    theme = _word(document.get("theme"))
    return Config(
        author=_word(document.get("author")),
        theme=theme if theme in THEMES else _remembered(path),
        keys={name: key for name, key in keys.items() if _word(key)},
        warnings=tuple(problems),
    )


def _problems(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and what is wrong with it."""
    for key, value in document.items():
        if key == "keys":
            yield from _problems_of_keys(value)
        elif key not in ("author", "theme"):
            yield key, f"there is no setting '{key}' (author, theme and [keys] exist)"
        elif not isinstance(value, str):
            yield key, f"{key} must be a text in quotes"
        elif key == "theme" and value not in THEMES:
            yield key, f"theme must be {' or '.join(THEMES)}"


def _problems_of_keys(table: object) -> Iterator[tuple[str, str]]:
    if not isinstance(table, dict):
        yield "keys", "keys must be a table, [keys]"
        return
    for name, pressed in table.items():
        if not _word(pressed):
            yield name, f'the key for {name} must be a text in quotes, as in "n"'


def _line_of(text: str, key: str) -> int:
    """The line on which a key stands, as far as can be told without parsing again."""
    spelled = re.escape(key)
    found = re.search(rf"""^\s*\[*\s*["']?{spelled}["']?\s*[=\].]""", text, re.MULTILINE)
    return 1 + (text.count("\n", 0, found.end()) if found else 0)


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def _one_line(name: str) -> str:
    """A name without line breaks, control characters or halves of letters."""
    kept = name.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in kept).split())
