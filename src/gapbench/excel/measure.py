"""How much room a text takes in Arial, so that no row is too low for its words.

Neither Excel nor LibreOffice fits the height of merged cells, and what they fit for others depends on
the machine; so every height is computed here, on the generous side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ROW = 400.0
"""Points; Excel allows 409 for a row."""

_PAD = 0.9
_SLACK = 1.02
"""Letters on a screen are a little wider than on paper."""

_PAIRS = (
    (222, "ijl'"),
    (278, " !,./:;I[]\\ft"),
    (334, "()-`r{}|"),
    (500, 'ckJsvxyz"'),
    (556, "abdeghnopquL0123456789?$#_*^"),
    (611, "FTZ+<=>~"),
    (667, "ABEKPSVXY&"),
    (722, "CDHNRUw"),
    (778, "GOQ"),
    (833, "mM"),
    (944, "W%"),
    (1015, "@"),
)
_ASCII = [600] * 128
for _width, _chars in _PAIRS:
    for _char in _chars:
        _ASCII[ord(_char)] = _width
_ASCII_WIDTH = _ASCII.__getitem__


def text_width(text: str) -> int:
    """Width in thousandths of the font size."""
    if text.isascii():
        return sum(map(_ASCII_WIDTH, text.encode()))
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if char < "\x80":
        return _ASCII[ord(char)]
    return 1050 if east_asian_width(char) in "WF" else 620


def column_points(width: float) -> float:
    """Room for text in a column of a width as Excel counts it."""
    return width * 5.25 - 1.0


def line_height(size: float) -> float:
    """Points of one line of text."""
    return size * 1.2 + 1.0


def line_count(text: str, points: float, size: float) -> int:
    """Lines that a text takes in a cell that wraps."""
    if not text:
        return 1
    room = points * 1000 / (size * _SLACK)
    if "\n" not in text and len(text) * 520 < room and text_width(text) <= room:
        return 1
    return sum(1 for _ in _breaks(text, room))


def height(lines: int, size: float) -> float:
    """Points of a row that holds so many lines."""
    return lines * line_height(size) + _PAD


def fitting_pieces(text: str, points: float, size: float) -> Iterator[str]:
    """The text in pieces none of which is higher than a row can be; joined they are the text."""
    most = int((MAX_ROW - _PAD) / line_height(size))
    start = 0
    for number, end in enumerate(_breaks(text, points * 1000 / (size * _SLACK)), 1):
        if number % most == 0 and end < len(text):
            yield text[start:end]
            start = end
    yield text[start:]


def fitted(text: str, points: float, size: float) -> str:
    """The text on one line, with an ellipsis where it would not fit."""
    text = " ".join(text[:1000].split())
    room = points * 1000 / (size * _SLACK)
    if text_width(text) <= room:
        return text
    while text and text_width(text) + 1000 > room:
        text = text[:-1]
    return f"{text.rstrip(' ,;:')}\N{HORIZONTAL ELLIPSIS}"


def _breaks(text: str, room: float) -> Iterator[int]:
    """Where each line ends when the text is wrapped at spaces, line breaks and, if need be, anywhere."""
    at = 0
    for paragraph in text.split("\n"):
        end = min(at + len(paragraph) + 1, len(text))
        for step in _wrapped(paragraph, room):
            yield min(at + step, end)
        at = end


def _wrapped(paragraph: str, room: float) -> Iterator[int]:
    """Ends of the lines of one paragraph; the last one includes the line break behind it."""
    used: float = 0
    done = 0
    for word in paragraph.split(" "):
        wide: float = text_width(word)
        if used and used + wide > room:
            yield done
            used = 0
        if wide > room:
            for part in _broken(word, room):
                yield done + part
            wide = room
        used += wide + 278
        done += len(word) + 1
    yield done


def _broken(word: str, room: float) -> Iterator[int]:
    used: float = 0
    for place, char in enumerate(word):
        wide = _char_width(char)
        if used and used + wide > room:
            yield place
            used = 0
        used += wide
