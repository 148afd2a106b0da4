"""Show me the arithmetic: any figure as lines that can be pasted into an e-mail and added up again.

A subject is "" (the whole), a clause, an item, a principle, an area or process, a practice group or a
level of an area ("CM/2"), a goal ("CM SG 1"), a maturity level ("ML2") or, of a profile, a capability
level ("CL2").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import explain_conformity, explain_levels
from gapbench.rating.results import ConformityResult, Result

if TYPE_CHECKING:
    from gapbench.rating.inputs import Case


def explain(case: Case, result: Result, subject: str = "") -> tuple[str, ...]:
    """Lines that say how a figure comes about.

    Args:
        case: What the figure rests on.
        result: What the rules made of it.
        subject: Which figure.

    Raises:
        UsageError: There is no such figure.
    """
    if isinstance(result, ConformityResult):
        return explain_conformity.explain(case, result, subject)
    return explain_levels.explain(case, result, subject)
