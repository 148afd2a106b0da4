"""An edition follows the one before: in its place, or beside it with one question for both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapbench.catalog import snapshot
from gapbench.catalog.editions import between
from gapbench.engagement import carrying
from gapbench.engagement.planning import Planning
from gapbench.engagement.reading import sha_of
from gapbench.engagement.scoping import fitted, framework_row
from gapbench.engagement.values import Succession
from gapbench.errors import RefusedError, UsageError
from gapbench.rating.inputs import Scope
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog
    from gapbench.engagement.carrying import Plan
    from gapbench.engagement.journal import Journal, Writer
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.standing import Standing
    from gapbench.engagement.values import Change, Framework, Mode, Passage
    from gapbench.planning.values import Reference

_MODES = ("transition", "dual")


class Succeeding:
    """The verb that goes on to a new edition."""

    def __init__(self, journal: Journal, reader: Reader) -> None:
        self._journal = journal
        self._reader = reader

    def passage(self, catalog: Catalog, mode: Mode) -> Passage:
        """What would come of it; nothing is written."""
        return self._planned(catalog, mode)[1].passage

    def succeed(self, catalog: Catalog, mode: Mode) -> Change:
        """Go on to a new edition, as one step."""
        framework, plan = self._planned(catalog, mode)
        text = snapshot.to_json(catalog)
        sha = sha_of(text)
        with self._journal.step(_title(catalog, self._reader.catalog(catalog.base), mode)) as step:
            step.keep_snapshot(sha, catalog.id, text)
            step.put("framework", framework_row(framework, sha))
            step.put("succession", {"catalog": catalog.id, "former": catalog.base, "mode": mode})
            _write(step, catalog.id, plan)
            actions = Planning(self._journal.file, self._journal, self._reader)
            actions.along(step, _heirs(between(catalog, self._reader.catalog(catalog.base)), mode))
        return step.change

    def _planned(self, catalog: Catalog, mode: Mode) -> tuple[Framework, Plan]:
        standing = self._reader.standing()
        former = self._former(catalog, mode, standing)
        framework = following(catalog, former)
        case = self._reader.case(former.catalog)
        scope = scope_of(framework, catalog, case.scope)
        how = Succession(catalog.id, former.catalog, mode)
        return framework, carrying.plan(between(catalog, case.scope.catalog), how, case, scope)

    def _former(self, catalog: Catalog, mode: Mode, standing: Standing) -> Framework:
        """The framework that is followed, or the refusal."""
        if mode not in _MODES:
            raise UsageError(f"A new edition comes as {listed(_MODES, last='or')}.")
        if standing.find(catalog.id) is not None:
            raise RefusedError(f"{catalog.name} is in this engagement already{self._how(catalog, standing)}.")
        have = listed((self._reader.catalog(one.catalog).name for one in standing.live), last="and")
        if not catalog.base:
            near = self._crosswalk(catalog, standing) or ", and a rating is never converted: a crosswalk shows the way"
            raise RefusedError(
                f"{catalog.name} is no new edition of what this engagement has ({have or 'no framework yet'}){near}; "
                "add it as a framework of its own."
            )
        former = standing.find(catalog.base)
        if former is None:
            raise UsageError(
                f"{catalog.name} follows {catalog.base}, which is not in this engagement; "
                f"it has {have or 'no framework yet'}."
            )
        self._refuse_pair(catalog, former, standing)
        return former

    def _crosswalk(self, catalog: Catalog, standing: Standing) -> str:
        """Where to look instead, when a relative of the edition is there."""
        family = {one.catalog: self._reader.catalog(one.catalog).family for one in standing.live}
        near = next((one for one in family if family[one] == catalog.family), "")
        way = f"the crosswalk (`gapbench catalogs map {near} {catalog.id}`) shows the way"
        return f", and a rating is never converted; {way}" if near else ""

    def _how(self, catalog: Catalog, standing: Standing) -> str:
        """In which way an edition is there."""
        if catalog.id in standing.superseded:
            return " and was followed by a later edition"
        for pair in standing.dual:
            if pair.catalog == catalog.id:
                former = self._reader.catalog(pair.former).name
                return f", asked together with {former}; to go on with it alone, remove {former} from the scope"
        return ""

    def _refuse_pair(self, catalog: Catalog, former: Framework, standing: Standing) -> None:
        before = self._reader.catalog(former.catalog)
        after = standing.after(former.catalog)
        if after is not None:
            other = self._reader.catalog(after.catalog)
            raise RefusedError(
                f"{before.name} is followed by {other.name} in this engagement already; "
                "undo that, or remove it, and go on from there."
            )
        kinds = [(each.model, each.scale, each.units) for each in (catalog, before)]
        if kinds[0] != kinds[1]:
            raise RefusedError(
                f"{catalog.name} is rated in another way than {before.name}, and a rating is never converted; "
                "add it as a framework of its own."
            )


def following(catalog: Catalog, former: Framework) -> Framework:
    """The settings of the former framework, as far as the new one has them."""
    views = [view for view in former.views if view in catalog.view] or list(catalog.view)[:1]
    views = views if catalog.combine else views[:1]
    highest = max((catalog.view[view].levels for view in views), default=0) or catalog.levels
    return fitted(
        catalog,
        replace(former, catalog=catalog.id, views=tuple(views), target=min(former.target, highest)),
        min(former.target, highest),
    )


def scope_of(framework: Framework, catalog: Catalog, before: Scope) -> Scope:
    """The new edition as it will be assessed, with nothing left out yet."""
    return Scope(
        catalog,
        framework.views,
        framework.target,
        before.units,
        evaluation=framework.evaluation,
        major_threshold=framework.major_threshold,
    )


def _heirs(editions: Editions, mode: Mode) -> Mapping[Reference, Sequence[Reference]]:
    """What actions close -> what they close of the new edition as well: where an item of it lives on."""
    found: dict[Reference, dict[Reference, None]] = {}
    for one, after in carrying.heirs(editions, mode).items():
        before = _requirement(editions.former, one)
        found.setdefault(before, {}).update(dict.fromkeys(_requirement(editions.new, new) for new in after))
    return {before: tuple(after) for before, after in found.items()}


def _requirement(catalog: Catalog, item: str) -> Reference:
    return catalog.id, item if catalog.levels else catalog.item[item].group


def _write(step: Writer, catalog: str, plan: Plan) -> None:
    step.put_all(
        "answer",
        (
            {
                "catalog": catalog,
                "item": item,
                "unit": unit,
                "value": answer.value,
                "note": answer.note,
                "reason": answer.reason,
                "flag": int(answer.flag),
            }
            for (item, unit), answer in plan.answers.items()
        ),
    )
    step.put_all(
        "carried",
        (
            {"catalog": catalog, "item": item, "unit": unit, "origin": origin}
            for (item, unit), origin in plan.origins.items()
        ),
    )
    step.put_all(
        "judgement",
        (
            {"catalog": catalog, "subject": one.subject, "value": one.value, "reason": one.reason}
            for one in plan.judgements
        ),
    )
    step.put_all(
        "exclusion",
        (
            {"catalog": catalog, "area": area, "unit": unit, "reason": reason}
            for (area, unit), reason in plan.exclusions.items()
        ),
    )
    step.put_all("finding_item", ({"finding": name, "catalog": catalog, "item": item} for name, item in plan.links))


def _title(catalog: Catalog, former: Catalog, mode: Mode) -> str:
    """As in: Go from ISO 9001:2015 to 2026."""
    to = catalog.name.removeprefix(former.title).lstrip(": ") if catalog.title == former.title else catalog.name
    if mode == "dual":
        return f"Ask {former.name} and {to} together"
    return f"Go from {former.name} to {to}"
