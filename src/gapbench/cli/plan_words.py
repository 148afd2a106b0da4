"""What a person types for the plan, and what it means."""

from __future__ import annotations

from gapbench.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from gapbench.engagement.engagement import Engagement
    from gapbench.planning.values import Action, Reference, Track
    from gapbench.work.planning import Plan, Planner

MANDATES = ("none", "scored", "expected", "mandatory")
"""By their figure; `engagement.planning` has the same, and is not loaded for `--help`."""

NOTHING = ("", "none")
"""Words that take something away."""

_SHORTEST = 4


def planner(engagement: Engagement, options: argparse.Namespace) -> Planner:
    """The plan of an open engagement, seen from the day that was named, or from today."""
    from datetime import date

    from gapbench.work.planning import Planner

    today = date.today() if options.today is None else _some_day(options.today)  # noqa: DTZ011 (the client's calendar)
    return Planner(engagement, today=today, unrated_is_met=options.unrated_as_met)


def day(text: str) -> date | None:
    """A day, or None for the words that take it away.

    Raises:
        UsageError: It is none.
    """
    return None if text.strip().casefold() in NOTHING else _some_day(text)


def _some_day(text: str) -> date:
    from datetime import date

    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text[:40]!r} is no day; write it as in 2027-03-31.") from None
    if not 2000 <= found.year <= 2199:
        raise UsageError(f"{found} is no day of a plan; name one from 2000 to 2199.")
    return found


def number(text: str, what: str) -> float:
    """A figure from 0 up.

    Raises:
        UsageError: It is none.
    """
    from math import isfinite

    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        found = -1.0
    if not isfinite(found) or found < 0:
        raise UsageError(f"{what} is a figure from 0 up, as in 20 or 2.5; {text[:40]!r} is none.")
    return found


def effort(text: str) -> tuple[float, float] | None:
    """A range of person-days, as in 4-8; one figure stands for both ends; none leaves it to the model."""
    if text.strip().casefold() in NOTHING:
        return None
    low, dash, high = text.strip().strip("-").partition("-")
    first = number(low, "An effort")
    return (first, number(high, "An effort")) if dash else (first, first)


def pain(text: str) -> tuple[int, int] | None:
    """Likelihood and impact, as in 3x4; none takes them away.

    Raises:
        UsageError: They are not two figures from 1 to 5.
    """
    if text.strip().casefold() in NOTHING:
        return None
    likelihood, _, impact = text.strip().casefold().replace(" ", "").partition("x")
    if not (likelihood in ("1", "2", "3", "4", "5") and impact in ("1", "2", "3", "4", "5")):
        raise UsageError(f"Pain is likelihood x impact, 1 to 5 each, as in 3x4; {text[:40]!r} is not.")
    return int(likelihood), int(impact)


def months(before: Mapping[str, float], said: Sequence[str]) -> dict[str, float]:
    """Months that differ, as in 2027-08=5; 2027-08=none takes one away, none takes all away."""
    found = dict(before)
    for text in said:
        month, equals, days = text.strip().partition("=")
        if text.strip().casefold() in NOTHING:
            found.clear()
        elif not equals:
            raise UsageError(f"A month that differs is written as in 2027-08=5; {text[:40]!r} is not.")
        elif days.strip().casefold() in NOTHING:
            found.pop(month.strip(), None)
        else:
            found[month.strip()] = number(days, "A capacity")
    return found


def holidays(before: Sequence[tuple[date, date]], said: Sequence[str]) -> tuple[tuple[date, date], ...]:
    """Days without work, as in 2027-08-02..2027-08-20, beside those there are; none takes all away."""
    found = list(before)
    for text in said:
        if text.strip().casefold() in NOTHING:
            found.clear()
            continue
        first, dots, last = text.partition("..")
        found.append((_some_day(first), _some_day(last if dots else first)))
    return tuple(dict.fromkeys(found))


def deadlines(before: Mapping[Track, date], said: Mapping[Track, str | None]) -> dict[Track, date]:
    """The deadlines of the tracks; none leaves a track to the common one."""
    found = dict(before)
    for track, text in said.items():
        if text is None:
            continue
        until = day(text)
        if until is None:
            found.pop(track, None)
        else:
            found[track] = until
    return found


