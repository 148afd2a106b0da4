"""Engagements to export: small ones that hold every rule, large ones, hostile ones; no file behind them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.catalog.shipped import load_shipped
from gapbench.engagement.values import Framework, Profile
from gapbench.planning.outlook import outlook
from gapbench.planning.values import Action, Decision, Settings
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.work.deliverable import Deliverable, assemble
from gapbench.work.planning import Plan, ground_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

AT = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)
PROFILE = Profile(
    client="Northwind Avionics", title="Gap analysis 2026", sites="Hamburg", team="E. Gray", sampling="By size"
)
ALPHA, BETA, GAMMA = (Unit(f"u-{name.lower()}", name, "project") for name in ("Alpha", "Beta", "Gamma"))
PROCESS_GROUP = Unit("u-epg", "Process Group", "function")
NORTH, SOUTH = (Unit(f"s-{name.lower()}", name, "site") for name in ("North", "South"))
PROJECTS = (ALPHA, BETA, GAMMA, PROCESS_GROUP)


def _leaf(number: str, title: str, points: int, **more: object) -> tuple[Group, list[Item]]:
    parent = number.rpartition(".")[0] or None
    group = Group(number, title, parent=parent, **more)  # type: ignore[arg-type]
    items = [
        Item(f"{number} {letter}", number, f"{title}, point {letter}", f"How do you do {title} {letter}?")
        for letter in "abcdefghij"[:points]
    ]
    return group, items


def iso() -> Catalog:
    """Clauses with gates, options, a leaf 8.1 beside 8.10, and all kinds of N/A."""
    groups: list[Group] = []
    items: list[Item] = []
    for heading, leaves in {
        "4": (("4.1", "Context", 3, {}), ("4.2", "Parties", 2, {"gate": "always"})),
        "8": (("8.1", "Planning", 4, {}), ("8.7", "Nonconforming output", 4, {}), ("8.10", "Ten", 5, {})),
        "9": (("9.2", "Internal audit", 3, {"gate": "always"}), ("9.3", "Management review", 1, {"gate": "always"})),
    }.items():
        groups.append(Group(heading, f"Clause {heading}"))
        for number, title, points, more in leaves:
            group, its = _leaf(number, title, points, **more)
            groups.append(group)
            items += its
    items = [replace(it, kind="option") if it.id in ("8.7 c", "8.7 d") else it for it in items]
    items = [replace(it, documented="retain", na="typical") if it.id == "8.1 b" else it for it in items]
    return Catalog(
        id="iso-test",
        title="ISO test",
        edition="2015",
        family="ISO test",
        model="conformity",
        revision=3,
        groups=tuple(groups),
        items=tuple(items),
        notice="The standard is ISO's; the words are ours.",
    )


_AREAS: Mapping[str, tuple[str, tuple[int, ...], int]] = {
    "CM": ("Supporting", (1, 2, 2), 2),
    "EST": ("Planning", (1, 2, 3, 3), 2),
    "PCM": ("Improving", (1, 2, 3, 5), 3),
    "GOV": ("Habit", (1, 2, 3), 2),
    "II": ("Habit", (1, 2, 3), 2),
    "SAM": ("Supplying", (1, 2, 3), 2),
    "TS": ("Engineering", (1, 3), 3),
    "PR": ("Checking", (1, 2, 3), 3),
}


def cmmi() -> Catalog:
    """Areas without a level, with gaps between levels, for support functions, never out, optional."""
    groups = tuple(
        Group(
            name,
            f"{name} area",
            capability_area=area,
            always=name in ("GOV", "II"),
            support=name == "PCM",
            optional=name == "SAM",
        )
        for name, (area, _, _) in _AREAS.items()
    )
    items = tuple(
        Item(
            f"{name} {level}.{number}",
            name,
            f"{name} practice {level}.{number}",
            f"Show {name} {level}.{number}.",
            level=level,
        )
        for name, (_, levels, _) in _AREAS.items()
        for number, level in enumerate(levels, 1)
    )
    views = (View("DEV", "Development", {name: asked for name, (_, _, asked) in _AREAS.items() if name != "PR"}),)
    return Catalog(
        id="cmmi-test",
        title="CMMI test",
        edition="2.0",
        family="CMMI test",
        model="practice_groups",
        revision=2,
        groups=groups,
        items=items,
        views=views,
        levels=5,
    )


@dataclass
class Example:
    """What an engagement would hold."""

    units: tuple[Unit, ...] = ()
    frameworks: list[Framework] = field(default_factory=list)
    catalogs: dict[str, Catalog] = field(default_factory=dict)
    answers: dict[str, dict[tuple[str, str], Answer]] = field(default_factory=dict)
    judgements: dict[str, dict[str, Judgement]] = field(default_factory=dict)
    exclusions: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    profile: Profile = PROFILE
    settings: Settings = field(default_factory=Settings)
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()

    def add(self, catalog: Catalog, *views: str, target: int = 0) -> Example:
        """Take a framework in."""
        place = len(self.frameworks)
        self.frameworks.append(Framework(catalog.id, views=views, target=target, position=place))
        self.catalogs[catalog.id] = catalog
        return self

    def scope(self, catalog: str) -> Scope:
        framework = next(it for it in self.frameworks if it.catalog == catalog)
        return Scope(
            catalog=self.catalogs[catalog],
            views=framework.views,
            target=framework.target,
            units=self.units,
            exclusions=self.exclusions.get(catalog, {}),
            major_threshold=framework.major_threshold,
        )

    def case(self, catalog: str) -> Case:
        return Case(
            scope=self.scope(catalog),
            answers=self.answers.get(catalog, {}),
            judgements=self.judgements.get(catalog, {}),
            findings=self.findings,
        )

    def say(self, catalog: str, item: str, value: str, unit: str = "", note: str = "", reason: str = "") -> Example:
        """Answer one item."""
        self.answers.setdefault(catalog, {})[item, unit] = Answer(value, note, reason)
        return self

    def fill(self, catalog: str, share: float, seed: int, weights: Mapping[str, int] | None = None) -> Example:
        """Answer a share of everything at random, the same for the same seed."""
        dice = random.Random(seed)  # noqa: S311 (a test wants the same again)
        scope = self.scope(catalog)
        rules = model_of(scope)
        codes = list(weights or {value.code: 1 for value in rules.scale(scope.catalog)})
        chances = list((weights or dict.fromkeys(codes, 1)).values())
        for item in rules.in_scope(scope):
            for unit in rules.units_for(scope, item):
                if dice.random() < share:
                    code = dice.choices(codes, chances)[0]
                    if rules.refuse(scope, item, code) is None:
                        self.say(catalog, item.id, code, unit.id, f"Seen {item.id}, {code}", "It does not apply")
        return self

    def deliverable(self) -> Deliverable:
        """What the workbook says of it."""
        cases = [(framework, self.case(framework.catalog)) for framework in self.frameworks]
        return assemble(self.profile, self.units, cases, self.findings, at=AT, head="f" * 64, plan=self.plan())

    def plan(self) -> Plan | None:
        """The plan, where packages know the frameworks."""
        ground = ground_of(list(self.catalogs.values()))
        if not ground.packages:
            return None
        cases = (self.case(it.catalog) for it in self.frameworks)
        parts = tuple((case, model_of(case.scope).assess(case)) for case in cases)
        today = AT.date()
        found = outlook(
            parts, ground.packages, self.settings, today=today, decisions=self.decisions, actions=self.actions
        )
        return Plan(self.profile.client, today, self.settings, found, parts, ground, self.actions)


def finding(number: int, cls: str, items: Iterable[tuple[str, str]], **more: object) -> Finding:
    """A recorded finding."""
    return Finding(f"f-{number}", number, cls, tuple(items), **more)  # type: ignore[arg-type]


def both(seed: int = 1, share: float = 0.7) -> Example:
    """Both kinds of framework, three projects and a function, findings across clauses, judgements, exclusions."""
    example = Example(units=PROJECTS).add(iso()).add(cmmi(), "DEV", target=3)
    example.fill("iso-test", share, seed).fill("cmmi-test", share, seed, {"FM": 6, "LM": 4, "PM": 1, "DM": 1, "NY": 1})
    example.findings = (
        finding(1, "major", [("iso-test", "9.2 a"), ("iso-test", "8.1 a"), ("cmmi-test", "CM 2.2")], gap="No audit"),
        finding(2, "minor", [("iso-test", "4.1 a")], status="closed", cause="Habit"),
        finding(3, "ofi", [("iso-test", "8.10 a")], evidence="Could be quicker"),
    )
    example.exclusions["cmmi-test"] = {("EST", BETA.id): "Beta does not estimate"}
    return example


def judged() -> Example:
    """Every practice rated; a judgement taken, one due, a significant group, SAM out, a unit asked of nothing."""
    example = Example(units=PROJECTS).add(cmmi(), "DEV", target=3)
    example.fill("cmmi-test", 1.0, 5, {"FM": 1})
    for unit, value in ((ALPHA, "LM"), (BETA, "LM"), (GAMMA, "PM")):
        example.say("cmmi-test", "CM 2.2", value, unit.id, "Late")
        example.say("cmmi-test", "EST 3.3", value, unit.id, "Thin")
    example.say("cmmi-test", "TS 3.2", "PM", ALPHA.id, "w").say("cmmi-test", "TS 3.2", "DM", BETA.id, "w")
    example.say("cmmi-test", "TS 3.2", "NY", GAMMA.id).say("cmmi-test", "II 2.2", "LM", ALPHA.id, "x")
    example.say("cmmi-test", "PCM 3.3", "LM", ALPHA.id, "Alpha tries it too")
    example.judgements["cmmi-test"] = {
        "CM 2.2": Judgement("CM 2.2", "LM", "One late week in a year"),
        "II/2": Judgement("II/2", "significant", "Everybody waits for it"),
        "EST 3.3": Judgement("EST 3.3", "DM", "not allowed here, so not taken"),
    }
    example.exclusions["cmmi-test"] = {("SAM", ""): "Nothing is bought"}
    return example


def sites(seed: int = 2) -> Example:
    """Two sites, each answering every point."""
    example = Example(units=(NORTH, SOUTH)).add(iso()).fill("iso-test", 0.8, seed)
    example.findings = (finding(1, "minor", [("iso-test", "8.10 b")]),)
    return example


def perfect() -> Example:
    """Everything conforms and everything is fully met."""
    example = Example().add(iso()).add(cmmi(), "DEV", target=2)
    return example.fill("iso-test", 1.0, 3, {"conforming": 1}).fill("cmmi-test", 1.0, 3, {"FM": 1})


def hopeless() -> Example:
    """Nothing conforms, gates included; nothing is met."""
    example = Example(units=PROJECTS).add(iso()).add(cmmi(), target=3)
    return example.fill("iso-test", 1.0, 3, {"not_conforming": 1}).fill("cmmi-test", 1.0, 3, {"DM": 1})


def untouched() -> Example:
    """Frameworks chosen, nothing said."""
    return Example(units=PROJECTS).add(iso()).add(cmmi(), "DEV", target=3)


def nothing() -> Example:
    """Not even a framework."""
    return Example()


def only(catalog: Catalog) -> Example:
    """One framework with a little in it."""
    return Example().add(catalog).fill(catalog.id, 0.5, 7)


def large(rows: int) -> Example:
    """As many rows as asked: one framework with points in leaves of ten, half of them rated."""
    groups = [Group("1", "All")]
    items = []
    for leaf in range(1, rows // 10 + 1):
        group, its = _leaf(f"1.{leaf}", f"Leaf {leaf}", 10)
        groups.append(group)
        items += its
    catalog = replace(iso(), id="iso-large", groups=tuple(groups), items=tuple(items))
    return Example().add(catalog).fill("iso-large", 0.6, 11)


WEIGHTS: dict[str, dict[str, int]] = {
    "conformity": {"conforming": 6, "partial": 3, "not_conforming": 1, "na": 1},
    "practice_groups": {"FM": 6, "LM": 3, "PM": 1, "DM": 1, "NY": 1},
    "goals": {"FI": 9, "LI": 4, "PI": 1, "NI": 1, "NY": 1},
    "answers": {"yes": 8, "partly": 1, "no": 1, "na": 1},
    "process_attributes": {"F": 8, "L": 3, "L+": 1, "P": 1, "P-": 1, "N": 1},
}
"""How often each value is said, by model or scale."""


def shipped(name: str, view: str = "", target: int = 0, share: float = 0.9, units: tuple[Unit, ...] = ()) -> Example:
    """A catalog as it is shipped, answered at random."""
    catalog = load_shipped(name)
    example = Example(units=units).add(catalog, *([view] if view else []), target=target)
    return example.fill(name, share, 4, WEIGHTS[catalog.scale or catalog.model])


def dev() -> Example:
    """CMMI-DEV 1.3 to maturity level 2: judgements taken and due, a goal harmed, SAM out, a unit out of an area."""
    name = "cmmi-dev-1.3"
    example = shipped(name, "STAGED", 2, 1.0, PROJECTS)
    for unit, value in ((ALPHA, "FI"), (BETA, "LI"), (GAMMA, "PI")):
        example.say(name, "CM SP 1.1", value, unit.id, "Late").say(name, "PP SP 1.1", value, unit.id, "Thin")
    for item in example.catalogs[name].items:
        if item.group == "REQM SG 1":
            for unit in PROJECTS[:3]:
                example.say(name, item.id, "LI", unit.id, "Weak")
    example.judgements[name] = {
        "CM SP 1.1": Judgement("CM SP 1.1", "LI", "One late week in a year"),
        "REQM SG 1": Judgement("REQM SG 1", "significant", "Nobody can tell what was agreed"),
    }
    example.exclusions[name] = {("SAM", ""): "Nothing is bought", ("MA", BETA.id): "Beta does not measure"}
    example.findings = (finding(1, "minor", [(name, "CM SP 1.1")], gap="Late"),)
    return example


def levels() -> dict[str, Callable[[], Example]]:
    """Every model with levels, on catalogs as they are shipped."""
    return {
        "goals staged": dev,
        "goals continuous": lambda: shipped("cmmi-dev-1.3", "CONTINUOUS", 2, 0.97),
        "goals answered": lambda: shipped("sw-cmm-1.1", "STAGED", 3, 1.0),
        "goals answered in part": lambda: shipped("sw-cmm-1.1", "STAGED", 5, 0.8),
        "processes": lambda: shipped("aspice-4.0", "SOFTWARE", 3, 1.0, (ALPHA, BETA, GAMMA)),
        "processes in part": lambda: shipped("iso15504-5", "SOFTWARE", 2, 0.97, (ALPHA, BETA)),
    }


EVERY: dict[str, Callable[[], Example]] = {
    "both": both,
    "both again": lambda: both(9, 0.95),
    "judged": judged,
    "sites": sites,
    "perfect": perfect,
    "hopeless": hopeless,
    "untouched": untouched,
    "nothing": nothing,
    "only iso": lambda: only(iso()),
    "only cmmi": lambda: only(cmmi()),
}
