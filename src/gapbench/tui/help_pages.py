"""The help of a screen: its page in plain words, then its keys."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from gapbench.tui.keys import keys_of, shown_key
from gapbench.tui.widgets.canvas import Row, wrap, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping


def help_rows(screen: str, width: int, keymap: Mapping[str, str]) -> list[Row]:
    """Keys and page of a screen laid out for a width."""
    rows: list[Row] = []
    for key in keys_of(screen):
        name = shown_key(key, keymap)
        rows += wrapped([(f"{name:>8}  ", "key"), (key.help, "")], width)
    rows.append([])
    for paragraph in _page(screen).split("\n\n"):
        text = " ".join(paragraph.split())
        if text.startswith("# "):
            rows.append([(text[2:], "title")])
        else:
            rows.extend([(part, "")] for part in wrap(text, width))
        rows.append([])
    return rows


def _page(screen: str) -> str:
    return resources.files("gapbench.tui").joinpath("help", f"{screen}.md").read_text(encoding="utf-8")
