"""Foreign text cut to our lines without losing a word: cleaned, broken at sentences, at commas, at spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINE = 200
"""What fits in a title of an item, a question, a look-for, a note."""
NAME = 120
"""What fits in a title of a group, a piece of evidence, a role."""
QUESTION = LINE - 28
"""A question leaves room for the number of its item, which tells it from another with the same words."""

_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_SENTENCE = re.compile(r"(?<=[.!?;:\u3002\uff1b])\s+")
_CLAUSE = re.compile(r"(?<=[,;:)])\s+")
_IN_NUMBER = re.compile(r"[0-9A-Za-z§ ._()-]")
_NUMBER = re.compile(r"[0-9A-Za-z§][0-9A-Za-z§ ._()-]*")


def text_of(value: Any) -> str:
    """A value as text; "" for what is none."""
    return value if isinstance(value, str) else ""


def clean(value: Any) -> str:
    """A text as one line, without what steers a terminal or cannot be stored."""
    return " ".join(_NO_TEXT.sub("", text_of(value)).split())


def lines(value: Any) -> tuple[str, ...]:
    """The lines of a text that are not empty, each cleaned."""
    return tuple(line for line in map(clean, text_of(value).splitlines()) if line)


def heading(text: str, most: int = NAME) -> str:
    """The beginning of a text, as a heading for what says it in full."""
    if len(text) <= most:
        return text
    start = text[: most - 3]
    at = start.rfind(" ")
    return (start[:at] if at > most // 2 else start).rstrip(" ,;:.-") + "..."


def pieces(rows: Iterable[str], most: int) -> Iterator[str]:
    """Rows of text in pieces of at most `most` characters, broken where the sense is hurt least."""
    for row in rows:
        yield from _broken(row, most, (_SENTENCE, _CLAUSE))


def _broken(text: str, most: int, ways: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    if len(text) <= most:
        yield text
    elif ways:
        parts = [piece for part in ways[0].split(text) for piece in _broken(part, most, ways[1:])]
        yield from packed(parts, most)
    else:
        words = [word[at : at + most] for word in text.split(" ") for at in range(0, len(word), most)]
        yield from packed(words, most)


def packed(parts: Iterable[str], *room: int) -> Iterator[str]:
    """Neighbours joined while they fit; with several rooms, each in its turn is filled."""
    line, turn = "", 0
    for part in parts:
        joined = f"{line} {part}" if line else part
        if line and len(joined) > room[turn % len(room)]:
            yield line
            line, turn = part, turn + 1
        else:
            line = joined
    if line:
        yield line


def plain_number(text: str) -> str:
    """A number as ours may be spelled: Latin letters, digits, blanks and `§._()-`; "" when nothing is left."""
    flat = unicodedata.normalize("NFKD", text).translate(_SPELLED)
    kept = "".join(each if _IN_NUMBER.fullmatch(each) else _other(each) for each in flat)
    found = _NUMBER.search(" ".join(kept.split()))
    return found[0].rstrip() if found else ""


_SPELLED = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014/", "-"), ":": ".", "[": "(", "]": ")"})


def _other(character: str) -> str:
    return "" if unicodedata.combining(character) else " "


def slug(text: str) -> str:
    """A text as the id of a catalog; "" when too little is left."""
    flat = unicodedata.normalize("NFKD", text).casefold()
    joined = re.sub(r"[^a-z0-9.]+", "-", "".join(each for each in flat if not unicodedata.combining(each)))
    short = joined.strip("-.")
    if len(short) > _ID:
        short = short[:_ID].rpartition("-")[0] or short[:_ID]
    return short if len(short := short.rstrip("-.")) > 1 else ""


_ID = 40


def many(number: int, what: str) -> str:
    """A number and what it counts: "1 piece of evidence", "2 pieces of evidence"."""
    if number == 1:
        return f"1 {what}"
    head, _, tail = what.partition(" of ")
    plural = "people" + head.removeprefix("person") if head.startswith("person") else f"{head}s"
    return f"{number:,} {plural}{' of ' + tail if tail else ''}"
