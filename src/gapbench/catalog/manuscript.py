"""A catalog document whose shape is right, with what the rules look up in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.catalog.known import CircleError, load_known
from gapbench.catalog.lookup import spoken
from gapbench.catalog.reading import Entry, Rows
from gapbench.catalog.shape import sentence
from gapbench.errors import GapbenchError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.lookup import Spoken
    from gapbench.catalog.model import Catalog


class Manuscript:
    """One document on its way to become a catalog.

    Attributes:
        groups: As the file has them; `items` those inside them, in the same order.
        generic: What is asked in every area; `generic_items` the items inside.
        areas: Groups that are marked as areas.
    """

    def __init__(self, document: Entry, name: str, inside: tuple[str, ...] = ()) -> None:
        self.document = document
        self.name = name
        self._inside = (*inside, document["id"])
        self.groups: list[Entry] = document["groups"]
        self.items: list[Entry] = [item for group in self.groups for item in group.get("items", ())]
        self.generic: list[Entry] = document.get("generic", Rows())
        self.generic_items: list[Entry] = [item for row in self.generic for item in row["items"]]
        self.areas = [group for group in self.groups if group.get("area")]
        self.model: str = document["model"]

    def say(self, entry: Entry, key: str, what: str) -> str:
        """A problem of an entry, with file, line, entry and key."""
        line = entry.lines.get(key, entry.line)
        return sentence(self.name, line, str(entry.get("id", entry.get("name", ""))), key, what)

    # --- other catalogs ----------------------------------------------------------------------------

    @property
    def base(self) -> Catalog | None:
        """The framework that this one contains; None without one, or when it cannot be had."""
        return self._inner[0]

    @property
    def former(self) -> Catalog | None:
        """The edition before; None without one, or when gapbench does not have it."""
        return self._before[0]

    def problems_of_others(self) -> Iterator[str]:
        """Why a catalog that is named at the head cannot be had."""
        for key, (_, problem) in (("extends", self._inner), ("base", self._before)):
            if problem:
                yield self.say(self.document, key, problem)

    @cached_property
    def _inner(self) -> tuple[Catalog | None, str]:
        """The framework inside, and why it cannot be had."""
        return self._had("extends")

    @cached_property
    def _before(self) -> tuple[Catalog | None, str]:
        """The edition before, and why it cannot be had."""
        return self._had("base")

    def _had(self, key: str) -> tuple[Catalog | None, str]:
        if key not in self.document:
            return None, ""
        try:
            return load_known(self.document[key], inside=self._inside), ""
        except CircleError as problem:
            return None, str(problem).removesuffix(".")
        except UsageError as problem:
            # An edition before that gapbench does not have is no mistake; a framework inside is.
            return None, str(problem).removesuffix(".") if key == "extends" else ""
        except GapbenchError as problem:
            return None, f"that framework is not sound: {problem}".removesuffix(".")

    # --- what is looked up in both ---------------------------------------------------------------------

    @cached_property
    def base_groups(self) -> Mapping[Spoken, str]:
        """Ids of the framework inside, by the way they are said."""
        return {spoken(group.id): group.id for group in self.base.groups} if self.base else {}

    @cached_property
    def base_items(self) -> Mapping[Spoken, str]:
        """The same of its items."""
        return {spoken(item.id): item.id for item in self.base.items} if self.base else {}

    @cached_property
    def parents(self) -> frozenset[str]:
        """Ids of groups that hold groups."""
        return frozenset(group["parent"] for group in self.groups if "parent" in group)

    def is_of_base(self, group: Entry) -> bool:
        """Whether the group stands in the framework inside already."""
        return self.base is not None and group["id"] in self.base.group

    @cached_property
    def levels(self) -> int:
        """Highest level of the framework; 0 where it has none."""
        said: int = self.document.get("levels", self.base.levels if self.base else 0)
        return said

    @cached_property
    def viewed(self) -> frozenset[str]:
        """Ids of what a view can list: areas, or where the model has none, groups with items."""
        of_base = () if self.base is None else (area.id for area in self.base.areas)
        own = self.areas if self.has_areas else [group for group in self.groups if "items" in group]
        return frozenset((*of_base, *(group["id"] for group in own)))

    @property
    def has_areas(self) -> bool:
        """Whether the model works with groups that are marked as areas."""
        return self.model in ("goals", "process_attributes")
