"""Small words."""

import pytest

from gapbench.rating.wording import share

SHARES = [
    (None, "-"),
    (0.0, "0 %"),
    (0.1, "1 %"),
    (0.3, "1 %"),
    (1.4, "1 %"),
    (1.5, "2 %"),
    (62.4, "62 %"),
    (62.5, "63 %"),
    (99.2, "99 %"),
    (99.7, "99 %"),
    (100.0, "100 %"),
]


@pytest.mark.parametrize(("percent", "words"), SHARES)
def test_a_share_is_neither_nothing_nor_all_before_it_is(percent: float | None, words: str) -> None:
    assert share(percent) == words
