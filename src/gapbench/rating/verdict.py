"""The verdict on conformity: five rules, the first that holds, with what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import cautions as questions
from gapbench.rating import parties
from gapbench.rating.findings import is_open, items_in
from gapbench.rating.results import Blocker, ClauseResult, Tally
from gapbench.rating.tallies import OUT
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gapbench.catalog.model import Catalog
    from gapbench.rating.inputs import Finding

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict looks at.

    Attributes:
        missing: Gate leaves of which nothing that applies is in place.
        unrated: Leaves with unrated points.
        out: Leaves of which every point is out of the count.
        majors, minors: Open ones, recorded and proposed.
        cautions: What an auditor will question, whatever the verdict.
    """

    catalog: Catalog
    tally: Tally
    missing: tuple[ClauseResult, ...]
    unrated: tuple[ClauseResult, ...]
    out: tuple[ClauseResult, ...]
    majors: tuple[Finding, ...]
    minors: tuple[Finding, ...]
    cautions: tuple[questions.Caution, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One step towards the verdict, in words and as a test."""

    verdict: str
    words: str
    holds: Callable[[Facts], bool]


def _is_incomplete(facts: Facts) -> bool:
    return facts.tally.rated < facts.tally.scored or not facts.tally.counted


RULES: tuple[Rule, ...] = (
    Rule("not_ready", "a gate clause is wholly missing", lambda facts: bool(facts.missing)),
    Rule("incomplete", "coverage is below 100 %, or nothing is left in the count", _is_incomplete),
    Rule("not_recommended", "a major is open", lambda facts: bool(facts.majors)),
    Rule("likely_with_plan", "a minor is open", lambda facts: bool(facts.minors)),
    Rule("likely", "nothing of the above", lambda _: True),
)

WORDS: Mapping[str, str] = {
    "not_ready": "not ready",
    "incomplete": "incomplete",
    "not_recommended": "not recommended",
    "likely_with_plan": "likely, with a plan",
    "likely": "likely",
}
"""Verdict -> the two words for it."""

_NEUTRAL_WORDS: Mapping[str, str] = {
    **WORDS,
    "not_recommended": "would not pass",
    "likely_with_plan": "would pass, with a plan",
    "likely": "would pass",
}


def words_of(catalog: Catalog) -> Mapping[str, str]:
    """The same for one framework: only where somebody certifies is anybody recommended."""
    return WORDS if parties.is_certified(catalog) else _NEUTRAL_WORDS


def _is_out(tally: Tally) -> bool:
    return not tally.counted and tally.rated == tally.scored > 0


def gather(
    catalog: Catalog,
    tally: Tally,
    leaves: Mapping[str, ClauseResult],
    findings: Iterable[Finding],
) -> Facts:
    """Collect what the verdict looks at."""
    open_ones = [finding for finding in findings if is_open(finding)]
    return Facts(
        catalog=catalog,
        tally=tally,
        missing=tuple(leaf for leaf in leaves.values() if leaf.missing),
        unrated=tuple(leaf for leaf in leaves.values() if leaf.tally.rated < leaf.tally.scored),
        out=tuple(leaf for leaf in leaves.values() if _is_out(leaf.tally)),
        majors=tuple(finding for finding in open_ones if finding.cls == "major"),
        minors=tuple(finding for finding in open_ones if finding.cls == "minor"),
        cautions=questions.of_leaves(catalog, leaves.values()),
    )


def decide(facts: Facts) -> str:
    """The verdict of the first rule that holds."""
    return next(rule.verdict for rule in RULES if rule.holds(facts))


def say(verdict: str, facts: Facts) -> str:
    """The verdict in a sentence for the client, and one more for what an auditor will question."""
    told = questions.sentences(facts.cautions, rests=_rests(facts))
    return " ".join((_SENTENCES[verdict](facts), *told))


def _rests(facts: Facts) -> str:
    return "certification" if _is_certified(facts) else "the verdict"


def stand_in_the_way(verdict: str, facts: Facts) -> tuple[Blocker, ...]:
    """What has to change before the verdict can be better."""
    if verdict == "not_ready":
        return tuple(_missing(facts.catalog, leaf) for leaf in facts.missing)
    if verdict == "incomplete":
        if not facts.unrated:
            return tuple(_left_out(facts.catalog, leaf) for leaf in facts.out)
        return tuple(_unrated(facts.catalog, leaf) for leaf in facts.unrated)
    standing = {"not_recommended": facts.majors, "likely_with_plan": facts.minors}
    return tuple(_finding(facts.catalog, finding) for finding in standing.get(verdict, ()))


def _missing(catalog: Catalog, leaf: ClauseResult) -> Blocker:
    title = catalog.title_of(leaf.id)
    why = f"{title}: nothing that applies is in place; an audit cannot start without it"
    return Blocker(leaf.id, "not_conforming", why)


def _unrated(catalog: Catalog, leaf: ClauseResult) -> Blocker:
    left = leaf.tally.scored - leaf.tally.rated
    points = plural(leaf.tally.scored, "point")
    why = f"{catalog.title_of(leaf.id)}: {left} of {points} not rated yet"
    return Blocker(leaf.id, "", why)


def _left_out(catalog: Catalog, leaf: ClauseResult) -> Blocker:
    why = f"{catalog.title_of(leaf.id)}: all of it is out of the count"
    return Blocker(leaf.id, next(code for code in OUT if leaf.tally.counts[code]), why)


def _finding(catalog: Catalog, finding: Finding) -> Blocker:
    items = items_in(catalog, finding)
    leaf = catalog.group[catalog.item[items[0]].group]
    what = finding.gap or finding.requirement or f"{leaf.id} {leaf.title}"
    return Blocker(
        item=items[0] if len(items) == 1 and not finding.proposed else leaf.id,
        value=finding.cls,
        why=f"{finding.label} {finding.cls}: {what}",
    )


def _labels(findings: tuple[Finding, ...]) -> str:
    recorded = [finding.label for finding in findings if not finding.proposed]
    proposed = len(findings) - len(recorded)
    if proposed:
        recorded.append(f"{proposed} proposed" if recorded else "proposed")
    return listed(recorded)


def _counted(findings: tuple[Finding, ...], word: str) -> str:
    number = plural(len(findings), word)
    return f"{number} ({_labels(findings)})" if findings else number


def _leaf_names(facts: Facts) -> str:
    names = (f"{leaf.id} {facts.catalog.title_of(leaf.id)}" for leaf in facts.missing)
    return listed(names, _NAMED)


def _say_not_ready(facts: Facts) -> str:
    what = "a certification audit" if _is_certified(facts) else "an assessment"
    return f"Not ready for {what}: nothing that applies is in place for {_leaf_names(facts)}."


def _say_incomplete(facts: Facts) -> str:
    if not facts.tally.scored:
        return "No verdict yet: there is no point to rate."
    left = facts.tally.scored - facts.tally.rated
    if not left:
        return (
            f"No verdict yet: nothing is left to judge, all {plural(facts.tally.scored, 'point')} are out of the count."
            if facts.tally.scored > 1
            else "No verdict yet: nothing is left to judge, the only point is out of the count."
        )
    names = listed((leaf.id for leaf in facts.unrated), _NAMED)
    return (
        f"No verdict yet: {left} of {plural(facts.tally.scored, 'point')} not rated, in {names}; "
        f"so far {_counted(facts.majors, 'major')} and {plural(len(facts.minors), 'minor')}."
    )


def _say_not_recommended(facts: Facts) -> str:
    also = f", beside {plural(len(facts.minors), 'minor')}" if facts.minors else ""
    start = "Would not be recommended for certification" if _is_certified(facts) else "Would not pass"
    return (
        f"{start} as it stands: "
        f"{_counted(facts.majors, 'major')} open{also}; each must be corrected and verified first."
    )


def _say_likely_with_plan(facts: Facts) -> str:
    plan = f"a plan for {_counted(facts.minors, 'minor')} is accepted"
    said = f"{_pass(facts)} once {plan}."
    if not parties.is_aerospace(facts.catalog):
        return said
    them = "it" if len(facts.minors) == 1 else "them"
    return f"{said} The aerospace scheme may ask to close {them} first; ask the certification body."


def _say_likely(facts: Facts) -> str:
    return f"{_pass(facts)}: all {plural(facts.tally.scored, 'point')} rated and no nonconformity open."


def _pass(facts: Facts) -> str:
    """Better news, and the condition on which it rests when a gate is wholly out."""
    is_certified = _is_certified(facts)
    gates = questions.doubtful_gates(facts.cautions)
    if not gates:
        return "Likely to be recommended for certification" if is_certified else "Would pass"
    names, are = listed((it.leaf for it in gates), _NAMED), "is" if len(gates) == 1 else "are"
    who = "the certification body accepts" if is_certified else "those who ask for it accept"
    then = "likely to be recommended for certification" if is_certified else "would pass"
    return f"Only if {who} that {names} {are} out, {then}"


def _is_certified(facts: Facts) -> bool:
    return parties.is_certified(facts.catalog)


_SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "not_ready": _say_not_ready,
    "incomplete": _say_incomplete,
    "not_recommended": _say_not_recommended,
    "likely_with_plan": _say_likely_with_plan,
    "likely": _say_likely,
}
