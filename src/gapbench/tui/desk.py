"""The engagement on the desk: the open file, its readiness, the walk, and where the consultant stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.rating.results import ConformityResult
from gapbench.work.headline import Headline, headline, progress
from gapbench.work.readiness import Readiness
from gapbench.work.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import Case, Finding


@dataclass
class Place:
    """Where the consultant stands in the walk; it outlives a change of screen.

    Attributes:
        line: (catalog, line id) under the cursor.
        filter: Which items stay in the list; `words` what is searched.
        folded: Headings that are folded.
        last_rated: (catalog, item, unit) of the newest rating.
    """

    line: tuple[str, str] = ("", "")
    filter: str = "all"
    words: str = ""
    folded: set[tuple[str, str]] = field(default_factory=set)
    last_rated: tuple[str, str, str] | None = None


class Desk:
    """One open engagement with everything the screens show of it."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.readiness = Readiness(engagement)
        self.walk = Walk(self.readiness)
        self.place = Place(line=engagement.last_answered() or ("", ""))
        self.client = engagement.profile().client

    @classmethod
    def open(cls, path: Path, author: str, clock: Callable[[], datetime] | None = None) -> Desk:
        """Open a file; raises a `FileError` in a sentence when that cannot be."""
        return cls(Engagement.open(path, author=author, clock=clock))

    def take(self, change: Change) -> None:
        """Bring everything in line with a step."""
        self.readiness.take(change)
        if "scope" in change.kinds:
            self.walk.rebuild()
        if "profile" in change.kinds:
            self.client = self.engagement.profile().client

    def headlines(self) -> list[Headline]:
        """Readiness of each framework in a line."""
        results = self.readiness.results
        return [headline(case, results[catalog]) for catalog, case in self.readiness.cases.items()]

    def progress(self) -> str:
        """How far the walk is."""
        results = self.readiness.results
        return ", ".join(progress(self.case(catalog), result) for catalog, result in results.items())

    def case(self, catalog: str) -> Case:
        """What the verdict on a framework rests on."""
        return self.readiness.cases[catalog]

    def catalogs(self) -> list[Catalog]:
        """The frameworks of the engagement."""
        return [case.scope.catalog for case in self.readiness.cases.values()]

    def findings_on(self, catalog: str, items: tuple[str, ...]) -> tuple[Finding, ...]:
        """Recorded and proposed findings that rest on any of the items."""
        result = self.readiness.results[catalog]
        every = result.findings if isinstance(result, ConformityResult) else self.case(catalog).findings
        wanted = {(catalog, item) for item in items}
        return tuple(finding for finding in every if wanted.intersection(finding.items))
