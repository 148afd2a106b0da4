"""Small words: plurals and lists as a person writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def plural(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 minor", "3 minors"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def share(percent: float | None) -> str:
    """A share in whole numbers: never "100 %" before it is all, never "0 %" once there is something."""
    if percent is None:
        return "-"
    whole = int(percent + 0.5)
    if 0 < percent < 100:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"


def joined(sentences: Iterable[str]) -> str:
    """Remarks of several people in one line, without "...merge.; Kestrel"."""
    known = list(sentences)
    return "; ".join([*(sentence.rstrip(" .;") for sentence in known[:-1]), *known[-1:]])


def listed(names: Iterable[str], limit: int = 0, last: str = "and") -> str:
    """Names as a person lists them: "a, b and c"; past a limit "a, b and 7 more"."""
    known = list(names)
    if limit and len(known) > limit:
        known = [*known[:limit], f"{len(known) - limit} more"]
        last = "and"
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {last} {known[-1]}"


def sentence(text: str) -> str:
    """A remark as a sentence: a capital in front, a full stop behind."""
    words = text.strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}" if words else ""
