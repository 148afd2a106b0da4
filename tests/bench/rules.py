"""Readiness of 11,000 answers: whole, and after one answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import cycle
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.rating.models import model_of
from gapbench.work.readiness import Readiness
from tests.bench.figures import Figure, interleaved, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.ground import Ground

_ITEMS = "CREATE TEMP TABLE item (catalog TEXT, id TEXT, grp TEXT, level INT, PRIMARY KEY (catalog, id)) WITHOUT ROWID"
_COUNTS = """
SELECT item.catalog, grp, level, value, count(*) FROM answer
JOIN item ON item.catalog = answer.catalog AND item.id = answer.item
GROUP BY item.catalog, grp, level, value
"""


def measure(ground: Ground) -> Iterator[Figure]:
    """Against counting the same answers by group and value in SQL; one answer against the whole."""
    path = ground.eleven_thousand
    with Engagement.open(path, author="Bench") as engagement:
        sql = _counts(path.with_suffix(".copy"), engagement)
        readiness = Readiness(engagement)
        taken = interleaved(
            {
                "whole": lambda: timed(readiness.read),
                "rules": lambda: timed(lambda: _assess(readiness)),
                "sql": lambda: timed(sql),
                "point": _one_more(engagement, readiness, "iso9001-2015"),
                "practice": _one_more(engagement, readiness, "cmmi-2.0"),
            },
            ground.rounds(15),
        )
    counts = "their counts in SQL"
    whole = taken["whole"]
    yield ratio("readiness of 11,000 answers", counts, whole, taken["sql"], goal=1.5, gate=3)
    yield ratio("... the rules alone, answers read before", counts, taken["rules"], taken["sql"])
    yield ratio("readiness after one ISO 9001 answer", "the whole", taken["point"], whole, goal=0.05, gate=0.2)
    yield ratio("readiness after one CMMI answer", "the whole", taken["practice"], whole, goal=0.05, gate=0.2)


def _assess(readiness: Readiness) -> None:
    for case in readiness.cases.values():
        model_of(case.scope).assess(case)


def _counts(copy: Path, engagement: Engagement) -> Callable[[], object]:
    """The query, on a copy of the file in memory: nobody else may read it while it is open."""
    copy.unlink(missing_ok=True)
    engagement.copy_to(copy)
    connection = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connection)
    connection.execute(_ITEMS)
    for framework in engagement.frameworks():
        rows = [(framework.catalog, it.id, it.group, it.level) for it in engagement.catalog(framework.catalog).items]
        connection.executemany("INSERT INTO item VALUES (?, ?, ?, ?)", rows)
    return lambda: connection.execute(_COUNTS).fetchall()


def _one_more(engagement: Engagement, readiness: Readiness, catalog: str) -> Callable[[], float]:
    """Rate one item after the other; only what follows the rating is timed."""
    scope = engagement.scope(catalog)
    rules = model_of(scope)
    items = cycle(rules.in_scope(scope)[::7])
    scale = rules.scale(scope.catalog)
    values = cycle([scale[2].code, scale[1].code, scale[0].code])

    def sample() -> float:
        item = next(items)
        change = engagement.rate(catalog, [(item.id, rules.units_for(scope, item)[0].id)], next(values))
        return timed(lambda: readiness.take(change))

    return sample
