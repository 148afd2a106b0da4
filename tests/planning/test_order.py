from __future__ import annotations

import pytest

from gapbench.errors import UsageError
from gapbench.planning.order import among, dependents, in_order

NEEDS: dict[str, tuple[str, ...]] = {"A": (), "B": ("A",), "C": ("A", "elsewhere"), "D": ("C", "B")}


def test_every_name_comes_after_all_it_needs_and_the_lowest_rank_first() -> None:
    assert in_order(NEEDS, lambda name: -ord(name)) == ("A", "C", "B", "D")


def test_dependents_are_direct_or_not() -> None:
    found = dependents(NEEDS, "ABCD")
    assert {name: "".join(sorted(its)) for name, its in found.items()} == {"A": "BCD", "B": "D", "C": "D", "D": ""}


def test_a_need_of_what_is_left_out_is_a_need() -> None:
    assert among({"A": (), "B": ("A",), "C": ("B",), "D": ("C", "A")}, {"A", "D"}) == {"A": (), "D": ("A",)}


@pytest.mark.parametrize(
    ("needs", "ring"),
    [
        ({"A": ("A",)}, "A needs A"),
        ({"A": ("B",), "B": ("A",), "C": ("A",)}, "A needs B, B needs A"),
        ({"A": ("B",), "B": ("C",), "C": ("D",), "D": ("B",)}, "B needs C, C needs D, D needs B"),
    ],
)
def test_a_circle_is_walked_once_around(needs: dict[str, tuple[str, ...]], ring: str) -> None:
    with pytest.raises(UsageError) as problem:
        in_order(needs, str)
    sentence = f"The packages wait for each other in a circle: {ring}; take one of these prerequisites away."
    assert str(problem.value) == sentence
