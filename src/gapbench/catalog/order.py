"""The order of numbers as people read them: 8.2 before 8.10, SP 2.9 before SP 2.10."""

from __future__ import annotations

import re

_PART = re.compile(r"([0-9]+)")


def number_key(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort numbers by: digits count as numbers, the rest as text."""
    parts = (part for part in _PART.split(number.casefold()) if part)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
