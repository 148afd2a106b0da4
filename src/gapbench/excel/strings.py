"""A client's text on its way into a cell: always text, never a formula, never cut."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
"""Characters of one cell, as Excel counts them: in UTF-16 code units."""

HEADER_LIMIT = 255
"""Code units of a page header or footer, its codes included."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Cleaner:
    """Makes text fit for XML and remembers what that took.

    Attributes:
        replaced: Characters that XML forbids and that were replaced so far.
    """

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, text: str) -> str:
        """The text as a cell can hold it; line ends become the cell's own."""
        if not text:
            return text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.isprintable():
            text, number = _FORBIDDEN.subn(REPLACEMENT, text)
            self.replaced += number
        if text[0] == "<" and text.startswith("<r>") and text.endswith("</r>"):
            text += " "  # XlsxWriter would take it for markup of its own
        return text


def units(text: str) -> int:
    """Length as Excel counts it."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def shortened(text: str, limit: int) -> str:
    """A short label on one line: the text, or its beginning with an ellipsis."""
    text = " ".join(text[: 4 * limit].split())
    if units(text) <= limit:
        return text
    text = text[:limit]
    while units(text) >= limit:
        text = text[:-1]
    return f"{text.rstrip()}\N{HORIZONTAL ELLIPSIS}"


def first_of(text: str) -> str:
    """What one cell can hold of a text: all, or its beginning with an ellipsis.

    A safety net: long texts come in pieces (`measure.fitting_pieces`); names and numbers do not.
    """
    if units(text) <= CELL_LIMIT:
        return text
    text = text[: CELL_LIMIT - 1]
    while (over := units(text) - (CELL_LIMIT - 1)) > 0:
        text = text[: -max(over // 2, 1)]
    return f"{text}\N{HORIZONTAL ELLIPSIS}"


def footer_text(text: str) -> str:
    """Client text inside a page footer, where "&" starts a code."""
    return text.replace("&", "&&")


def quoted(text: str) -> str:
    """A text constant inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
