"""Readiness while one works: after any step, what is kept up to date is what a fresh reading says."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Change
from gapbench.errors import GapbenchError
from gapbench.rating.inputs import Answer, Finding, FindingClass, Unit
from gapbench.work.readiness import Readiness
from tests.engagement.small import CMMI, ISO, PROFILE, furnish, points, practices

STEPS = 300
UNITS = ("falcon", "heron", "school")
VALUES: dict[str, tuple[str, ...]] = {
    ISO: ("conforming", "partial", "not_conforming", "na", "condition_not_met", ""),
    CMMI: ("FM", "LM", "PM", "DM", "NY", "NC", ""),
}
CLASSES: tuple[FindingClass, ...] = ("major", "minor", "ofi", "observation", "strength")


@pytest.fixture
def engagement(tmp_path: Path) -> Iterator[Engagement]:
    with Engagement.create(tmp_path / "acme.gapbench", PROFILE, author="E. Gray") as made:
        furnish(made)
        yield made


class Anyone:
    """Somebody who presses keys at random."""

    def __init__(self, engagement: Engagement, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same keys every time
        self.engagement = engagement
        self.last = ""
        self.verbs: dict[str, Callable[[], Change]] = {
            "rate": self.rate,
            "rate many": self.rate_many,
            "note": lambda: engagement.note(*self.cell(), self.word()),
            "reason": lambda: engagement.reason(*self.cell(), self.word()),
            "flag": lambda: engagement.flag(*self.cell(), on=self.dice.random() < 0.5),
            "judge": self.judge,
            "exclude": lambda: engagement.exclude(CMMI, self.area(), self.dice.choice(("", *UNITS)), self.word()),
            "find": self.find,
            "close": self.close,
            "drop finding": lambda: engagement.drop_finding(self.dice.choice(engagement.findings()).id),
            "unit": lambda: engagement.put_unit(Unit(self.dice.choice(UNITS), self.word() or "Falcon", "project")),
            "drop unit": lambda: engagement.drop_unit(self.dice.choice(UNITS)),
            "threshold": self.change_framework,
            "drop framework": lambda: engagement.drop_framework(self.dice.choice((ISO, CMMI))),
            "add framework": lambda: engagement.add_framework(self.dice.choice((points(), practices()))),
            "describe": lambda: engagement.describe(replace(engagement.profile(), team=self.word())),
            "undo": engagement.undo,
            "redo": engagement.redo,
        }
        often = {"rate": 12, "rate many": 3, "undo": 4, "redo": 3, "find": 3, "judge": 4, "exclude": 3}
        rare = {"drop framework": 1, "drop unit": 1, "describe": 1}
        self.weights = [often.get(name, rare.get(name, 2)) for name in self.verbs]

    def press(self) -> tuple[str, Change]:
        """Carry out any verb; a refusal is no step."""
        (name,) = self.dice.choices(list(self.verbs), self.weights)
        if self.last == "undo" and self.dice.random() < 0.4:
            name = "redo"  # or there is hardly ever anything to do again
        self.last = name
        try:
            return name, self.verbs[name]()
        except (GapbenchError, IndexError):
            return name, Change("refused")

    def word(self) -> str:
        return self.dice.choice(("", "Seen", "Missing in one project", "[red]x"))

    def catalog(self) -> str:
        return self.dice.choice([each.catalog for each in self.engagement.frameworks()])

    def cell(self, catalog: str = "") -> tuple[str, str, str]:
        catalog = catalog or self.catalog()
        item = self.dice.choice(self.engagement.catalog(catalog).items).id
        return catalog, item, "" if catalog == ISO else self.dice.choice(UNITS)

    def area(self) -> str:
        return self.dice.choice(("CM", "OT", "GOV", "SAM"))

    def rate(self) -> Change:
        catalog, item, unit = self.cell()
        value = self.dice.choice(VALUES[catalog])
        return self.engagement.rate(catalog, [(item, unit)], value, reason=self.word() or None)

    def rate_many(self) -> Change:
        catalog = self.catalog()
        cells = [self.cell(catalog)[1:] for _ in range(5)]
        return self.engagement.rate(catalog, cells, self.dice.choice(VALUES[catalog]), reason="Because", title="Many")

    def judge(self) -> Change:
        if self.dice.random() < 0.3:
            return self.engagement.judge(CMMI, f"{self.area()}/{self.dice.choice('12')}", "significant", self.word())
        _, item, _ = self.cell(CMMI)
        return self.engagement.judge(CMMI, item, self.dice.choice(("LM", "PM", "DM", "")), "Because")

    def find(self) -> Change:
        cells = [self.cell() for _ in range(2)]
        items = tuple((catalog, item) for catalog, item, _ in cells)
        return self.engagement.record_finding(Finding("", 0, self.dice.choice(CLASSES), items, evidence=self.word()))

    def close(self) -> Change:
        return self.engagement.record_finding(replace(self.dice.choice(self.engagement.findings()), status="closed"))

    def change_framework(self) -> Change:
        framework = self.dice.choice(self.engagement.frameworks())
        if framework.catalog == ISO:
            return self.engagement.change_framework(replace(framework, major_threshold=self.dice.randint(1, 3)))
        return self.engagement.change_framework(replace(framework, target=self.dice.randint(1, 3)))


@pytest.mark.parametrize("seed", range(3))
def test_after_any_step_it_is_what_a_fresh_reading_says(engagement: Engagement, seed: int) -> None:
    anyone, kept = Anyone(engagement, seed), Readiness(engagement)
    written: set[str] = set()
    for number in range(STEPS):
        name, change = anyone.press()
        written |= {name} if change else set()
        kept.take(change)
        fresh = Readiness(engagement)
        saying = f"step {number}: {name}, {change.title}"
        assert kept.cases == fresh.cases, saying
        assert kept.results == fresh.results, saying
    assert written == set(anyone.verbs), "or the comparison would prove less than it seems to"


def test_a_rating_that_is_cleared_leaves_no_answer_behind(engagement: Engagement) -> None:
    kept = Readiness(engagement)
    kept.take(engagement.rate(CMMI, [("CM 1.1", "falcon")], "FM"))
    assert kept.cases[CMMI].answers == {("CM 1.1", "falcon"): Answer("FM")}
    kept.take(engagement.rate(CMMI, [("CM 1.1", "falcon")], ""))
    assert kept.cases[CMMI].answers == {}


def test_nothing_is_read_for_nothing(engagement: Engagement, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Readiness(engagement)
    before = dict(kept.results)
    monkeypatch.setattr(Engagement, "case", None)  # reading a whole framework would fail
    kept.take(Change("nothing"))
    kept.take(engagement.describe(replace(PROFILE, team="E. Gray")))
    assert all(kept.results[catalog] is before[catalog] for catalog in before)
    kept.take(engagement.rate(ISO, [("8.1 a", "")], "partial"))
    assert kept.results[CMMI] is before[CMMI], "the other framework is left alone"
    assert kept.results[ISO] != before[ISO]
