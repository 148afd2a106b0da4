"""A practice of CMMI 1.3, or a goal of SW-CMM, from its units to the organisation."""

from __future__ import annotations

from gapbench.rating import scales
from gapbench.rating.aggregate import Rule, Table

OPEN = ""

WEAK = frozenset({"PI", "NI"})

IMPLEMENTED = Table(
    scales.IMPLEMENTATION,
    (
        Rule("a unit is not characterized", lambda seen, _: not seen or OPEN in seen, (OPEN,)),
        Rule("only NY", lambda seen, _: seen == {"NY"}, ("NY",)),
        Rule("only FI and NY, with an FI", lambda seen, _: seen <= {"FI", "NY"}, ("FI",)),
        Rule("only FI, LI and NY, with an LI", lambda seen, _: seen <= {"FI", "LI", "NY"}, ("LI",)),
        Rule("FI or LI beside PI or NI", lambda seen, _: bool(seen & {"FI", "LI"}), ("LI", "PI")),
        Rule("only PI, NI and NY, with a PI", lambda seen, _: "PI" in seen, ("PI",)),
        Rule("only NI and NY, with an NI", lambda *_: True, ("NI",)),
    ),
)
"""Practices of CMMI 1.3 (SCAMPI A V1.3)."""

ANSWERED = Table(
    scales.ANSWERS,
    (
        Rule("nobody has answered, or not every unit", lambda seen, _: not seen or OPEN in seen, (OPEN,)),
        Rule("the answer that all give", lambda seen, _: len(seen) == 1, ()),
        Rule("a no", lambda seen, _: "no" in seen, ("no",)),
        Rule("a partly, and no no", lambda seen, _: "partly" in seen, ("partly",)),
        Rule("only yes and na", lambda *_: True, ("yes",)),
    ),
)
"""Goals of SW-CMM: the organisation answers; should units be asked, the worst of them counts."""
