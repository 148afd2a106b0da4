"""What comes along when an edition follows the one before: planned from values alone, nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.engagement.text import LONGEST
from gapbench.engagement.values import Passage
from gapbench.errors import GapbenchError
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapbench.catalog.editions import Editions, Link
    from gapbench.engagement.values import Mode, Succession

_NOTHING = Answer()
_Pair = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """What is to be written of the new framework.

    Attributes:
        passage: The same as it is told.
        answers: (item, unit) -> answer; `origins` where each rated one came from.
        judgements, exclusions: As the new framework holds them.
        links: (finding id, item) that findings rest on as well.
    """

    passage: Passage
    answers: Mapping[_Pair, Answer]
    origins: Mapping[_Pair, str]
    judgements: tuple[Judgement, ...]
    exclusions: Mapping[_Pair, str]
    links: tuple[_Pair, ...]


def plan(editions: Editions, how: Succession, former: Case, scope: Scope) -> Plan:
    """Say what comes along.

    Args:
        editions: What became of each item.
        how: In the place of the former framework, or beside it.
        former: The former framework as it stands, with the findings of the engagement.
        scope: The new framework as it will be assessed, without exclusions.
    """
    answers = _Answers(editions, former, scope)
    judgements, unjudged = _judgements(editions, former, scope, answers)
    out, included = exclusions(editions, former, scope)
    links, moved, left = _links(how, former.findings, heirs(editions, how.mode))
    whole = replace(scope, exclusions=out)
    asked = [editions.links[item.id] for item in model_of(whole).in_scope(whole) if item.scored]
    before = {item.id for item in model_of(former.scope).in_scope(former.scope)}
    passage = Passage(
        how,
        carried=tuple(cell for cell, answer in answers.found.items() if answer.value),
        again=tuple(link.item.id for link in asked if link.asked == "again"),
        differing=tuple(answers.differing),
        new=tuple(link.item.id for link in asked if link.asked == "new"),
        dropped=tuple(item.id for item in editions.gone if item.id in before),
        shared=tuple(link.item.id for link in asked if editions.twins.get(link.item.id) in before)
        if how.mode == "dual"
        else (),
        moved=moved,
        left=left if how.mode == "transition" else (),
        unjudged=unjudged,
        included=included,
    )
    origins = {cell: answers.origin(cell) for cell in passage.carried} if how.mode == "transition" else {}
    return Plan(passage, answers.found, origins, judgements, out, links)


def heirs(editions: Editions, mode: Mode) -> Mapping[str, tuple[str, ...]]:
    """Former item -> the items that findings and actions go on to: of two that are both asked, those unchanged."""
    if mode == "transition":
        return editions.successors
    kept = (
        (one, tuple(new for new in after if editions.links[new].carries)) for one, after in editions.successors.items()
    )
    return {one: after for one, after in kept if after}


class _Answers:
    """Answers whose question is the same.

    Attributes:
        found: (item, unit) -> answer.
        differing: Items whose answers do not agree, or are not taken by the rules of the new edition.
        came: Items whose former answers hold wherever there are any.
    """

    def __init__(self, editions: Editions, former: Case, scope: Scope) -> None:
        self._editions = editions
        self._scope = scope
        self._former: dict[str, dict[str, Answer]] = {}
        for (item, unit), answer in former.answers.items():
            self._former.setdefault(item, {})[unit] = answer
        self.found: dict[_Pair, Answer] = {}
        self.differing: dict[str, None] = {}
        same = [link for link in editions.links.values() if link.carries]
        for link in same:
            self._take(link)
        self.came = frozenset(link.item.id for link in same) - self.differing.keys()

    def origin(self, cell: _Pair) -> str:
        """Where an answer came from, "iso9001-2015:4.1 a"."""
        former = ", ".join(one.id for one in self._editions.links[cell[0]].former)
        return f"{self._editions.former.id}:{former}"

    def _take(self, link: Link) -> None:
        said = [self._former.get(one.id, {}) for one in link.former]
        for unit in dict.fromkeys(unit for units in said for unit in units):
            answers = [units.get(unit, _NOTHING) for units in said]
            answer = _merged(answers)
            if answer is None or model_of(self._scope).refuse(self._scope, link.item, answer.value):
                self.differing[link.item.id] = None
            else:
                self.found[link.item.id, unit] = answer


def _merged(answers: Sequence[Answer]) -> Answer | None:
    """What several answers say together; None when they do not agree."""
    if len(answers) == 1:
        return answers[0]
    note, reason = (_together(texts) for texts in zip(*((one.note, one.reason) for one in answers), strict=True))
    if len({one.value for one in answers}) > 1 or max(len(note), len(reason)) > LONGEST:
        return None
    return Answer(answers[0].value, note, reason, any(one.flag for one in answers))


def _together(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text.strip()))


def _judgements(
    editions: Editions, former: Case, scope: Scope, answers: _Answers
) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """Judgements on what came along whole, and the subjects of the others."""
    case = Case(scope, answers.found)
    kept, lost = [], []
    for judgement in former.judgements.values():
        subject = editions.subject(judgement.subject, answers.came)
        if subject and not _refused(case, subject, judgement.value):
            kept.append(Judgement(subject, judgement.value, judgement.reason))
        else:
            lost.append(judgement.subject)
    return tuple(kept), tuple(lost)


def _refused(case: Case, subject: str, value: str) -> bool:
    try:
        return model_of(case.scope).refuse_judgement(case, subject, value) is not None
    except GapbenchError:
        return True


def exclusions(editions: Editions, former: Case, scope: Scope) -> tuple[dict[_Pair, str], tuple[_Pair, ...]]:
    """Areas that stay out, and those that have to be decided anew."""
    kept: dict[_Pair, str] = {}
    lost = []
    for (area, unit), reason in former.scope.exclusions.items():
        heir = editions.areas.get(area, "")
        if heir and model_of(scope).refuse_exclusion(scope, heir, unit) is None:
            kept[heir, unit] = reason
        else:
            lost.append((area, unit))
    return kept, tuple(lost)


def _links(
    how: Succession, findings: Iterable[Finding], after: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[_Pair, ...], tuple[str, ...], tuple[str, ...]]:
    """What findings rest on as well, the labels of those that do, and of those that nothing is left of."""
    links: list[_Pair] = []
    moved, left = [], []
    for finding in findings:
        own = [item for catalog, item in finding.items if catalog == how.former]
        new = dict.fromkeys(heir for item in own for heir in after.get(item, ()))
        links += ((finding.id, item) for item in new)
        if new:
            moved.append(finding.label)
        elif own and len(own) == len(finding.items):
            left.append(finding.label)
    return tuple(links), tuple(moved), tuple(left)
