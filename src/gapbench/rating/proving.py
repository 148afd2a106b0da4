"""A catalog proves itself: answers that stand in its file, and whether the rules give what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapbench.errors import UsageError
from gapbench.rating.inputs import ORGANISATION, Answer, Case, Scope
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.results import Result

EVERYTHING = "*"

_TEXT = "proved"


@dataclass(frozen=True)
class PackTest:
    """One entry of the `tests` of a catalog.

    Attributes:
        view: A view, or several joined with "+"; "" for the first of the catalog.
        target: Level aimed at; 0 for the top one.
        answers: Item, group or "*" -> rating; a later one wins.
        gives: What must come out: "verdict", "level", "areas", "goals", "percent", "coverage",
            "majors", "minors".
    """

    name: str
    view: str = ""
    target: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    gives: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> PackTest:
        """The entry as the file holds it; what it leaves out is left to the rules."""
        return cls(
            name=str(row["name"]),
            view=str(row.get("view", "")),
            target=int(row.get("target", 0)),
            answers={str(key): str(value) for key, value in row["answers"].items()},
            gives=dict(row["gives"]),
        )


def prove(catalog: Catalog, test: PackTest | Mapping[str, Any]) -> tuple[str, ...]:
    """What of a test does not hold, as sentences; nothing when all of it does.

    The organisation is the only unit. The sentences do not name the test.
    """
    try:
        return tuple(_problems(catalog, test if isinstance(test, PackTest) else PackTest.of(test)))
    except UsageError as problem:
        return (str(problem),)


def _problems(catalog: Catalog, test: PackTest) -> Iterator[str]:
    scope = _scope(catalog, test)
    case = Case(scope, {(item, ORGANISATION): answer for item, answer in _answers(scope, test).items()})
    wrong = [*_unknown(catalog, test), *_refused(scope, test)]
    yield from wrong
    if not wrong:
        yield from _differences(model_of(scope).assess(case), test.gives)


def _scope(catalog: Catalog, test: PackTest) -> Scope:
    views = tuple(part.strip() for part in test.view.split("+") if part.strip())
    return Scope(catalog, views or tuple(view.id for view in catalog.views[:1]), test.target)


def _answers(scope: Scope, test: PackTest) -> dict[str, Answer]:
    return {
        item.id: Answer(value, note=_TEXT, reason=_TEXT)
        for key, value in test.answers.items()
        for item in _meant(scope, key)
    }


def _meant(scope: Scope, key: str) -> tuple[Item, ...]:
    catalog = scope.catalog
    if key == EVERYTHING:
        return model_of(scope).in_scope(scope)
    if key in catalog.item:
        return (catalog.item[key],)
    return tuple(catalog.below(key)) if key in catalog.group else ()


def _unknown(catalog: Catalog, test: PackTest) -> Iterator[str]:
    for key in test.answers:
        if key != EVERYTHING and key not in catalog.item and key not in catalog.group:
            yield f"there is no item or group {key!r} to answer."


def _refused(scope: Scope, test: PackTest) -> Iterator[str]:
    for key, value in test.answers.items():
        for item in _meant(scope, key):
            if why := model_of(scope).refuse(scope, item, value):
                yield why
                break


def _differences(result: Result, gives: Mapping[str, Any]) -> Iterator[str]:
    figures = _figures(result)
    for name, expected in gives.items():
        if isinstance(expected, Mapping):
            yield from _parts(name, figures.get(name), expected)
        elif name not in figures:
            yield f"there is no {name} here; it can say {listed(figures, last='or')}."
        elif not _same(figures[name], expected):
            yield f"{name} should be {_shown(expected)}, but is {_shown(figures[name])}."


def _parts(name: str, known: Any, expected: Mapping[str, Any]) -> Iterator[str]:
    parts = known if isinstance(known, Mapping) else {}
    one = name.removesuffix("s")
    for part, value in expected.items():
        if part not in parts:
            yield f"there is no {one} {part!r} in what was assessed."
        elif not _same(parts[part], value):
            yield f"{one} {part} should be {_shown(value)}, but is {_shown(parts[part])}."


def _figures(result: Result) -> dict[str, Any]:
    if isinstance(result, ConformityResult):
        return {
            "verdict": result.verdict,
            "percent": result.tally.percent,
            "coverage": result.tally.coverage,
            "majors": result.majors,
            "minors": result.minors,
        }
    return {
        "verdict": result.verdict,
        "level": result.maturity_level,
        "coverage": result.coverage,
        "areas": {area.id: area.level for area in result.areas if not area.out},
        "goals": {goal: state for area in result.areas for goal, state in area.goals.items()},
    }


def _same(is_: Any, expected: Any) -> bool:
    if isinstance(is_, float):
        return _number(expected) == is_
    return str(is_) == str(expected)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value).replace("_", " ")
