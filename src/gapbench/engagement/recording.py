"""Findings as they are recorded: numbered, resting on items, and never contrary to the ratings."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args
from uuid import uuid4

from gapbench.engagement.answering import known_item
from gapbench.engagement.text import clean_text
from gapbench.engagement.wording import class_words, short
from gapbench.errors import RefusedError, UsageError
from gapbench.rating.inputs import Case, Finding, FindingClass, FindingStatus
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gapbench.engagement.file import File
    from gapbench.engagement.journal import Journal
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.rows import Row
    from gapbench.engagement.standing import Mirrors
    from gapbench.engagement.values import Change

_Pair = tuple[str, str]

_CLASSES: tuple[str, ...] = get_args(FindingClass)
_STATUSES: tuple[str, ...] = get_args(FindingStatus)
_WORDS = ("requirement", "evidence", "gap", "cause")

# A number once given to a client is not given again; one whose finding was merely taken back is.
_DROPPED = """
SELECT c.before FROM "change" AS c JOIN step AS s ON s.seq = c.step
WHERE c.table_name = 'finding' AND c.after IS NULL AND s.kind = 'do'
"""


class Recording:
    """The verbs on findings."""

    def __init__(self, file: File, journal: Journal, reader: Reader) -> None:
        self._file = file
        self._journal = journal
        self._reader = reader

    def record(self, finding: Finding) -> Change:
        """Record a finding, or change the one of this id."""
        known, left = ({each.id: each for each in found} for found in self._reader.all_findings())
        before = known.get(finding.id) or left.get(finding.id)
        standing = self._reader.standing()
        mirrors = self._reader.mirrors(standing)
        finding = self._complete(finding, before, mirrors, aside=finding.id in left)
        for catalog in {catalog for catalog, _ in finding.items}:
            self._reader.refuse_superseded(catalog, standing)
        self._refuse(finding, before)
        with self._journal.step(_title(finding, before, mirrors)) as step:
            step.put("finding", _row(finding))
            if before is not None and before.id not in left:
                gone = set(before.items) - set(finding.items)
                step.drop("finding_item", sorted((finding.id, *pair) for pair in gone))
            links = [{"finding": finding.id, "catalog": catalog, "item": item} for catalog, item in finding.items]
            step.put_all("finding_item", links)
        return step.change

    def drop(self, finding_id: str) -> Change:
        """Remove a finding."""
        recorded, left = self._reader.all_findings()
        from gapbench.engagement.planning import Planning  # of no use to the first frame

        known = {each.id: each for each in (*recorded, *left)}
        if finding_id not in known:
            names = listed((each.label for each in recorded), limit=8)
            raise UsageError(f"There is no such finding; recorded are {names or 'none yet'}.")
        finding = known[finding_id]
        links = self._file.rows("SELECT finding, catalog, item FROM finding_item WHERE finding = ?", (finding_id,))
        with self._journal.step(f"Remove finding {finding.label}") as step:
            Planning(self._file, self._journal, self._reader).without_finding(step, finding_id)
            step.drop("finding_item", links)
            step.drop("finding", ((finding_id,),))
        return step.change

    def _complete(self, finding: Finding, before: Finding | None, mirrors: Mirrors, *, aside: bool) -> Finding:
        """With an id, a number, clean words and each item once, its twins too.

        Args:
            finding: As it was given.
            before: As it is recorded.
            mirrors: What is one question in several frameworks.
            aside: It was left behind: the items that it rests on are kept, and not shown.
        """
        words: dict[str, Any] = {word: clean_text(getattr(finding, word), f"The {word}") for word in _WORDS}
        new = finding.proposed or not finding.id
        return replace(
            finding,
            id=str(uuid4()) if new else clean_text(finding.id),
            number=finding.number or (before.number if before else self._next_number()),
            items=_items(finding.items, before.items if before else (), mirrors, aside=aside),
            proposed=False,
            **words,
        )

    def _next_number(self) -> int:
        dropped = [json.loads(row)["number"] for (row,) in self._file.rows(_DROPPED)]
        ((highest,),) = self._file.rows("SELECT coalesce(max(number), 0) FROM finding")
        return int(max((highest, *dropped))) + 1

    def _refuse(self, finding: Finding, before: Finding | None) -> None:
        if finding.cls not in _CLASSES:
            raise UsageError(f"A finding is {listed(_CLASSES, last='or')}, not {short(finding.cls)}.")
        if finding.status not in _STATUSES:
            raise UsageError(f"A finding is open or closed, not {short(finding.status)}.")
        if not finding.items:
            raise RefusedError("A finding rests on at least one point or practice; name it.")
        self._refuse_number(finding)
        for catalog, item in finding.items:
            known_item(self._reader.catalog(catalog), item)
        as_before = before and (before.cls, {*before.items}) == (finding.cls, {*finding.items})
        if not as_before:  # closing one whose points conform by now must not be refused
            self._refuse_by_rules(finding)

    def _refuse_number(self, finding: Finding) -> None:
        query = "SELECT 1 FROM finding WHERE number = ? AND id <> ?"
        if finding.number < 1 or self._file.rows(query, (finding.number, finding.id)):
            raise UsageError(f"There is a finding {finding.label} already; leave the number out.")

    def _refuse_by_rules(self, finding: Finding) -> None:
        """Ask each framework's rules, with the values of the items as they are now."""
        for catalog in dict.fromkeys(catalog for catalog, _ in finding.items):
            scope = self._reader.scope(catalog)
            rules = model_of(scope)
            values: list[str] = []
            for owner, item in finding.items:
                if owner == catalog:
                    case = Case(
                        scope,
                        self._reader.item_answers(catalog, item),
                        self._reader.judgements(catalog),
                    )
                    values.extend(rules.item_result(case, scope.catalog.item[item]).so_far)
            if why := rules.refuse_finding(finding.cls, values):
                raise RefusedError(why)


def _row(finding: Finding) -> Row:
    return {
        "id": finding.id,
        "number": finding.number,
        "cls": finding.cls,
        "status": finding.status,
        **{word: getattr(finding, word) for word in _WORDS},
    }


def _items(given: Iterable[_Pair], before: Collection[_Pair], mirrors: Mirrors, *, aside: bool) -> tuple[_Pair, ...]:
    """Each item once and with its twins; who takes one of two twins away means both."""
    wanted = dict.fromkeys(given)
    if aside:
        return tuple(_with_twins((pair for pair in wanted if pair not in before), mirrors))
    gone = {pair for pair in before if pair not in wanted}
    twins_of_gone = {twin for pair in gone for twin in mirrors.of(*pair) if twin in before}
    return tuple(_with_twins((pair for pair in wanted if pair not in twins_of_gone), mirrors))


def _with_twins(pairs: Iterable[_Pair], mirrors: Mirrors) -> dict[_Pair, None]:
    return {each: None for pair in pairs for each in (pair, *mirrors.of(*pair))}


def _title(finding: Finding, before: Finding | None, mirrors: Mirrors) -> str:
    if before is None:
        (_, first), *others = mirrors.first(finding.items)
        more = f" and {len(others)} more" if others else ""
        return f"Finding {finding.label} {class_words(finding.cls)} on {first}{more}"
    if before.status != finding.status:
        return f"{'Close' if finding.status == 'closed' else 'Reopen'} finding {finding.label}"
    return f"Change finding {finding.label}"
