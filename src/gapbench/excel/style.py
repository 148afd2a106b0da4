"""One calm look for every sheet: colours, fonts and the cell formats made from them.

A state is always said in words or letters; its colour only repeats it. Unlocked cells are pale
yellow everywhere and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.rating.results import Tone

FONT = "Arial"
SIZE = 8.0
"""Points of running text in tables."""

INK = "#1B2130"
MUTED = "#5B6474"
FAINT = "#9AA2AF"
NAVY = "#1F3F6E"
TINT = "#E9EEF5"
RULE = "#C9D1DB"
LINE = "#DDE3EA"
INPUT = "#FFF8D6"
TAB = "#E8D98A"
"""Tab of a sheet that holds cells to fill in."""
MISSING = "#F6D5D7"
DUE = "#F9E7C4"
WHITE = "#FFFFFF"

TONES: Mapping[Tone, str] = {
    "good": "#1E6B2E",
    "fair": "#8A5A00",
    "poor": "#A8480B",
    "bad": "#A81E2B",
    "out": "#616A7D",
    "open": "#616A7D",
}
"""Ink of each tone, as in the light theme of the screens."""

CLASS_TONES: Mapping[str, Tone] = {"major": "bad", "minor": "fair", "weakness": "poor", "strength": "good"}
"""Ink of findings and gaps by class."""

FILLS: Mapping[Tone, str] = {
    "good": "#7FB58B",
    "fair": "#E5C067",
    "poor": "#E0935A",
    "bad": "#C75C63",
    "out": "#C5CBD3",
    "open": "#EEF0F3",
}
"""Area of each tone in a chart."""

_TEXT: Mapping[str, Any] = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"}
_GRID: Mapping[str, Any] = {
    "bottom": 1,
    "bottom_color": LINE,
    "right": 1,
    "right_color": LINE,
}
_CELL: Mapping[str, Any] = {**_TEXT, **_GRID}
_INPUT: Mapping[str, Any] = {
    **_TEXT,
    "bg_color": INPUT,
    "locked": False,
    "border": 1,
    "border_color": "#E8DDAA",
}

NAMED: Mapping[str, Mapping[str, Any]] = {
    "cell": {**_CELL, "text_wrap": True},
    "line": _CELL,
    "centre": {**_CELL, "align": "center"},
    "count": {**_CELL, "align": "center", "num_format": '0;-0;"\N{EN DASH}"'},
    "number": {**_CELL, "align": "center", "num_format": "0"},
    "percent": {**_CELL, "align": "right", "num_format": '0.0" %"'},
    "days": {**_CELL, "align": "right", "num_format": "0.0"},
    "date": {**_CELL, "align": "center", "num_format": "yyyy-mm-dd"},
    "share": {**_CELL, "align": "center", "num_format": "0%"},
    "muted": {**_CELL, "text_wrap": True, "font_color": MUTED},
    "head": {
        **_TEXT,
        "bold": True,
        "font_color": WHITE,
        "bg_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": NAVY,
    },
    "head centre": {
        **_TEXT,
        "bold": True,
        "font_color": WHITE,
        "bg_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "border": 1,
        "border_color": NAVY,
    },
    "plain": {**_TEXT, "text_wrap": True, "font_size": 9},
    "note": {**_TEXT, "text_wrap": True, "font_color": MUTED},
    "label": {**_TEXT, "font_color": MUTED, "font_size": 9, "text_wrap": True},
    "fact": {**_TEXT, "font_size": 9, "text_wrap": True},
    "link": {**_TEXT, "font_size": 9, "font_color": NAVY, "underline": 1},
    "title": {**_TEXT, "font_size": 18, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {**_TEXT, "font_size": 10, "font_color": MUTED, "text_wrap": True},
    "section": {
        **_TEXT,
        "font_size": 11,
        "bold": True,
        "font_color": NAVY,
        "bottom": 1,
        "bottom_color": NAVY,
        "valign": "vcenter",
    },
    "verdict": {**_TEXT, "font_size": 11, "bold": True, "text_wrap": True, "valign": "vcenter"},
    "tile": {
        **_TEXT,
        "font_size": 15,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": TINT,
        "font_color": NAVY,
    },
    "tile label": {
        **_TEXT,
        "align": "center",
        "valign": "vcenter",
        "bg_color": TINT,
        "font_color": MUTED,
    },
    "group": {**_CELL, "bold": True, "bg_color": TINT, "text_wrap": True},
    "band": {**_TEXT, "bg_color": NAVY, "font_color": WHITE, "valign": "vcenter"},
    "rule": {"bottom": 1, "bottom_color": MUTED},
    "input": {**_INPUT, "text_wrap": True},
    "input date": {**_INPUT, "align": "center", "num_format": "yyyy-mm-dd"},
    "input share": {**_INPUT, "align": "center", "num_format": "0%"},
}


class Styles:
    """Cell formats by name, each variant made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[object, ...], Any] = {}

    def __call__(self, name: str, **differing: object) -> Any:
        """The format of a name, with some properties changed."""
        key = (name, *sorted(differing.items()))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._workbook.add_format({**NAMED[name], **differing})
        return made

    def tone(self, tone: Tone) -> Any:
        """The ink of a tone, for conditional formats."""
        key = ("tone", tone)
        if key not in self._made:
            look = {"font_color": TONES[tone], "bold": tone in ("bad", "poor")}
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]

    def bare(self, **properties: object) -> Any:
        """A format of nothing but these properties, for conditional formats."""
        key = ("bare", *sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def size_of(name: str) -> float:
    """Font size of a named format."""
    return float(NAMED[name].get("font_size", SIZE))
