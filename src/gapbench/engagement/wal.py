"""Reads the header of a write-ahead log: is it one, whole, and for pages of this size?"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 32
_MAGIC = 0x377F0682  # the last bit says in which byte order the checksums are counted

Verdict = Literal["nothing", "whole", "foreign"]


def verdict(path: Path, page: int) -> Verdict:
    """What a `-wal` beside a file with pages of this size is.

    "nothing": it can hold no committed step: too short, or never written to (a power cut leaves
    zeros). "foreign": not a log, a log of other pages, or one whose header is damaged; SQLite would
    pass over all of it without a word.
    """
    with path.open("rb") as stream:
        head = stream.read(HEADER)
    if len(head) < HEADER or not any(head):
        return "nothing"
    magic, _, size = struct.unpack_from(">III", head)
    order = ">" if magic & 1 else "<"
    fits = magic & ~1 == _MAGIC and size == page
    whole = fits and _sums(struct.unpack(f"{order}6I", head[:24])) == struct.unpack(">II", head[24:])
    return "whole" if whole else "foreign"


def _sums(words: tuple[int, ...]) -> tuple[int, int]:
    first = second = 0
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
