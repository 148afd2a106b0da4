"""Two frameworks small enough to hold in the head, and short ways to answer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

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
