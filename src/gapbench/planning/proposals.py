"""The actions that the plan proposes: one for each finding, one for each activity that something open calls for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gapbench.planning.values import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapbench.planning.values import Package, Reference, Requirement
    from gapbench.rating.inputs import Finding

_STEM = 5
_EMPTY = frozenset({"and", "are", "for", "from", "into", "that", "the", "their", "this", "what", "with", "who", "how"})


def actions_of(
    package: Package,
    requirements: Sequence[Requirement],
    findings: Sequence[tuple[Finding, tuple[Reference, ...]]],
    recorded: Sequence[Action],
) -> tuple[Action, ...]:
    """Recorded actions of a package, then the proposals that none of them replaces.

    A recorded action replaces a proposal for the same finding, with the same words, or for requirements
    that it closes itself.

    Args:
        package: Whose activities may be proposed.
        requirements: The open ones.
        findings: Open findings whose action lands here, each with the requirements that it keeps open here.
        recorded: What is recorded for the package.
    """
    taken = frozenset(ref for action in recorded for ref in action.closes)
    proposed = _all(package, requirements, findings)
    kept = (_without(it, taken) for it in proposed) if taken else proposed
    answered = {action.finding for action in recorded if action.finding}
    said = {action.what for action in recorded}
    open_ones = [it for it in kept if it.closes and it.finding not in answered and it.what not in said]
    return (*recorded, *open_ones)


def _without(action: Action, taken: frozenset[Reference]) -> Action:
    return replace(action, closes=tuple(ref for ref in action.closes if ref not in taken))


def _all(
    package: Package,
    requirements: Sequence[Requirement],
    findings: Sequence[tuple[Finding, tuple[Reference, ...]]],
) -> Iterator[Action]:
    covered: set[Reference] = set()
    number = 0
    for number, (finding, refs) in enumerate(findings, 1):
        new = tuple(ref for ref in refs if ref not in covered)
        covered.update(new)
        yield _action(package, number, _answer_to(finding), new or refs, finding.id)
    left = [it for it in requirements if it.ref not in covered]
    for what, refs in _by_activity(package.activities or (package.name,), left).items():
        number += 1
        yield _action(package, number, what, refs)


def _action(package: Package, number: int, what: str, closes: tuple[Reference, ...], finding: str = "") -> Action:
    return Action(f"{package.id}/{number}", package.id, what, closes, package.owner, finding=finding)


def _answer_to(finding: Finding) -> str:
    """What to do about a finding, in one line."""
    gap = " ".join((finding.gap or finding.requirement or "correct it and remove its cause").split())
    about = finding.requirement if finding.proposed and finding.requirement else finding.label
    return f"Close {about}: {gap}" if gap != about else f"Close {about}"


def _by_activity(activities: Sequence[str], requirements: Iterable[Requirement]) -> Mapping[str, tuple[Reference, ...]]:
    """Every requirement with the activity that shares most words with its title, else the first of the package."""
    found: dict[str, list[Reference]] = {activity: [] for activity in activities}
    for it in requirements:
        found[_closest(it.title, tuple(activities))].append(it.ref)
    return {activity: tuple(refs) for activity, refs in found.items() if refs}


@lru_cache(maxsize=4096)
def _closest(title: str, activities: tuple[str, ...]) -> str:
    words = _words(title)
    return max(activities, key=lambda activity: len(words & _words(activity)))  # the first of equals


def _words(text: str) -> frozenset[str]:
    """Stems of the words of a line, short and empty ones left out."""
    words = re.findall(r"[a-z]{3,}", text.casefold())
    return frozenset(word[:_STEM] for word in words if word not in _EMPTY)
