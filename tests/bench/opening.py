"""Opening an engagement: a long past must cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.tui.desk import Desk
from tests.bench.figures import Figure, interleaved, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.ground import Ground


def measure(ground: Ground) -> Iterator[Figure]:
    """150,000 steps against none: opening alone, and with all that the first screen needs."""
    for what, work in (("open", _open), ("open for the first screen", _desk)):
        taken = interleaved(
            {"old": _timed(work, ground.old), "young": _timed(work, ground.young)}, ground.rounds(25), warm=3
        )
        yield ratio(f"{what}, 150,000 steps", "no answer yet", taken["old"], taken["young"], goal=1.1, gate=1.3)


def _open(path: Path) -> None:
    with Engagement.open(path, author="Bench") as engagement:
        engagement.head()


def _desk(path: Path) -> None:
    desk = Desk.open(path, "Bench")
    desk.headlines()
    desk.engagement.close()


def _timed(work: Callable[[Path], None], path: Path) -> Callable[[], float]:
    return lambda: timed(lambda: work(path))
