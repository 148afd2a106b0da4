"""The integrated plan: packages that close what is open, each requirement by exactly one, in the order of work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.planning import priority as model
from gapbench.planning.order import among, dependents, in_order
from gapbench.planning.proposals import actions_of
from gapbench.planning.requirements import index
from gapbench.planning.values import DONE, Action, Decision, Package, PlannedPackage, Requirement, Settings, Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.values import Priority, Reference
    from gapbench.rating.inputs import Finding

    Landed = tuple[Finding, tuple[Reference, ...]]

OTHER = "other"
"""What the id of a package begins with that gathers what no package knows."""

PER_REQUIREMENT: Mapping[Size, tuple[float, float]] = {"S": (0.4, 0.9), "M": (1.0, 2.1), "L": (2.2, 4.4)}
"""Person-days for one requirement that no package knows: all 25 packages over their 246 requirements."""


def plan(
    packages: Iterable[Package],
    requirements: Sequence[Requirement],
    settings: Settings,
    *,
    today: date,
    findings: Iterable[Finding] = (),
    decisions: Iterable[Decision] = (),
    actions: Iterable[Action] = (),
    names: Mapping[str, str] | None = None,
) -> tuple[PlannedPackage, ...]:
    """Packages with something open, or with an action that is not done, in the order of work.

    Args:
        packages: Those of the frameworks of this engagement.
        requirements: What the answers leave, of every framework.
        settings: Size, mandates and deadlines.
        today: From which deadlines are counted.
        findings: Open ones; each has its action in the package of the first item it keeps open.
        decisions: What was decided on packages.
        actions: Recorded ones.
        names: Catalog id -> the name of the framework, for what no package knows.

    Raises:
        UsageError: Packages wait for each other in a circle, two packages close the same requirement, or a
            decision cannot be.
    """
    decided = {it.package: it for it in decisions}
    _check(decided.values())
    drafts = tuple(_drafts(_with_others(packages, requirements, actions, names or {}), requirements, findings, actions))
    known = {it.package.id: it.package.needs for it in drafts}
    in_order(known, str)
    chosen = {it.package.id: it for it in drafts if it.open or it.has_work}
    needs = among(known, chosen)
    return _ranked(tuple(_planned(chosen, needs, decided, settings, today)), needs)


# --- which package closes what ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Draft:
    """A package with what belongs to it.

    Attributes:
        requirements: All that it closes here; `open` those that still are.
        actions: Recorded ones, then proposed ones.
    """

    package: Package
    requirements: tuple[Requirement, ...]
    open: tuple[Requirement, ...]
    actions: tuple[Action, ...]

    @property
    def has_work(self) -> bool:
        return any(it.status not in DONE for it in self.actions)


def _drafts(
    packages: Sequence[Package],
    requirements: Sequence[Requirement],
    findings: Iterable[Finding],
    actions: Iterable[Action],
) -> Iterator[_Draft]:
    closer = _closers(packages)
    closed: dict[str, list[Requirement]] = {}
    for it in requirements:
        closed.setdefault(closer[it.ref], []).append(it)
    landed = _landed(findings, requirements, closer)
    recorded: dict[str, list[Action]] = {}
    ids = {package.id for package in packages}
    for action in actions:
        recorded.setdefault(action.package if action.package in ids else OTHER, []).append(action)
    for package in packages:
        its = tuple(closed.get(package.id, ()))
        left = tuple(it for it in its if it.open)
        todo = actions_of(package, left, landed.get(package.id, ()), recorded.get(package.id, ()))
        yield _Draft(package, its, left, todo)


def _closers(packages: Iterable[Package]) -> dict[Reference, str]:
    """Requirement -> the one package that closes it."""
    found: dict[Reference, str] = {}
    for package in packages:
        for ref in package.closes:
            if found.setdefault(ref, package.id) != package.id:
                raise UsageError(
                    f"{ref[1]} of {ref[0]} is closed by {found[ref]} and by {package.id}; "
                    "leave it in one of them and let the other touch it."
                )
    return found


def _landed(
    findings: Iterable[Finding], requirements: Iterable[Requirement], closer: Mapping[Reference, str]
) -> dict[str, list[Landed]]:
    """Package -> findings whose action is there, with what each keeps open in that package."""
    kept_open = index(requirements)
    found: dict[str, list[Landed]] = {}
    for finding in findings:
        refs = list(dict.fromkeys(kept_open[item] for item in finding.items if item in kept_open))
        if refs:
            home = closer[refs[0]]
            found.setdefault(home, []).append((finding, tuple(ref for ref in refs if closer[ref] == home)))
    return found


def _with_others(
    packages: Iterable[Package],
    requirements: Iterable[Requirement],
    actions: Iterable[Action],
    names: Mapping[str, str],
) -> tuple[Package, ...]:
    """The packages, and one more for each framework of which something stands in none of them."""
    known = tuple(packages)
    refs, ids = {ref for package in known for ref in package.closes}, {package.id for package in known}
    left: dict[str, list[Reference]] = {}
    for it in requirements:
        if it.ref not in refs:
            left.setdefault(it.ref[0], []).append(it.ref)
    others = [_other(f"{OTHER}-{name}", f"Other work for {names.get(name, name)}", its) for name, its in left.items()]
    ids.update(it.id for it in others)
    if any(action.package not in ids for action in actions):
        others.append(_other(OTHER, "Other actions", ()))
    return (*known, *others)


def _other(name: str, title: str, closes: Iterable[Reference]) -> Package:
    refs = tuple(closes)
    return Package(
        id=name,
        name=title,
        theme="other",
        closes=refs,
        touches=(),
        activities=(),
        deliverables=(),
        owner="",
        supporting="",
        effort={size: (low * len(refs), high * len(refs)) for size, (low, high) in PER_REQUIREMENT.items()},
        doubled=0.0,
        needs=(),
        step=1,
        audit_unit="",
        review_items=(),
        evidence="",
    )


# --- what it takes, and what comes first -----------------------------------------------------------


def _planned(
    drafts: Mapping[str, _Draft],
    needs: Mapping[str, tuple[str, ...]],
    decided: Mapping[str, Decision],
    settings: Settings,
    today: date,
) -> Iterator[PlannedPackage]:
    later = dependents(needs, in_order(needs, str))
    for name, draft in drafts.items():
        decision = decided.get(name, Decision(name))
        share = gap_share(draft.requirements)
        effort = _effort(draft, decision, settings.size, share)
        own = _own(draft.open, decision, settings, len(later[name]), sum(effort) / 2, today)
        yield PlannedPackage(
            package=draft.package,
            requirements=draft.requirements,
            open=draft.open,
            effort=effort,
            share=share,
            priority=own,
            mandatory=False,
            needs=needs[name],
            decision=decision,
            actions=draft.actions,
            days=0.0 if decision.status in DONE else sum(effort) / 2 * (1 - _done_part(draft.actions)),
        )


def gap_share(requirements: Sequence[Requirement]) -> float:
    """How far a package is from closed: the weights of its requirements over their number."""
    return sum(it.weight for it in requirements) / len(requirements) if requirements else 0.0


def _effort(draft: _Draft, decision: Decision, size: Size, share: float) -> tuple[float, float]:
    if decision.effort is not None:
        return decision.effort
    beside = sum(it.effort or 0.0 for it in draft.actions if not it.closes or not draft.open)
    low, high = draft.package.effort[size]
    return low * share + beside, high * share + beside


def _done_part(actions: Sequence[Action]) -> float:
    """Part of the actions that is done, by their effort where all have one, else by their number."""
    by_effort = all(it.effort for it in actions)
    weights = [(it.effort or 0.0) if by_effort else 1.0 for it in actions]
    done = sum(weight for it, weight in zip(actions, weights, strict=True) if it.status in DONE)
    return done / sum(weights) if weights else 0.0


def _own(
    requirements: Sequence[Requirement], decision: Decision, settings: Settings, later: int, days: float, today: date
) -> Priority:
    found = model.score(
        S=model.severity(requirements),
        C=model.contract_risk(settings, {it.track for it in requirements if it.gate != "above"}, today),
        B=model.breadth(len(requirements)),
        R=model.pain(decision.pain),
        G=model.gate(requirements),
        U=model.unlock(later),
        days=days,
    )
    if decision.priority is None:
        return found
    return replace(found, P=decision.priority, override=decision.reason)


def _ranked(planned: tuple[PlannedPackage, ...], needs: Mapping[str, tuple[str, ...]]) -> tuple[PlannedPackage, ...]:
    """The packages with what they inherit, in the order of work."""
    priorities, mandatory = model.inherited({it.id: it.priority for it in planned}, needs)
    found = {it.id: replace(it, priority=priorities[it.id], mandatory=it.id in mandatory) for it in planned}
    return tuple(found[name] for name in model.ranked(priorities, mandatory, needs))


def _check(decisions: Iterable[Decision]) -> None:
    for it in decisions:
        if it.effort is not None and not 0 <= it.effort[0] <= it.effort[1]:
            raise UsageError(f"{it.package}: an effort goes from the lower to the higher number of person-days.")
        if it.pain is not None and not all(1 <= each <= 5 for each in it.pain):
            raise UsageError(f"{it.package}: likelihood and impact go from 1 to 5.")
        if it.priority is not None and not it.reason.strip():
            raise UsageError(f"{it.package}: a priority of your own wants its reason.")
        if it.start is not None and it.due is not None and it.due < it.start:
            raise UsageError(f"{it.package} is due on {it.due}, before it may start on {it.start}; move one of them.")
