"""What a person types, and what it means in this engagement: items, units, ratings, figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeAlias, TypeVar, get_args

from gapbench.catalog.lookup import Finder, spoken
from gapbench.errors import UsageError
from gapbench.rating import levels
from gapbench.rating.inputs import (
    ORGANISATION,
    Answer,
    Answers,
    Case,
    Finding,
    FindingClass,
    Scope,
)
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, Result
from gapbench.rating.units import ORGANISATION_NAME
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.engagement.engagement import Engagement

CLEAR = "clear"
UNRATED = ("", "NC")

_SAID_FOR = {"-": "na", "n/a": "na"}
_CLASSES: tuple[FindingClass, ...] = get_args(FindingClass)

TwinsOf: TypeAlias = "Callable[[str, Iterable[str]], Mapping[str, tuple[tuple[str, str], ...]]]"
"""(catalog id, items) -> item -> (catalog id, item) of each of its twins; `Engagement.twins_of` is one."""

_Row = TypeVar("_Row", bound="Item | Group")


@dataclass(frozen=True)
class Subject:
    """What is rated: one item, or everything in scope below a heading.

    Attributes:
        scope: The framework it belongs to.
        id: Number of the item, clause, area or practice group ("8.4", "CM", "CM/2").
        items: What is rated, in reading order.
    """

    scope: Scope
    id: str
    items: tuple[Item, ...]
    is_group: bool


# --- items ---------------------------------------------------------------------------------------


def subject(scopes: Sequence[Scope], text: str, twins_of: TwinsOf | None = None) -> Subject:
    """The item or heading that is meant; of twins, which are one question, the one of the framework that stands first.

    Args:
        scopes: Of every framework.
        text: As it was typed.
        twins_of: Gives the twins of items (`Engagement.twins_of`), where two editions are asked together.

    Raises:
        UsageError: There is none, or several; the sentence says which.
    """
    finder = Finder([scope.catalog for scope in scopes])
    if found := finder.item(text):
        catalog, one = _only(_once(found, twins_of), text)
        return Subject(_scope_of(scopes, catalog), one.id, (one,), is_group=False)
    area, slash, level = text.rpartition("/")
    headings = finder.group(area if slash and level.isdecimal() else text)
    if not headings:
        raise UsageError(_unknown(scopes, text))
    catalog, group = _only(headings, text)
    return _below(_scope_of(scopes, catalog), group.id, level if slash else "")


def area(scopes: Sequence[Scope], text: str, engagement: Engagement) -> tuple[Scope, str]:
    """The clause or area that is meant; of two that go on from each other in two editions, that of the former.

    Raises:
        UsageError: There is none, or several; the sentence says which.
    """
    found = Finder([scope.catalog for scope in scopes]).group(text)
    if not found:
        raise UsageError(_unknown(scopes, text))
    there = {(catalog.id, group.id) for catalog, group in found}
    heirs = {
        (pair.catalog, new)
        for pair in engagement.dual()
        if (editions := engagement.editions(pair.catalog)) is not None
        for one, new in editions.areas.items()
        if (pair.former, one) in there
    }
    own = [(catalog, group) for catalog, group in found if (catalog.id, group.id) not in heirs]
    catalog, group = _only(own, text)
    return _scope_of(scopes, catalog), group.id


def refuse_followed(engagement: Engagement, text: str) -> None:
    """Refuse the number of an edition whose place another has taken.

    Raises:
        UsageError: It names such an edition; the sentence names the one that follows.
    """
    name, colon, number = text.partition(":")
    wanted = name.strip().casefold()
    for one in engagement.successions() if colon else ():
        if one.mode == "transition" and one.former.casefold() == wanted:
            old, new = engagement.catalog(one.former).name, engagement.catalog(one.catalog).name
            raise UsageError(
                f"{old} was followed by {new} in this engagement and is only read; "
                f"write {one.catalog}:{number.strip()[:40]}, or look with `gapbench bridge` where it went."
            )


def item(scopes: Sequence[Scope], text: str, twins_of: TwinsOf | None = None) -> Subject:
    """The one item that is meant; the arguments are those of `subject`.

    Raises:
        UsageError: There is none, or several, or it is a heading.
    """
    meant = subject(scopes, text, twins_of)
    if meant.is_group:
        first = meant.items[0].id
        raise UsageError(f"{meant.id} is a heading; name one point of it, such as {first!r}.")
    return meant


def _below(scope: Scope, group: str, level: str) -> Subject:
    below = {each.id for each in scope.catalog.below(group)}
    asked = [each for each in model_of(scope).in_scope(scope) if each.id in below]
    if level:
        asked = [each for each in asked if str(each.level or "") == level]
    name = f"{group}/{level}" if level else group
    if not asked:
        raise UsageError(f"Nothing in {name} is in scope of {_named(scope)}; there is nothing to rate.")
    return Subject(scope, name, tuple(asked), is_group=True)


def for_value(meant: Subject, value: str) -> Subject:
    """What gets a rating: options below a heading are alternative routes, meant all at once only by "na"."""
    if not meant.is_group or value in ("", "na"):
        return meant
    scored = tuple(each for each in meant.items if each.scored)
    return replace(meant, items=scored or meant.items)


def _once(found: Sequence[tuple[Catalog, Item]], twins_of: TwinsOf | None) -> Sequence[tuple[Catalog, Item]]:
    """The first alone where all that may be meant is one question."""
    if twins_of is None or len(found) < 2:
        return found
    (catalog, one), *others = found
    twins = twins_of(catalog.id, (one.id,)).get(one.id, ())
    return found[:1] if all((other.id, each.id) in twins for other, each in others) else found


def _only(found: Sequence[tuple[Catalog, _Row]], text: str) -> tuple[Catalog, _Row]:
    if len(found) == 1:
        return found[0]
    names = listed((f"{catalog.id}:{row.id}" for catalog, row in found), 6, "or")
    raise UsageError(f"{text!r} may mean {names}; write it with the catalog before it.")


def _scope_of(scopes: Sequence[Scope], catalog: Catalog) -> Scope:
    return next(scope for scope in scopes if scope.catalog is catalog)


def _unknown(scopes: Sequence[Scope], text: str) -> str:
    if sentence := _in_each_area(scopes, text):
        return sentence
    known = [name for scope in scopes for name in (*scope.catalog.item, *scope.catalog.group)]
    typed = (text[:60], text[:60].upper())
    near = [name for word in typed for name in get_close_matches(word, known, n=1)]
    hint = f"; did you mean {near[0]!r}?" if near else "; `gapbench catalogs show ID` lists them."
    for _, group in Finder([scope.catalog for scope in scopes]).group(text.rpartition(" ")[0]):
        beside = [one.id for scope in scopes for one in scope.catalog.items_of.get(group.id, ())]
        hint = f"; {group.id} has {listed(beside, 8)}." if beside else hint
    frameworks = listed((scope.catalog.name for scope in scopes), last="or") or "this engagement"
    return f"There is no item {text[:60]!r} in {frameworks}{hint}"


def _in_each_area(scopes: Sequence[Scope], text: str) -> str:
    """What to write for a practice that every area has ("GP 2.1"); "" for any other text."""
    said = spoken(text.rpartition(":")[2])
    for scope in scopes if said else ():
        for each in scope.catalog.items:
            home = scope.catalog.area_of.get(each.group, "")
            if home and spoken(each.id) == (*spoken(home), *said):
                name = f"{text[:60].strip()} is asked in each area of {scope.catalog.name}"
                return f"{name}; write it with its area, as in {each.id!r}."
    return ""


def _named(scope: Scope) -> str:
    return " ".join(filter(None, [scope.catalog.name, "+".join(scope.views)]))


# --- ratings and findings ------------------------------------------------------------------------


def rating(scope: Scope, text: str) -> str:
    """The code of a rating word; "" for the words that clear.

    Raises:
        UsageError: It is no word of this framework's scale.
    """
    word = text.strip().casefold()
    if word in ("", CLEAR):
        return ""
    codes = {value.code.casefold(): value.code for value in model_of(scope).scale(scope.catalog)}
    code = codes.get(_SAID_FOR.get(word, word)) or codes.get(re.sub(r"[ -]+", "_", word))
    if code is not None:
        return code
    known = listed(codes.values(), last="or")
    raise UsageError(f"{text[:40]!r} is not a rating of {scope.catalog.name}; say {known}, or {CLEAR}.")


def judged(meant: Subject, text: str) -> str:
    """The value of a judgement; "" for the words that clear. What a heading takes is for the rules to say.

    Raises:
        UsageError: It is no word of the scale, on a practice.
    """
    if not meant.is_group:
        return rating(meant.scope, text)
    word = re.sub(r"[ -]+", "_", text.strip().casefold())
    return "" if word == CLEAR else word


def finding_class(text: str) -> FindingClass:
    """The class of a finding.

    Raises:
        UsageError: There is no such class.
    """
    word = text.strip().casefold()
    for cls in _CLASSES:
        if cls == word:
            return cls
    raise UsageError(f"{text[:40]!r} is not a class of finding; say {listed(_CLASSES, last='or')}.")


def refuse_finding_on_group(meant: Subject, cls: FindingClass | None) -> None:
    """Refuse a finding on a heading: it rests on points.

    Raises:
        UsageError: A class was given.
    """
    if cls is not None:
        first = meant.items[0].id
        raise UsageError(f"A finding rests on a point and {meant.id} is a heading; name one, such as {first!r}.")


def finding(
    known: Iterable[Finding],
    meant: Subject,
    cls: FindingClass,
    note: str | None,
    twins_of: TwinsOf | None = None,
) -> Finding:
    """The finding on exactly this item and its twins: the open one there is in its new class, or a new one."""
    catalog, one = meant.scope.catalog, meant.items[0]
    twins = twins_of(catalog.id, (one.id,)).get(one.id, ()) if twins_of else ()
    exactly = {(catalog.id, one.id), *twins}
    for each in known:
        if {*each.items} == exactly and each.status == "open":
            return replace(each, cls=cls)
    required = f"{catalog.name} {one.id}: {one.title}"
    return Finding("", 0, cls, ((catalog.id, one.id),), requirement=required, evidence=note or "")


def refuse_finding(case: Case, meant: Subject, values: Mapping[tuple[str, str], str], cls: FindingClass) -> str | None:
    """Why the rules do not allow a finding of this class on an item; None when they do.

    Args:
        case: What stands in the file.
        meant: The item.
        values: (item, unit) -> value that is being given at the same time.
        cls: Class of the finding.
    """
    new = {cell: replace(case.answers.get(cell, Answer()), value=value) for cell, value in values.items()}
    model, after = model_of(case.scope), replace(case, answers={**case.answers, **new})
    return model.refuse_finding(cls, model.item_result(after, meant.items[0]).so_far)


# --- units ---------------------------------------------------------------------------------------


def cells(meant: Subject, unit: str | None) -> list[tuple[str, str]]:
    """(item, unit id) of what is rated, in one unit.

    Raises:
        UsageError: There is no such unit, or several are asked and none was named.
    """
    asked = {each.id: model_of(meant.scope).units_for(meant.scope, each) for each in meant.items}
    if unit is not None:
        wanted = unit_of(meant.scope, unit)
        found = [(one, wanted) for one, units in asked.items() if wanted in {each.id for each in units}]
        return found or [(one, wanted) for one in asked]
    for one, units in asked.items():
        if len(units) > 1:
            names = listed((each.name for each in units), last="or")
            raise UsageError(f"{one} is asked of {len(units)} units; add --unit with {names}.")
    found = [(one, units[0].id) for one, units in asked.items() if units]
    if not found:
        raise UsageError(f"No unit is asked {meant.id}: all that could answer are out of scope.")
    return found


def unit_of(scope: Scope, name: str) -> str:
    """The id of a unit by its name, without regard to case; the organisation goes by "" too.

    Raises:
        UsageError: There is no such unit.
    """
    wanted = " ".join(name.split()).casefold()
    for each in scope.units:
        if " ".join(each.name.split()).casefold() == wanted:
            return each.id
    if wanted in ("", ORGANISATION_NAME.casefold()):
        return ORGANISATION
    known = [each.name for each in scope.units] or [ORGANISATION_NAME]
    raise UsageError(f"There is no unit {name[:60]!r}; name {listed(known, 8, 'or')}.")


def to_rate(asked: Iterable[tuple[str, str]], answers: Answers, *, clear: bool) -> list[tuple[str, str]]:
    """Of these cells, the unrated ones; to clear, the rated ones."""
    rated = {cell for cell, answer in answers.items() if answer.value not in UNRATED}
    return [cell for cell in asked if (cell in rated) is clear]


# --- figures -------------------------------------------------------------------------------------


def figures(cases: Mapping[str, Case], results: Mapping[str, Result], text: str) -> list[tuple[str, str]]:
    """(catalog, subject) of the figures that are meant by a text; "" means every verdict.

    Raises:
        UsageError: No framework has such a figure.
    """
    if not text.strip():
        return [(catalog, "") for catalog in cases]
    named = [(catalog, name) for catalog in cases for name in _figure(cases[catalog], results[catalog], text)]
    if named:
        return named
    scopes = [case.scope for case in cases.values()]
    finder = Finder([scope.catalog for scope in scopes])
    area, slash, level = text.rpartition("/")
    heading = area if slash and level.isdecimal() else text
    groups = [(catalog.id, group.id) for catalog, group in finder.group(heading)]
    if slash and level.isdecimal():
        return [(catalog, f"{group}/{int(level)}") for catalog, group in groups]
    found = groups or [(catalog.id, each.id) for catalog, each in finder.item(text)]
    if not found:
        raise UsageError(_unknown(scopes, text))
    return found


def _figure(case: Case, result: Result, text: str) -> list[str]:
    """A figure that is no item and no group: a principle, or a maturity level."""
    catalog = case.scope.catalog
    owner, colon, name = text.rpartition(":")
    if colon and owner.strip().casefold() != catalog.id:
        return []
    word = name.strip()
    if isinstance(result, ConformityResult):
        return [each for each in result.principles if each.casefold() == word.casefold()]
    level = word.upper().removeprefix(result.mark).strip()
    top = levels.highest_level(catalog)
    is_level = word.upper().startswith(result.mark) and level.isdecimal() and 1 <= int(level) <= top
    return [f"{result.mark}{int(level)}"] if is_level else []
