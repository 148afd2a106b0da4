"""What an auditor will question whatever the verdict: points taken out of the count on weak grounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import parties
from gapbench.rating.results import Blocker
from gapbench.rating.tallies import OUT
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.results import ClauseResult

NA, UNMET = OUT

PARTIAL = "partial"

_NAMED = 6
_MANY = 5
_OFTEN_OUT = ("8.3", "7.1.5.2")


@dataclass(frozen=True, slots=True)
class Caution:
    """Why one leaf will be questioned.

    Attributes:
        title: Of the leaf, with the clause around it where it needs one.
        value: What stands at the points in question, not applicable where both do.
        gate: Certification rests on the leaf, and nothing of it is left in the count.
        declared: Whether all that is out of the count is declared not applicable.
        na: Points declared not applicable although that is hardly ever accepted.
        unmet: Points without their condition, though the catalog knows none of theirs.
    """

    leaf: str
    title: str
    value: str
    gate: bool
    declared: bool
    na: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def points(self) -> int:
        """How many points are out of the count on weak grounds."""
        return len(self.na) + len(self.unmet)

    @property
    def blocker(self) -> Blocker:
        """The leaf, the value that stands there, and why that will be questioned."""
        return Blocker(self.leaf, self.value, f"{self.title}: {'; '.join(self._why())}")

    def _why(self) -> Iterator[str]:
        if self.gate and self.points:
            yield f"certification rests on it and all of it is {_how((self,))}; an auditor will not accept that"
            return
        if self.gate:
            yield f"all of it is {_how((self,))}, which can be in order; an auditor will ask for the justification"
        if self.na:
            yield f"declared not applicable, which is hardly ever accepted: {listed(self.na)}"
        if self.unmet:
            yield f"rated condition not met, though our catalog knows no condition there: {listed(self.unmet)}"


def of_leaves(catalog: Catalog, leaves: Iterable[ClauseResult]) -> tuple[Caution, ...]:
    """The leaves that will be questioned, in their own order."""
    concerned = (leaf for leaf in leaves if any(leaf.tally.counts[code] for code in OUT))
    found = (_of_leaf(catalog, leaf) for leaf in concerned)
    return tuple(caution for caution in found if caution is not None)


def _of_leaf(catalog: Catalog, leaf: ClauseResult) -> Caution | None:
    scored = {name: point.value for name, point in leaf.points.items() if catalog.item[name].scored}
    out = {name: value for name, value in scored.items() if value in OUT}
    weak = [name for name, value in out.items() if _is_weak(catalog.item[name], value)]
    gate = leaf.gate and len(out) == len(scored)
    if not gate and not weak:
        return None
    return Caution(
        leaf=leaf.id,
        title=catalog.title_of(leaf.id),
        value=NA if NA in (out[name] for name in (out if gate else weak)) else UNMET,
        gate=gate,
        declared=all(value == NA for value in out.values()),
        na=tuple(name for name in weak if out[name] == NA),
        unmet=tuple(name for name in weak if out[name] == UNMET),
    )


def _is_weak(item: Item, value: str) -> bool:
    return item.na == "no" if value == NA else not item.conditional


def doubtful_gates(cautions: Collection[Caution]) -> tuple[Caution, ...]:
    """Gates wholly out of the count, but for those that may well be: design, and measuring against standards."""
    return tuple(it for it in cautions if it.gate and (it.points or not _may_be_out(it.leaf)))


def _may_be_out(leaf: str) -> bool:
    return any(leaf == known or leaf.startswith(f"{known}.") for known in _OFTEN_OUT)


def of_partials(catalog: Catalog, leaves: Iterable[ClauseResult]) -> tuple[Blocker, ...]:
    """Gate leaves where many points are only partly met: each a minor at most, together perhaps a major."""
    return tuple(
        _of_partials(catalog, leaf) for leaf in leaves if leaf.gate and not leaf.majors and _is_weak_gate(leaf)
    )


def _is_weak_gate(leaf: ClauseResult) -> bool:
    partial = leaf.tally.counts[PARTIAL]
    return partial >= _MANY or 1 < partial == leaf.tally.counted == leaf.tally.scored - _outside(leaf)


def _outside(leaf: ClauseResult) -> int:
    return sum(leaf.tally.counts[code] for code in OUT)


def _of_partials(catalog: Catalog, leaf: ClauseResult) -> Blocker:
    names = [name for name, it in leaf.points.items() if it.value == PARTIAL and catalog.item[name].scored]
    who = parties.judge_of(catalog)
    return Blocker(
        leaf.id,
        PARTIAL,
        f"{catalog.title_of(leaf.id)}: {len(names)} of {leaf.tally.counted} points are only partly met "
        f"({listed(names, _NAMED)}); {'an' if who[0] in 'aeiou' else 'a'} {who} may see one major",
    )


def sentences(cautions: Collection[Caution], *, rests: str = "certification") -> tuple[str, ...]:
    """What has to stand beside a verdict, for the client; not a gate that may well be out, as design may."""
    gates = [caution for caution in cautions if caution.gate and caution.points]
    others = [caution for caution in cautions if not caution.gate]
    told = []
    if gates:
        names = listed((it.leaf for it in gates), _NAMED)
        told.append(f"{names}, on which {rests} rests, {_are(gates)} {_how(gates)}: an auditor will not accept that.")
    if others:
        number = sum(caution.points for caution in others)
        names = listed((it.leaf for it in others), _NAMED)
        verb = "is" if number == 1 else "are"
        told.append(
            f"{plural(number, 'point')} in {names} {verb} out of the count on grounds that an auditor will question."
        )
    return tuple(told)


def of_items(items: Iterable[Item], value: str) -> tuple[str, ...]:
    """What to think of before points are given this value; one sentence for all of a kind."""
    known = tuple(items)
    if value == NA:
        return tuple(_not_accepted(known))
    if value == UNMET:
        return tuple(_unconditional([item for item in known if item.scored and not item.conditional]))
    return ()


def _not_accepted(items: tuple[Item, ...]) -> Iterator[str]:
    for readily, how in (("no", "hardly ever"), ("rare", "seldom")):
        some = [item for item in items if item.na == readily]
        if some:
            why = f"an auditor will ask why {'it' if len(some) == 1 else 'they'} cannot apply."
            yield f"{_names(some)} {_are(some)} {how} accepted as not applicable: {why}{_instead(some)}"


def _instead(items: list[Item]) -> str:
    own = [item for item in items if item.conditional]
    if not own:
        return ""
    if len(items) == 1:
        return " If only its trigger is absent, rate it condition not met."
    return f" Where only its own trigger is absent, rate it condition not met: {_names(own)}."


def _unconditional(items: list[Item]) -> Iterator[str]:
    if len(items) == 1:
        yield (
            f"{items[0].id}: this point has no condition of its own in our catalog; "
            "if it does not apply at all, rate it not applicable, with a reason."
        )
    elif items:
        yield (
            f"{_names(items)} have no condition of their own in our catalog; "
            "what does not apply at all is rated not applicable, with a reason."
        )


def _names(items: Iterable[Item]) -> str:
    return listed((item.id for item in items), _NAMED)


def _are(some: Sequence[object]) -> str:
    return "is" if len(some) == 1 else "are"


def _how(some: Iterable[Caution]) -> str:
    return "declared not applicable" if all(it.declared for it in some) else "taken out of the count"
