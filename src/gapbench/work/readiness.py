"""Readiness of an open engagement, kept true at every step: the rules run again only where something changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapbench.rating.inputs import Answer
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import Result


class Readiness:
    """Cases and results of every framework of one engagement.

    Attributes:
        cases: Catalog id -> what the verdict rests on.
        results: Catalog id -> what the rules say.
    """

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self.cases: dict[str, Case] = {}
        self.results: dict[str, Result] = {}
        self._answers: dict[str, dict[tuple[str, str], Answer]] = {}
        self._followers: frozenset[str] = frozenset()
        self.read()

    def read(self) -> None:
        """Read the whole engagement and run the rules."""
        self.cases.clear()
        self.results.clear()
        self._followers = frozenset(one.catalog for one in self._engagement.successions())
        for framework in self._engagement.frameworks():
            self._read_framework(framework.catalog)

    def take(self, change: Change) -> None:
        """Bring everything in line with one step."""
        if not change:
            return
        if change.kinds - {"answers", "findings", "judgements", "profile", "plan"}:
            self.read()
            return
        if change.kinds & {"findings", "judgements"}:
            for catalog in self.cases:
                self._read_framework(catalog)
        elif change.cells:
            self._take_cells(change)

    def _read_framework(self, catalog: str) -> None:
        case = self._engagement.case(catalog)
        self._answers[catalog] = dict(case.answers)
        self.cases[catalog] = replace(case, answers=self._answers[catalog])
        self.results[catalog] = model_of(case.scope).assess(self.cases[catalog])

    def _take_cells(self, change: Change) -> None:
        touched: dict[str, set[str]] = {}
        for catalog, item, unit in change.cells:
            answer = self._engagement.answer(catalog, item, unit)
            if answer == Answer():
                self._answers[catalog].pop((item, unit), None)
            else:
                self._answers[catalog][item, unit] = answer
            touched.setdefault(catalog, set()).add(item)
        for catalog, items in touched.items():
            case = self.cases[catalog]
            if catalog in self._followers:  # an answer that was confirmed is no longer marked
                case = self.cases[catalog] = replace(case, carried=self._engagement.carried(catalog))
            rules = model_of(case.scope)
            self.results[catalog] = rules.reassess(case, self.results[catalog], frozenset(items))
