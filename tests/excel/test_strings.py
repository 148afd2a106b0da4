"""Text on its way into a cell, and the room that it takes there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.excel import measure, strings
from gapbench.excel.strings import REPLACEMENT, Cleaner

ANYTHING = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("text", "clean", "replaced"),
    [
        ("", "", 0),
        ("plain", "plain", 0),
        ("tab\tand\nline", "tab\tand\nline", 0),
        ("a\r\nb\rc", "a\nb\nc", 0),
        ("\x00\x08\x0b\x1f", REPLACEMENT * 4, 4),
        ("\ud800x\udfff", f"{REPLACEMENT}x{REPLACEMENT}", 2),
        ("\ufffe\uffff\ufffd", REPLACEMENT * 3, 2),
        ("=1+1", "=1+1", 0),
        ("\U0001f9ea\u202e", "\U0001f9ea\u202e", 0),
        ("<r>x</r>", "<r>x</r> ", 0),
    ],
)
def test_clean(text: str, clean: str, replaced: int) -> None:
    cleaner = Cleaner()
    assert cleaner(text) == clean
    assert cleaner.replaced == replaced


@given(ANYTHING)
def test_clean_text_can_be_written_and_is_clean(text: str) -> None:
    once = Cleaner()(text)
    once.encode("utf-8")
    assert Cleaner()(once) == once
    assert len(once) - len(text.replace("\r\n", "\n")) in (0, 1)


@given(ANYTHING, st.integers(4, 60))
def test_shortened_fits_and_stands_on_one_line(text: str, limit: int) -> None:
    short = strings.shortened(text, limit)
    assert strings.units(short) <= limit
    assert "\n" not in short


@given(ANYTHING, st.floats(20, 300), st.floats(6, 20))
def test_pieces_are_the_whole_text_and_none_is_too_high(text: str, points: float, size: float) -> None:
    pieces = list(measure.fitting_pieces(text, points, size))
    assert "".join(pieces) == text
    for piece in pieces:
        assert measure.height(measure.line_count(piece, points, size), size) <= measure.MAX_ROW + 30
        assert strings.units(piece) <= strings.CELL_LIMIT


@given(ANYTHING, st.floats(20, 300))
def test_a_narrower_cell_never_takes_fewer_lines(text: str, points: float) -> None:
    assert measure.line_count(text, points / 2, 8) >= measure.line_count(text, points, 8)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("a", 1), ("a\nb", 2), ("\n\n", 3), ("word " * 40, 4), ("x" * 200, 4), ("界" * 50, 3)],
)
def test_lines_in_a_cell_of_40(text: str, lines: int) -> None:
    assert measure.line_count(text, measure.column_points(40), 8) == lines


@given(ANYTHING)
def test_fitted_fits(text: str) -> None:
    short = measure.fitted(text, 100, 8)
    assert measure.text_width(short) <= 100_000 / 8 or len(short) <= 1


@pytest.mark.parametrize(("text", "constant"), [("x", '"x"'), ('say "x"', '"say ""x"""')])
def test_quoted(text: str, constant: str) -> None:
    assert strings.quoted(text) == constant


@given(ANYTHING)
def test_footer_text_holds_no_code(text: str) -> None:
    assert "&" not in strings.footer_text(text).replace("&&", "")
