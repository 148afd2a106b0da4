"""The workbench with saving switched off: a rating is kept in memory, readiness and screen as ever."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench import tui
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Change
from gapbench.rating.inputs import Answer
from gapbench.tui.app import GapbenchApp
from gapbench.tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable


class Unsaved(Engagement):
    """Takes a rating without a look at the rules, the journal or the disk."""

    _said: dict[tuple[str, str, str], Answer]

    def rate(
        self,
        catalog_id: str,
        cells: Iterable[tuple[str, str]],
        value: str,
        *,
        note: str | None = None,
        reason: str | None = None,
        title: str = "",
    ) -> Change:
        """Remember the value for as long as the program runs."""
        said = self.__dict__.setdefault("_said", {})
        touched = frozenset((catalog_id, item, unit) for item, unit in cells)
        said.update(dict.fromkeys(touched, Answer(value)))
        title = title or f"Rate {', '.join(item for _, item, _ in touched)} {value}"
        return Change(title, frozenset({"answers"}), touched, "not written", datetime.now(UTC))

    def answer(self, catalog_id: str, item: str, unit: str) -> Answer:
        """What was remembered, else what the file says."""
        said: dict[tuple[str, str, str], Answer] = self.__dict__.setdefault("_said", {})
        return said.get((catalog_id, item, unit)) or super().answer(catalog_id, item, unit)


class UnsavedApp(GapbenchApp):
    """The workbench on such an engagement."""

    CSS_PATH = str(Path(tui.__file__).with_name("app.tcss"))

    def open(self, path: Path) -> bool:
        """Put it on the desk."""
        self.take_desk(Desk(Unsaved.open(path, author=self.author)))
        return True


if __name__ == "__main__":
    UnsavedApp(Path(sys.argv[1]), author="Bench").run()
