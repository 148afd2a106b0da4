"""Memory that the open workbench holds."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, interleaved
from tests.bench.first_frame import MINIMAL
from tests.bench.ground import Ground, first_words
from tests.bench.terminal import DOWN, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


def measure(ground: Ground) -> Iterator[Figure]:
    """With 30,000 items, and with the worked example, after some keys."""
    calls: dict[str, tuple[list[str], tuple[str, ...]]] = {"floor": (ground.app("minimal"), MINIMAL)}
    names = {"many": ("30,000 items", ground.thirty_thousand), "example": ("worked example", ground.example)}
    for name, (_, path) in names.items():
        calls[name] = (ground.program(path), first_words(path))
    samples = {name: _held(ground, command, words) for name, (command, words) in calls.items()}
    taken = interleaved(samples, ground.rounds(3), warm=0)
    for name, (what, _) in names.items():
        more = tuple(one - other for one, other in zip(taken[name], taken["floor"], strict=True))
        ours, base = (f"{median(taken[each]):.0f} MB" for each in (name, "floor"))
        yield Figure(f"memory, {what}", "minimal Textual app", more, ours, base, 50, 80, " MB")


def _held(ground: Ground, command: Sequence[str], words: Iterable[str]) -> Callable[[], float]:
    def sample() -> float:
        with Terminal(command, ground.environment) as terminal:
            terminal.shows(words)
            terminal.calm()
            for _ in range(50):
                terminal.press(DOWN)
            return terminal.megabytes()

    return sample
