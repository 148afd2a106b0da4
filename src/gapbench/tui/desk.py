"""The engagement on the desk: the open file, its readiness, the walk, and where the consultant stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.work.headline import Headline, headlines, progress
from gapbench.work.readiness import Readiness
from gapbench.work.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog
    from gapbench.catalog.overlay import Overlay
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
        self._overlays: dict[str, Overlay] = {}
        self._years: dict[str, str] = {}
        self._links: dict[str, Editions] = {}
        self._newer: dict[str, Editions] = {}
        self._link()
        self.walk = Walk(self.readiness, lambda: tuple(self._newer.values()))
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
            known = dict(self._links)
            self._link()
            self.walk.rebuild()
            self.place.line = self._same_place(known)
        if "profile" in change.kinds:
            self.client = self.engagement.profile().client

    # -- editions ------------------------------------------------------------------------------------------------

    def _link(self) -> None:
        """Learn which framework follows which, and which are asked together."""
        pairs = self.engagement.successions()
        found = {one.catalog: self.engagement.editions(one.catalog) for one in pairs}
        self._links = {catalog: editions for catalog, editions in found.items() if editions is not None}
        dual = {one.former: one.catalog for one in self.engagement.dual()}
        self._newer = {former: self._links[new] for former, new in dual.items()}

    def _same_place(self, known: dict[str, Editions]) -> tuple[str, str]:
        """Where the consultant stood, also when the framework was followed by another edition, or is back."""
        catalog, line = self.place.line
        if catalog in self.readiness.cases:
            return self.walk.home((catalog, line))
        for editions in (*self._links.values(), *known.values()):
            if catalog == editions.former.id:
                heirs = editions.successors.get(line, ())
                return self.walk.home(
                    (editions.new.id, heirs[0] if heirs else _as_spelt(line, catalog, editions.new.id))
                )
            if catalog == editions.new.id and line in editions.links:
                grown = editions.links[line].former
                return self.walk.home((editions.former.id, grown[0].id if grown else line))
            if catalog == editions.new.id:
                return self.walk.home((editions.former.id, _as_spelt(line, catalog, editions.former.id)))
        return self.place.line

    def newer_of(self, catalog: str) -> Editions | None:
        """The edition that is asked together with this one, and what became of each item in it."""
        return self._newer.get(catalog)

    def former_year(self, catalog: str) -> str:
        """The edition that a framework follows in this engagement, "2015"; "" when it follows none."""
        editions = self._links.get(catalog)
        return editions.former.edition.split(maxsplit=1)[0] if editions else ""

    def base_year(self, catalog: Catalog) -> str:
        """The edition before, as the changes of a framework speak of it."""
        if catalog.id not in self._years:
            from gapbench.catalog.known import list_known

            lines = {line.id: line.edition.split(maxsplit=1)[0] for line in list_known()}
            self._years[catalog.id] = self.former_year(catalog.id) or lines.get(catalog.base, catalog.base)
        return self._years[catalog.id]

    def overlay(self, catalog: str) -> Overlay:
        """The person's own words beside a framework; they stay on this machine."""
        if catalog not in self._overlays:
            from gapbench.catalog.overlay import overlay_for

            self._overlays[catalog] = overlay_for(catalog)
        return self._overlays[catalog]

    # -- readiness -----------------------------------------------------------------------------------------------

    def headlines(self) -> list[Headline]:
        """Readiness of each framework in a line."""
        return headlines(self.readiness.cases, self.readiness.results)

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
        return self.walk.figures(catalog).findings_on(items)


def _as_spelt(line: str, catalog: str, other: str) -> str:
    """A line of another edition: the framework's own line is called as the framework."""
    return other if line == catalog else line
