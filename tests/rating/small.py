"""Frameworks small enough to hold in the head, and short ways to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.rating.inputs import Answer, Case, Finding, FindingClass, Judgement, Scope, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

Given = Mapping[str, str] | Mapping[tuple[str, str], str] | Mapping[str | tuple[str, str], str] | None
"""Values by practice, or by practice and unit."""

CLASSES: tuple[FindingClass, ...] = get_args(FindingClass)


def _point(number: str, title: str, *principles: str) -> Item:
    return Item(number, number.split(maxsplit=1)[0], title, f"Show me: {title}?", principles=principles)


ISO = Catalog(
    id="iso-small",
    title="ISO small",
    edition="2015",
    family="ISO",
    model="conformity",
    revision=1,
    groups=(
        Group("4", "Context"),
        Group("4.1", "Issues", parent="4"),
        Group("8", "Operation"),
        Group("8.4", "Purchasing", parent="8"),
        Group("8.4.1", "Providers", parent="8.4", gate="depends"),
        Group("8.7", "Nonconforming output", parent="8"),
        Group("9", "Evaluation"),
        Group("9.2", "Internal audit", parent="9", gate="always"),
        Group("9.3", "Management review", parent="9", gate="always"),
    ),
    items=(
        _point("4.1 §1", "Issues are known"),
        replace(_point("4.1 §2", "Climate was considered"), na="typical"),
        _point("8.4.1 a", "Criteria exist", "relationships"),
        _point("8.4.1 b", "Providers are evaluated", "relationships", "evidence"),
        replace(_point("8.4.1 c", "Performance is watched", "evidence"), conditional=True),
        _point("8.4.1 d", "Records are kept"),
        _point("8.7 §1", "Wrong output is controlled"),
        replace(_point("8.7 a", "By correction", "evidence"), kind="option", na="rare"),
        replace(_point("8.7 b", "By segregation"), kind="option"),
        _point("9.2 a", "Audits are planned", "evidence"),
        _point("9.2 b", "Audits are done", "evidence"),
        replace(_point("9.3 §1", "Top management reviews"), kind="gate"),
    ),
    principles={"relationships": "Relationship management", "evidence": "Evidence-based decisions"},
)

SCORED = tuple(item.id for item in ISO.items if item.scored)


def _practices(area: str, *numbers: str) -> tuple[Item, ...]:
    return tuple(Item(f"{area} {n}", area, f"Practice {n} of {area}", "?", level=int(n[0])) for n in numbers)


CMMI = Catalog(
    id="cmmi-small",
    title="CMMI small",
    edition="2.0",
    family="CMMI",
    model="practice_groups",
    revision=1,
    groups=(
        Group("GOV", "Governance", always=True),
        Group("II", "Infrastructure", always=True),
        Group("CM", "Configuration Management"),
        Group("DAR", "Decisions"),
        Group("PCM", "Process Management", support=True),
        Group("SAM", "Suppliers", optional=True),
    ),
    items=(
        *_practices("GOV", "1.1", "2.1", "3.1"),
        *_practices("II", "1.1", "2.1", "3.1"),
        *_practices("CM", "1.1", "2.1", "2.2"),
        *_practices("DAR", "1.1", "2.1", "3.1"),
        *_practices("PCM", "1.1", "2.1", "3.1"),
        *_practices("SAM", "1.1", "2.1"),
    ),
    views=(
        View("DEV", "Development", {"GOV": 2, "II": 2, "CM": 2, "SAM": 2, "DAR": 3, "PCM": 3}),
        View("SVC", "Services", {"GOV": 2, "II": 2, "CM": 2, "DAR": 2}),
    ),
    combine=True,
    levels=3,
)


def _goal(area: str, goal: str, level: int, *numbers: str) -> tuple[Group, tuple[Item, ...]]:
    """A goal of an area and its practices: SG 1 with SP 1.1, or GG 2 with GP 2.1."""
    group = Group(f"{area} {goal}", f"{goal} of {area}", parent=area, level=level)
    letters = f"{goal[0]}P"
    items = (f"{area} {letters} {number}" for number in numbers)
    return group, tuple(Item(name, group.id, f"{name} is done", "?", level=level) for name in items)


def _process_area(
    area: str, title: str, *goals: tuple[str, ...], support: bool = False, optional: bool = False
) -> list[tuple[Group, tuple[Item, ...]]]:
    specific = [_goal(area, goal, 1, *numbers) for goal, *numbers in goals]
    generic = [_goal(area, "GG 2", 2, "2.1", "2.2"), _goal(area, "GG 3", 3, "3.1")]
    return [(Group(area, title, area=True, support=support, optional=optional), ()), *specific, *generic]


_GOALS = [
    *_process_area("CM", "Configuration Management", ("SG 1", "1.1", "1.2"), ("SG 2", "2.1")),
    *_process_area("SAM", "Suppliers", ("SG 1", "1.1"), optional=True),
    *_process_area("OPD", "Process Definition", ("SG 1", "1.1"), support=True),
    *_process_area("QPM", "Quantitative Management", ("SG 1", "1.1")),
]

DEV = Catalog(
    id="dev-small",
    title="DEV small",
    edition="1.3",
    family="CMMI",
    model="goals",
    revision=1,
    groups=tuple(group for group, _ in _GOALS),
    items=tuple(item for _, items in _GOALS for item in items),
    views=(
        View("STAGED", "Staged", {"CM": 2, "SAM": 2, "OPD": 3, "QPM": 4}),
        View("PROFILE", "Continuous", {"CM": 1, "SAM": 1, "OPD": 1, "QPM": 1}, scheme="continuous", levels=3),
        View("PART", "Two areas", {"CM": 1, "OPD": 1}, scheme="continuous", levels=3),
    ),
    levels=4,
)


def _key_area(area: str, title: str, goals: int, *, optional: bool = False) -> tuple[Group, tuple[Item, ...]]:
    rated = tuple(Item(f"{area} G{n}", area, f"Goal {n} of {area}", "?", level=1) for n in range(1, goals + 1))
    signs = tuple(Item(f"{area} {f}", area, f"{f} of {area}", "?", kind="indicator", level=1) for f in ("CO", "AC"))
    return Group(area, title, area=True, optional=optional), rated + signs


_KEY_AREAS = [
    _key_area("RM", "Requirements", 2),
    _key_area("SSM", "Subcontracts", 2, optional=True),
    _key_area("PR", "Peer Reviews", 1),
    _key_area("DP", "Defect Prevention", 1),
]

SW = Catalog(
    id="sw-small",
    title="SW small",
    edition="1.1",
    family="CMM",
    model="goals",
    scale="answers",
    units="organisation",
    revision=1,
    groups=tuple(group for group, _ in _KEY_AREAS),
    items=tuple(item for _, items in _KEY_AREAS for item in items),
    views=(View("STAGED", "Levels", {"RM": 2, "SSM": 2, "PR": 3, "DP": 4}),),
    levels=4,
)

_ATTRIBUTES = ("1.1", "2.1", "2.2", "3.1", "3.2")


def _attributes(process: str, numbers: tuple[str, ...] = _ATTRIBUTES) -> tuple[Item, ...]:
    return tuple(Item(f"{process} PA {n}", process, f"PA {n} of {process}", "?", level=int(n[0])) for n in numbers)


SPICE = Catalog(
    id="spice-small",
    title="SPICE small",
    edition="4.0",
    family="SPICE",
    model="process_attributes",
    revision=1,
    groups=(
        Group("SWE", "Software"),
        Group("SWE.1", "Requirements", parent="SWE", area=True),
        Group("SWE.2", "Architecture", parent="SWE", area=True, optional=True),
        Group("SUP.1", "Quality assurance", area=True, support=True),
    ),
    items=(*_attributes("SWE.1"), *_attributes("SWE.2"), *_attributes("SUP.1")),
    views=(
        View("CORE", "Core", {"SWE.1": 1, "SUP.1": 1}, scheme="continuous"),
        View("PLUS", "With architecture", {"SWE.2": 1, "SUP.1": 1}, scheme="continuous"),
    ),
    combine=True,
    levels=3,
)

AS = Catalog(
    id="as-small",
    title="AS small",
    edition="2016",
    family="AS",
    model="conformity",
    revision=1,
    groups=(
        Group("8", "Operation"),
        Group("8.1", "Planning", parent="8", gate="always"),
        Group("8.1.1", "Risks", parent="8.1"),
        Group("8.1.2", "Counterfeit parts", parent="8.1"),
        Group("8.4", "Purchasing", parent="8"),
        Group("8.4.1", "Providers", parent="8.4"),
        Group("8.4.1.1", "Flow down", parent="8.4.1"),
    ),
    items=(
        _point("8.1 a", "Work is planned", "evidence"),
        _point("8.1 b", "Criteria exist"),
        _point("8.1.1 a", "Risks are known", "evidence"),
        _point("8.1.1 b", "Risks are treated"),
        _point("8.1.2 a", "Parts are genuine"),
        _point("8.4.1 a", "Providers are chosen"),
        _point("8.4.1.1 a", "Demands are passed on"),
    ),
    principles={"evidence": "Evidence-based decisions"},
)

HERON = Unit("heron", "Heron", "project")
KESTREL = Unit("kestrel", "Kestrel", "project")
QUALITY = Unit("quality", "Quality department", "function")
PLANT = Unit("plant", "Plant", "site")
OFFICE = Unit("office", "Office", "site")


def answer(value: str, text: str = "") -> Answer:
    """A value with its text where it belongs."""
    if value in ("na", "condition_not_met"):
        return Answer(value, reason=text)
    return Answer(value, note=text)


def iso(
    answers: Mapping[str, str] | None = None,
    *,
    rest: str = "conforming",
    findings: tuple[Finding, ...] = (),
    threshold: int = 3,
) -> Case:
    """The organisation answered: some points by number, every other scored one with `rest`."""
    given = dict.fromkeys(SCORED, rest) | dict(answers or {})
    return Case(
        Scope(ISO, major_threshold=threshold),
        {(item, ""): answer(value) for item, value in given.items() if value},
        findings=findings,
    )


def iso_sites(answers: Mapping[tuple[str, str], str], rest: str = "conforming") -> Case:
    """Two sites answered: some by point and site, every other scored point with `rest`."""
    sites = (PLANT, OFFICE)
    given = {(item, site.id): rest for item in SCORED for site in sites} | dict(answers)
    return Case(Scope(ISO, units=sites), {key: answer(value) for key, value in given.items() if value})


def finding(number: int, cls: FindingClass, *items: str, closed: bool = False) -> Finding:
    """A recorded finding over points of the small ISO."""
    return Finding(
        id=f"id-{number}",
        number=number,
        cls=cls,
        items=tuple((ISO.id, item) for item in items),
        gap=f"gap {number}",
        status="closed" if closed else "open",
    )


def cmmi(
    answers: Given = None,
    *,
    rest: str = "FM",
    units: tuple[Unit, ...] = (),
    views: tuple[str, ...] = ("DEV",),
    target: int = 3,
    exclusions: Mapping[tuple[str, str], str] | None = None,
    judgements: Iterable[Judgement] = (),
    evaluation: bool = True,
) -> Case:
    """Every unit answers `rest` everywhere, but for some practices (in one unit: a pair)."""
    everywhere = [unit.id for unit in units if unit.kind != "site"] or [""]
    given = {(item.id, unit): rest for item in CMMI.items for unit in everywhere}
    for key, value in (answers or {}).items():
        item, only = key if isinstance(key, tuple) else (key, None)
        for unit in everywhere if only is None else [only]:
            given[item, unit] = value
    return Case(
        Scope(CMMI, views, target, units, dict(exclusions or {}), evaluation=evaluation),
        {key: answer(value, "weak") for key, value in given.items() if value},
        {judgement.subject: judgement for judgement in judgements},
    )


def significant(subject: str) -> Judgement:
    """The judgement that a practice group's weaknesses weigh."""
    return Judgement(subject, "significant", "habit will not hold")


