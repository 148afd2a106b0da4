"""Keys in a terminal: the cursor moves; an item is rated, saved and painted."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import cycle, islice
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from tests.bench.figures import Figure, percentile, ratio
from tests.bench.first_frame import MINIMAL
from tests.bench.ground import Ground, first_words
from tests.bench.terminal import DOWN, PAGE, TOP, UP, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

ONE = "one-Static Textual app"
MOVED_IN_A_ROUND, RATED_IN_A_ROUND = 100, 50
VALUES = (b"3", b"1", b"2")
"""Keys of the rounds in turn: never the value that stands there."""

_Calls = dict[str, tuple[list[str], tuple[str, ...]]]
_Rounds = dict[str, list[list[float]]]


def measure_moves(ground: Ground) -> Iterator[Figure]:
    """Up and down, without and with scrolling; it must not grow with the number of items."""
    calls = _calls(ground, {"500": ground.five_hundred, "30,000": ground.thirty_thousand})
    ways = {
        "cursor move": ([DOWN, TOP, *[DOWN] * 12], [UP] * 8 + [DOWN] * 8),
        "cursor move that scrolls": ([DOWN, TOP, PAGE], [DOWN]),
    }
    for what, (start, keys) in ways.items():
        taken = _moves(ground, calls, start, keys)
        for items in ("500", "30,000"):
            for percent in (50, 99):
                words = f"{what} -> painted, {items} items, p{percent}"
                yield _percentiles(words, ONE, taken[items], taken[ONE], percent, 1.1, 1.5)


def measure_sizes(ground: Ground) -> Iterator[Figure]:
    """A framework of 5,000 items against one of 300: moves and ratings."""
    for kind, made in (("points", ground.of_points), ("goals", ground.of_goals)):
        calls = {name: (ground.program(path), first_words(path)) for name, path in _sizes(made).items()}
        moved = _moves(ground, calls, [DOWN, TOP, *[DOWN] * 12], [UP] * 8 + [DOWN] * 8)
        words = f"cursor move, 5,000 items of {kind}"
        yield _percentiles(f"{words}, p50", "300 items", moved["5,000"], moved["300"], 50, 1.1, 1.5)
        yield _percentiles(f"{words}, p99", "300 items", moved["5,000"], moved["300"], 99, 1.1, 1.5)
        rated: _Rounds = {name: [] for name in calls}
        with ExitStack() as stack:
            terminals = _opened(ground, calls, stack)
            for key in islice(cycle(VALUES), ground.rounds(6)):
                for name, terminal in terminals.items():
                    _go(terminal, [DOWN, TOP, DOWN, DOWN, DOWN])
                    rated[name].append([terminal.press(key) for _ in range(RATED_IN_A_ROUND)])
        words = f"rating, 5,000 items of {kind}"
        yield _percentiles(f"{words}, p50", "300 items", rated["5,000"], rated["300"], 50, 1.1, 1.5)


def _sizes(made: Callable[[int], Path]) -> dict[str, Path]:
    return {"300": made(300), "5,000": made(5_000)}


def measure_ratings(ground: Ground) -> Iterator[Figure]:
    """A rating with readiness, on the disk and on the screen."""
    yield from _ratings(ground, ground.whole, "ISO 9001 point")
    yield from _ratings(ground, ground.whole, "CMMI practice", b"\t")
    yield from _ratings(ground, ground.thirty_thousand, "point of 30,000")


def _moves(ground: Ground, calls: _Calls, start: Sequence[bytes], keys: Sequence[bytes]) -> _Rounds:
    taken: _Rounds = {name: [] for name in calls}
    with ExitStack() as stack:
        terminals = _opened(ground, calls, stack)
        for number in range(ground.rounds(5)):
            for name in terminals if number % 2 else reversed(terminals):
                _go(terminals[name], start)
                taken[name].append([terminals[name].press(key) for key in islice(cycle(keys), MOVED_IN_A_ROUND)])
    return taken


def _ratings(ground: Ground, path: Path, what: str, *there: bytes) -> Iterator[Figure]:
    """Rate the same items in every round, each time with another value; `there` leads to the framework."""
    saved, unsaved = (ground.copy(path, name) for name in ("saved", "unsaved"))
    calls = _calls(ground, {"saved": saved})
    calls["unsaved"] = (ground.app("unsaved", unsaved), first_words(path))
    taken: _Rounds = {name: [] for name in calls}
    rounds = ground.rounds(6)
    with ExitStack() as stack:
        terminals = _opened(ground, calls, stack)
        for key in islice(cycle(VALUES), rounds):
            for name, terminal in terminals.items():
                _go(terminal, [DOWN, TOP, *there, DOWN, DOWN, DOWN])  # chapter, clause, point; area, level, practice
                taken[name].append([terminal.press(key) for _ in range(RATED_IN_A_ROUND)])
    _assert_saved(saved, rounds * RATED_IN_A_ROUND)
    what = f"{what} rated -> saved and painted"
    yield _percentiles(f"{what}, p50", "saving off", taken["saved"], taken["unsaved"], 50, 1.35, 2.0)
    yield _percentiles(f"{what}, p99", "saving off", taken["saved"], taken["unsaved"], 99)
    yield _percentiles(f"{what}, p50", ONE, taken["saved"], taken[ONE], 50)


def _assert_saved(path: Path, ratings: int) -> None:
    with Engagement.open(path, read_only=True) as engagement:
        saved = sum(step.title.startswith("Rate") for step in engagement.history())
    if saved != ratings:
        raise RuntimeError(f"{ratings} ratings were painted and {saved} are on the disk")


def _calls(ground: Ground, engagements: Mapping[str, Path]) -> _Calls:
    calls: _Calls = {ONE: (ground.app("minimal"), MINIMAL)}
    for name, path in engagements.items():
        calls[name] = (ground.program(path), first_words(path))
    return calls


def _opened(ground: Ground, calls: _Calls, stack: ExitStack) -> dict[str, Terminal]:
    terminals = {}
    for name, (command, words) in calls.items():
        terminals[name] = stack.enter_context(Terminal(command, ground.environment))
        terminals[name].shows(words)
        terminals[name].calm()
    return terminals


def _go(terminal: Terminal, keys: Iterable[bytes]) -> None:
    for key in keys:
        terminal.press(key)
    terminal.calm()


def _percentiles(
    what: str,
    floor: str,
    ours: Iterable[list[float]],
    base: Iterable[list[float]],
    percent: int,
    goal: float | None = None,
    gate: float | None = None,
) -> Figure:
    one, other = ([percentile(times, percent) for times in rounds] for rounds in (ours, base))
    return ratio(what, floor, one, other, goal=goal, gate=gate)
