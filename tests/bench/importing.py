"""Taking in 100,000 answers as one step, journalled."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.work import answers_csv
from tests.bench import made
from tests.bench.figures import Figure, interleaved, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.ground import Ground

POINTS, SITES = 5_000, 20
_MODE = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
_TABLES = ("answer", "step", "change")


def measure(ground: Ground) -> Iterator[Figure]:
    """Against `executemany` of the rows that the step leaves in the file; and of the answers alone."""
    empty = made.furnished(ground.scratch("import.gapbench"), [made.points(POINTS)], sites=SITES)
    with Engagement.open(empty, read_only=True) as engagement:
        rows = list(made.answers(engagement))
    filled = ground.copy(empty, "filled")
    with Engagement.open(filled, author="Bench") as engagement:
        engagement.write_answers(rows, "Import")
        text = answers_csv.written(answers_csv.rows(engagement)).encode()
    written = _rows_of(filled)
    answers = {"answer": written["answer"]}

    def ours(work: Callable[[Engagement], object]) -> Callable[[], float]:
        return lambda: _into_copy(ground, empty, work)

    taken = interleaved(
        {
            "rows": ours(lambda engagement: engagement.write_answers(rows, "Import")),
            "csv": ours(lambda engagement: answers_csv.bring_in(engagement, text, "answers.csv")),
            "same rows": lambda: _plain(ground, empty, written),
            "answers": lambda: _plain(ground, empty, answers),
            "csv floor": lambda: _plain(ground, empty, written, text),
        },
        ground.rounds(3),
        warm=0,
    )
    same = "executemany of the same rows"
    yield ratio("100,000 answers written as one step", same, taken["rows"], taken["same rows"], goal=2, gate=4)
    told = taken["csv"], taken["csv floor"]
    yield ratio("100,000 answers imported from CSV", f"csv.reader, {same}", *told, goal=2, gate=4)
    yield ratio("100,000 answers written as one step", "executemany without a journal", taken["rows"], taken["answers"])


def _into_copy(ground: Ground, empty: Path, work: Callable[[Engagement], object]) -> float:
    with Engagement.open(ground.copy(empty, "importing"), author="Bench") as engagement:
        return timed(lambda: work(engagement))


def _rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        last = connection.execute("SELECT max(seq) FROM step").fetchone()[0]
        return {
            "answer": connection.execute("SELECT * FROM answer").fetchall(),
            "step": connection.execute("SELECT * FROM step WHERE seq = ?", (last,)).fetchall(),
            "change": connection.execute('SELECT * FROM "change" WHERE step = ?', (last,)).fetchall(),
        }


def _plain(ground: Ground, empty: Path, rows: dict[str, list[tuple[object, ...]]], text: bytes = b"") -> float:
    path = ground.copy(empty, "plain")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(_MODE)

        def write() -> None:
            if text:
                list(csv.reader(io.StringIO(text.decode(), newline="")))
            connection.execute("BEGIN IMMEDIATE")
            for table, its in rows.items():
                marks = ",".join("?" * len(its[0]))
                connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', its)  # noqa: S608 (our own names)
            connection.execute("COMMIT")

        return timed(write)
