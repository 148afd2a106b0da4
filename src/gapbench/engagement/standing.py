"""Which frameworks count, which one follows which, and where one question serves two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapbench.catalog.editions import Editions
    from gapbench.engagement.values import Framework, Succession


@dataclass(frozen=True)
class Standing:
    """Every framework of a file, in order.

    Attributes:
        every: Superseded ones too.
        successions: Which follows which.
        live: Those that count.
        superseded: Former framework -> the one that stands in its place.
        marked: Frameworks that took the place of another: their answers may be marked as carried over.
        dual: Successions of which both frameworks count.
    """

    every: tuple[Framework, ...]
    successions: tuple[Succession, ...] = ()
    live: tuple[Framework, ...] = field(init=False)
    superseded: Mapping[str, str] = field(init=False)
    marked: frozenset[str] = field(init=False)
    dual: tuple[Succession, ...] = field(init=False)

    def __post_init__(self) -> None:
        replaced = {one.former: one.catalog for one in self.successions if one.mode == "transition"}
        dual = [one for one in self.successions if one.mode == "dual"]
        live = tuple(one for one in self.every if one.catalog not in replaced) if replaced else self.every
        object.__setattr__(self, "live", live)
        object.__setattr__(self, "superseded", replaced)
        object.__setattr__(self, "marked", frozenset(replaced.values()))
        object.__setattr__(self, "dual", tuple(one for one in dual if not {one.catalog, one.former} & replaced.keys()))

    def find(self, catalog_id: str) -> Framework | None:
        """A framework, superseded or not."""
        return next((one for one in self.every if one.catalog == catalog_id), None)

    def former(self, catalog_id: str) -> Framework | None:
        """The framework that one follows."""
        return next((self.find(one.former) for one in self.successions if one.catalog == catalog_id), None)

    def after(self, catalog_id: str) -> Succession | None:
        """How a framework is followed."""
        return next((one for one in self.successions if one.former == catalog_id), None)


Pair = tuple[str, str]
"""(catalog, item)."""


class Mirrors:
    """Items that are one question in several frameworks."""

    def __init__(self, editions: Iterable[Editions] = ()) -> None:
        self._others: dict[Pair, tuple[Pair, ...]] = {}
        for each in editions:
            for new, former in each.twins.items():
                self._join((each.new.id, new), (each.former.id, former))

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._others)

    def of(self, catalog: str, item: str) -> tuple[Pair, ...]:
        """The same question elsewhere."""
        return self._others.get((catalog, item), ())

    def first(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """Each question once, as it is met first."""
        seen: set[Pair] = set()
        kept = []
        for pair in pairs:
            if pair not in seen:
                kept.append(pair)
            seen.update((pair, *self.of(*pair)))
        return tuple(kept)

    def _join(self, one: Pair, other: Pair) -> None:
        ring = dict.fromkeys((one, *self.of(*one), other, *self.of(*other)))
        for pair in ring:
            self._others[pair] = tuple(each for each in ring if each != pair)


NO_MIRRORS = Mirrors()