def programme(options: argparse.Namespace) -> dict[str, Any]:
    """What holds for the whole programme, of that what was said."""
    said: dict[str, Any] = {}
    if options.size:
        said["size"] = options.size
    for name in ("begin", "deadline"):
        if getattr(options, name) is not None:
            said[name] = day(getattr(options, name))
    if options.capacity is not None:
        said["capacity"] = number(options.capacity, "A capacity")
    for name in ("iso_mandate", "cmmi_mandate"):
        if getattr(options, name) is not None:
            said[name] = MANDATES.index(getattr(options, name))
    return said


def common(options: argparse.Namespace) -> dict[str, Any]:
    """What a package and an action have both."""
    said: dict[str, Any] = {}
    if options.owner is not None:
        said["owner"] = options.owner
    if options.status is not None:
        said["status"] = options.status
    for name in ("start", "due"):
        if getattr(options, name) is not None:
            said[name] = day(getattr(options, name))
    return said


def refuse_nothing(said: Mapping[str, Any], options: argparse.Namespace) -> None:
    """Refuse a call that says nothing.

    Raises:
        UsageError: Nothing was said.
    """
    if not said:
        raise UsageError(
            f"`gapbench plan FILE {options.verb}` says nothing; see `gapbench plan FILE {options.verb} --help`."
        )


def package(plan: Plan, text: str) -> str:
    """A package by its id, in any case of letters."""
    wanted = text.strip()
    known = {it.id.casefold(): it.id for it in (*plan.ground.packages, *(it.package for it in plan.packages))}
    return known.get(wanted.casefold(), wanted)


def packages(plan: Plan, text: str) -> tuple[str, ...]:
    """Packages of the plan, as in WP04,WP12.

    Raises:
        UsageError: One of them is not in the plan; the sentence names those that are.
    """
    from gapbench.rating.wording import listed

    names = tuple(dict.fromkeys(package(plan, part) for part in text.split(",") if part.strip()))
    for name in names:
        if name not in plan.package:
            known = listed(plan.package)
            raise UsageError(f"{name[:40]} has nothing to do in this plan; it has {known or 'nothing left'}.")
    return names


def action_called(plan: Plan, text: str) -> Action | None:
    """A recorded or proposed action by its id, or by the first letters of it; None where there is none."""
    wanted = text.strip().casefold()
    exact = [it for it in plan.actions if it.id.casefold() == wanted]
    near = [it for it in plan.actions if len(wanted) >= _SHORTEST and it.id.casefold().startswith(wanted)]
    found = exact or near
    return found[0] if len(found) == 1 else None


def named(engagement: Engagement, plan: Plan, text: str) -> Action:
    """The recorded or proposed action that is meant.

    Raises:
        UsageError: There is none.
    """
    found = action_called(plan, text)
    if found is None:
        raise UsageError(
            f"There is no action {text[:40]!r}; `gapbench plan {engagement.path} actions` lists them with their ids."
        )
    return found


def references(engagement: Engagement, said: Sequence[str]) -> tuple[Reference, ...]:
    """Leaf clauses and practices; a point stands for its clause."""
    from gapbench.work import words

    scopes = [engagement.scope(framework.catalog) for framework in engagement.frameworks()]
    found: list[Reference] = []
    for text in said:
        if text.strip().casefold() in NOTHING:
            continue
        meant = words.subject(scopes, text)
        catalog = meant.scope.catalog
        found.append((catalog.id, meant.id if meant.is_group or catalog.levels else meant.items[0].group))
    return tuple(dict.fromkeys(found))


def finding(engagement: Engagement, text: str) -> str:
    """The id of a recorded finding by its label, as in F-03; "" for the words that take it away.

    Raises:
        UsageError: There is none.
    """
    from gapbench.rating.wording import listed

    wanted = text.strip().casefold()
    if wanted in NOTHING:
        return ""
    known = engagement.findings()
    for each in known:
        if each.label.casefold() == wanted:
            return each.id
    names = listed((each.label for each in known), limit=8)
    raise UsageError(f"There is no finding {text[:40]!r}; recorded are {names or 'none yet'}.")