def levelled(
    catalog: Catalog,
    answers: Given = None,
    *,
    rest: str = "",
    units: tuple[Unit, ...] = (),
    views: tuple[str, ...] = (),
    target: int = 0,
    exclusions: Mapping[tuple[str, str], str] | None = None,
    judgements: Iterable[Judgement] = (),
) -> Case:
    """Goals or attributes answered: `rest` everywhere, but for some (in one unit: a pair)."""
    everywhere = [unit.id for unit in units if unit.kind != "site"] or [""]
    given = {(item.id, unit): rest for item in catalog.items for unit in everywhere}
    for key, value in (answers or {}).items():
        item, only = key if isinstance(key, tuple) else (key, None)
        for unit in everywhere if only is None else [only]:
            given[item, unit] = value
    return Case(
        Scope(catalog, views or (catalog.views[0].id,), target, units, dict(exclusions or {})),
        {key: answer(value, "weak") for key, value in given.items() if value},
        {judgement.subject: judgement for judgement in judgements},
    )


def dev(answers: Given = None, *, rest: str = "FI", **more: Any) -> Case:
    """The small CMMI 1.3 answered."""
    return levelled(DEV, answers, rest=rest, **more)


def sw(answers: Given = None, *, rest: str = "yes", **more: Any) -> Case:
    """The small SW-CMM answered."""
    return levelled(SW, answers, rest=rest, **more)


def spice(answers: Given = None, *, rest: str = "F", **more: Any) -> Case:
    """The small SPICE answered."""
    return levelled(SPICE, answers, rest=rest, **more)
