"""Colours: a dark and a light theme, and the inks that every custom widget writes with.

An ink is a name for a role ("good", "dim", "key"); a widget never names a colour. States carry a letter too, so that
NO_COLOR, a projector and a colour-blind reader lose nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="gapbench-dark",
    primary="#7AA2F7",
    secondary="#A9B1D6",
    accent="#E0AF68",
    foreground="#D5DBEA",
    background="#14171F",
    surface="#1B1F2A",
    panel="#242A38",
    success="#8CCB7E",
    warning="#E6B455",
    error="#F27B7E",
    dark=True,
)

LIGHT = Theme(
    name="gapbench-light",
    primary="#1F4E9C",
    secondary="#4A5570",
    accent="#805300",
    foreground="#1B2130",
    background="#FBFBF8",
    surface="#F1F2EE",
    panel="#E3E6E4",
    success="#1D672C",
    warning="#805300",
    error="#A81E2B",
    dark=False,
)

THEMES: tuple[Theme, ...] = (DARK, LIGHT)


def inks(theme: Theme) -> Mapping[str, Style]:
    """Role -> style of a theme; backgrounds stay the widget's own unless the role is a bar.

    On every background of the theme what tells something has a contrast of 4.5 or more, "faint" and "track", which
    only label and fill, of 3 or more.
    """
    muted = "#989FB2" if theme.dark else "#545B6C"
    faint = "#6B758F" if theme.dark else "#79818F"
    track = "#58648B" if theme.dark else "#86929E"
    return {
        "": Style(color=theme.foreground),
        "strong": Style(color=theme.foreground, bold=True),
        "question": Style(color="#FFFFFF" if theme.dark else "#000000", bold=True),
        "title": Style(color=theme.primary, bold=True),
        "dim": Style(color=muted),
        "faint": Style(color=faint),
        "track": Style(color=track),
        "key": Style(color=theme.accent, bold=True),
        "note": Style(color=theme.accent),
        "good": Style(color=theme.success),
        "fair": Style(color=theme.warning),
        "poor": Style(color=theme.warning, bold=True),
        "bad": Style(color=theme.error, bold=True),
        "out": Style(color=muted),
        "open": Style(color=muted),
        "chosen": Style(color=theme.background, bgcolor=theme.primary, bold=True),
        "cursor": Style(color="#FFFFFF", bgcolor="#3B5BA5" if theme.dark else "#1F4E9C", bold=True),
        "cursor-away": Style(bgcolor="#2C3550" if theme.dark else "#CBD5E6"),
    }
