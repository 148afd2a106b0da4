"""Files that somebody spoiled: always sentences, never a traceback, and in bearable time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gapbench.catalog.reading import read_bytes
from gapbench.catalog.shipped import catalogs_folder
from gapbench.catalog.validate import look_through
from gapbench.errors import CatalogError

FILES = [
    path.read_text("utf-8")
    for path in sorted(catalogs_folder().glob("*/*.yaml"))
    if path.stat().st_size < 40_000 or path.parent.name == "templates"
]
LINES = sorted({line for text in FILES for line in text.splitlines()})
WORDS = [
    *("", " ", "- ", "id: ", "&a ", "*a", "!!python/object:x ", "{", "]", '"', "{area}", "\t", "\0", "\x1b", "\u202e"),
    *("\ud800", "99999999999999999999", "-1", "null", "true", "'", ": ", "|", ">-", "4.10", "§", "é" * 300),
]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A shipped file, or a form, with some lines lost, doubled, moved, indented or filled with something else."""
    lines = draw(st.sampled_from(FILES)).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["lose", "double", "other", "word", "indent", "cut", "value"]))
        if change == "lose":
            del lines[place : place + draw(st.integers(1, 5))]
        elif change == "double":
            lines[place:place] = lines[place : place + draw(st.integers(1, 8))]
        elif change == "other":
            lines[place] = draw(st.sampled_from(LINES))
        elif change == "word":
            at = draw(st.integers(0, len(lines[place])))
            lines[place] = lines[place][:at] + draw(st.sampled_from(WORDS)) + lines[place][at:]
        elif change == "indent":
            lines[place] = " " * draw(st.integers(0, 12)) + lines[place].lstrip()
        elif change == "cut":
            lines[place] = lines[place][: draw(st.integers(0, len(lines[place])))]
        else:
            lines[place] = lines[place].partition(":")[0] + ": " + draw(st.sampled_from(WORDS))
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def problems(content: bytes) -> tuple[str, ...]:
    try:
        return look_through(read_bytes(content, "mine.yaml"), "mine.yaml")
    except CatalogError as problem:
        return (str(problem),)


@given(spoiled())
@settings(max_examples=150, deadline=5000)
def test_a_spoiled_file_gives_sentences(content: bytes) -> None:
    for what in problems(content):
        assert what.startswith("mine.yaml")
        assert what.endswith(".")
        assert what.isprintable()
        assert len(what) < 1000


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=5000)
def test_any_bytes_give_a_sentence(content: bytes) -> None:
    assert problems(content)
