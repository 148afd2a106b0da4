"""A practice of CMMI 2.0 and later, from its units to the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import scales
from gapbench.rating.aggregate import Rule, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

NC = "NC"

WEAK = frozenset({"PM", "DM"})

RULES: tuple[Rule, ...] = (
    Rule("a unit is not characterized", lambda seen, _: not seen or NC in seen, (NC,)),
    Rule("all units have the same value", lambda seen, _: len(seen) == 1, ()),
    Rule("only FM and NY", lambda seen, _: seen == {"FM", "NY"}, ("FM",)),
    Rule("only FM, LM and NY, with an LM", lambda seen, _: seen <= {"FM", "LM", "NY"}, ("LM",)),
    Rule(
        "FM or LM beside PM or DM, half or more of all units PM or DM",
        lambda seen, half: bool(seen & {"FM", "LM"}) and half,
        ("PM",),
    ),
    Rule(
        "FM or LM beside PM or DM, fewer than half of all units PM or DM",
        lambda seen, _: bool(seen & {"FM", "LM"}),
        ("LM", "PM"),
    ),
    Rule("only PM, DM and NY, with a PM", lambda seen, _: "PM" in seen, ("PM", "DM")),
    Rule("only DM and NY, with a DM", lambda *_: True, ("DM",)),
)


def _share(instances: Sequence[str]) -> tuple[str, ...]:
    weak = sum(value in WEAK for value in instances)
    if not weak:
        return ()
    share = (2000 * weak + len(instances)) // (2 * len(instances)) / 10
    return (f"PM or DM / all units: {weak} / {len(instances)} = {share} %",)


TABLE = Table(scales.PRACTICES, RULES, missing=NC, weak=WEAK, shown=_share)
