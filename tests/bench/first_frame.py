"""Start-up: from the call to the first painted frame that shows the engagement's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.figures import Figure, interleaved, ratio
from tests.bench.ground import Ground, first_words
from tests.bench.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MINIMAL: tuple[str, ...] = ("FIRST FRAME",)
FLOOR = "minimal Textual app"


def measure(ground: Ground) -> list[Figure]:
    """The worked example, gated; a framework of 30,000 items, told."""
    taken = interleaved(
        {
            FLOOR: _first_frame(ground, ground.app("minimal"), MINIMAL),
            "example": _first_frame(ground, ground.program(ground.example), first_words(ground.example)),
            "many": _first_frame(ground, ground.program(ground.thirty_thousand), first_words(ground.thirty_thousand)),
        },
        ground.rounds(11),
    )
    floor = taken[FLOOR]
    return [
        ratio("first frame with rows, worked example", FLOOR, taken["example"], floor, goal=1.1, gate=1.3),
        ratio("first frame with rows, 30,000 items", FLOOR, taken["many"], floor),
    ]


def _first_frame(ground: Ground, command: Sequence[str], words: Iterable[str]) -> Callable[[], float]:
    def sample() -> float:
        with Terminal(command, ground.environment) as terminal:
            return terminal.shows(words)

    return sample
