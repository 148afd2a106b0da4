"""Rows of the file as the values that the rules, the screens and the workbook eat."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from gapbench.catalog import snapshot
from gapbench.catalog.editions import between
from gapbench.engagement.sentences import called, unsound
from gapbench.engagement.standing import NO_MIRRORS, Mirrors, Standing
from gapbench.engagement.values import PROFILE_FIELDS, Framework, Profile, Succession
from gapbench.engagement.wording import short
from gapbench.errors import CatalogError, RefusedError, UsageError
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope, Unit
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File

_ANSWERS = "SELECT item, unit, value, note, reason, flag FROM answer WHERE catalog = ?"

# Who follows whom comes along with the frameworks, so that a rating asks no more than it did without.
_FRAMEWORKS = """
SELECT f.catalog, f.views, f.target, f.evaluation, f.major_threshold, f.position, s.former, s.mode
FROM framework AS f LEFT JOIN succession AS s ON s.catalog = f.catalog
ORDER BY f.position, s.former IS NOT NULL, f.catalog
"""

# What rests on a superseded framework stands aside, save where that framework itself is read.
_LINKS = """
SELECT finding, catalog, item, catalog <> :read AND catalog IN (
    SELECT former FROM succession WHERE mode = 'transition'
) FROM finding_item
"""
_FINDINGS = "SELECT id, number, cls, requirement, evidence, gap, cause, status FROM finding ORDER BY number, id"


class Reader:
    """What stands in an engagement; every question reads the file anew, save for catalogs."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._catalogs: dict[str, Catalog] = {}
        self._editions: dict[tuple[int, int], Editions] = {}
        self._mirrors: tuple[tuple[Editions, ...], Mirrors] = ((), NO_MIRRORS)

    def profile(self) -> Profile:
        """Who the client is."""
        known = dict(self._file.rows("SELECT field, value FROM profile"))
        return Profile(**{"client": ""} | {k: known[k] for k in PROFILE_FIELDS if k in known})

    def standing(self) -> Standing:
        """Every framework, and which one follows which."""
        rows = self._file.rows(_FRAMEWORKS)
        return Standing(
            tuple(self._framework(*row[:6]) for row in rows),
            tuple(Succession(row[0], row[6], row[7]) for row in rows if row[6] is not None),
        )

    def frameworks(self) -> tuple[Framework, ...]:
        """Frameworks that count, in their order."""
        return self.standing().live

    def framework(self, catalog_id: str, standing: Standing | None = None) -> Framework:
        """One framework, superseded or not.

        Raises:
            UsageError: The engagement has no such framework; the sentence names those that count.
        """
        standing = standing or self.standing()
        found = standing.find(catalog_id)
        if found is not None:
            return found
        names = listed(each.catalog for each in standing.live)
        raise UsageError(f"This engagement has no framework {short(catalog_id)}; it has {names or 'none yet'}.")

    def refuse_superseded(self, catalog_id: str, standing: Standing) -> None:
        """Refuse to write to a framework in whose place another stands.

        Raises:
            RefusedError: It is one.
        """
        if catalog_id in standing.superseded:
            new = self.catalog(standing.superseded[catalog_id])
            raise RefusedError(
                f"{self.catalog(catalog_id).name} was followed by {new.name} in this engagement and can only be read; "
                f"write to {new.id}, or undo the step that went on to it."
            )

    def catalog(self, catalog_id: str) -> Catalog:
        """The catalog of a framework as it was when it was added.

        Raises:
            UsageError: The engagement has no such framework.
            CatalogError: The copy in the file is damaged or newer than this program.
        """
        found = self._file.rows("SELECT snapshot FROM framework WHERE catalog = ?", (catalog_id,))
        if not found:
            self.framework(catalog_id)
        (sha,) = found[0]
        if sha not in self._catalogs:
            self._catalogs[sha] = self._snapshot(catalog_id, sha)
        return self._catalogs[sha]

    def units(self) -> tuple[Unit, ...]:
        """Units in their order."""
        query = "SELECT id, name, kind, note FROM unit ORDER BY position, id"
        return tuple(Unit(*row) for row in self._file.rows(query))

    def exclusions(self, catalog_id: str) -> dict[tuple[str, str], str]:
        """(area, unit) -> why it is out."""
        query = "SELECT area, unit, reason FROM exclusion WHERE catalog = ?"
        return {(area, unit): why for area, unit, why in self._file.rows(query, (catalog_id,))}

    def editions(self, new: str, former: str) -> Editions:
        """What became of each item of one framework in another that follows it; made once."""
        pair = self.catalog(new), self.catalog(former)
        key = id(pair[0]), id(pair[1])  # both are kept as long as this reader
        if key not in self._editions:
            try:
                self._editions[key] = between(*pair)
            except ValueError as problem:
                raise unsound(self._file.path, str(problem)) from problem
        return self._editions[key]

    def mirrors(self, standing: Standing) -> Mirrors:
        """Items that are one question in several frameworks."""
        if not standing.dual:
            return NO_MIRRORS
        editions = tuple(self.editions(one.catalog, one.former) for one in standing.dual)
        if [*map(id, self._mirrors[0])] != [*map(id, editions)]:
            self._mirrors = (editions, Mirrors(editions))
        return self._mirrors[1]

    def carried(self, catalog_id: str) -> dict[tuple[str, str], str]:
        """(item, unit) -> where its answer came from, for those that nobody has confirmed since."""
        query = "SELECT item, unit, origin FROM carried WHERE catalog = ?"
        return {(item, unit): origin for item, unit, origin in self._file.rows(query, (catalog_id,))}

    def scope(self, catalog_id: str, standing: Standing | None = None) -> Scope:
        """One framework as it is assessed here."""
        framework = self.framework(catalog_id, standing)
        return Scope(
            self.catalog(catalog_id),
            framework.views,
            framework.target,
            self.units(),
            self.exclusions(catalog_id),
            framework.evaluation,
            framework.major_threshold,
        )

    def answers(self, catalog_id: str) -> dict[tuple[str, str], Answer]:
        """(item, unit) -> answer."""
        return _answers(self._file.rows(_ANSWERS, (catalog_id,)))

    def item_answers(self, catalog_id: str, item: str) -> dict[tuple[str, str], Answer]:
        """The answers to one item."""
        return _answers(self._file.rows(f"{_ANSWERS} AND item = ?", (catalog_id, item)))

    def answer(self, catalog_id: str, item: str, unit: str) -> Answer:
        """One answer; an empty one where nothing was said."""
        query = f"{_ANSWERS} AND item = ? AND unit = ?"
        found = _answers(self._file.rows(query, (catalog_id, item, unit)))
        return found.get((item, unit), Answer())

    def judgements(self, catalog_id: str) -> dict[str, Judgement]:
        """Subject -> judgement."""
        query = "SELECT subject, value, reason FROM judgement WHERE catalog = ?"
        return {row[0]: Judgement(*row) for row in self._file.rows(query, (catalog_id,))}

    def findings(self, read: str = "") -> tuple[Finding, ...]:
        """Recorded findings by number, each with its items in reading order.

        Args:
            read: A superseded framework that is looked at: its items are shown too.
        """
        return self.all_findings(read)[0]

    def all_findings(self, read: str = "") -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Findings, and those left behind: they rest on items of superseded frameworks only."""
        places = self._places()
        items: dict[str, list[tuple[str, str]]] = {}
        aside: dict[str, list[tuple[str, str]]] = {}
        for finding, catalog, item, behind in self._file.rows(_LINKS, {"read": read}):
            (aside if behind else items).setdefault(finding, []).append((catalog, item))
        left = aside.keys() - items.keys()
        last = len(places)
        every = [
            Finding(
                name,
                number,
                cls,
                tuple(sorted((aside if name in left else items).get(name, ()), key=lambda p: (places.get(p, last), p))),
                *words,
            )
            for name, number, cls, *words in self._file.rows(_FINDINGS)
        ]
        return tuple(one for one in every if one.id not in left), tuple(one for one in every if one.id in left)

    def case(self, catalog_id: str) -> Case:
        """All that a verdict on one framework rests on."""
        standing = self.standing()
        return Case(
            self.scope(catalog_id, standing),
            self.answers(catalog_id),
            self.judgements(catalog_id),
            self.findings(catalog_id),
            self.carried(catalog_id) if catalog_id in standing.marked else {},
        )

    def _framework(self, catalog: str, views: str, target: int, *rest: Any) -> Framework:
        try:
            chosen = tuple(map(str, json.loads(views)))
        except (ValueError, TypeError) as problem:
            raise unsound(self._file.path, f"the views of {short(str(catalog))} cannot be read") from problem
        evaluation, threshold, position = rest
        return Framework(catalog, chosen, target, bool(evaluation), threshold, position)

    def _places(self) -> dict[tuple[str, str], int]:
        """Where each item stands, over all frameworks; read only when there are findings."""
        if not self._file.rows("SELECT 1 FROM finding_item LIMIT 1"):
            return {}
        catalogs = [self.catalog(framework.catalog) for framework in self.standing().every]
        pairs = [(catalog.id, item.id) for catalog in catalogs for item in catalog.items]
        return {pair: place for place, pair in enumerate(pairs)}

    def _snapshot(self, catalog_id: str, sha: str) -> Catalog:
        found = self._file.rows("SELECT text FROM snapshot WHERE sha = ?", (sha,))
        if not found or sha_of(found[0][0]) != sha:
            raise CatalogError(
                f"The copy of {catalog_id} in {called(self._file.path)} is damaged or missing, so its answers cannot "
                f"be read; go on with the last copy of the file, or run `gapbench check {called(self._file.path)}`."
            )
        return snapshot.from_json(found[0][0])


class _Said(dict[tuple[Any, ...], Answer]):
    """Most answers say the same few things: each is made once and shared."""

    def __missing__(self, said: tuple[Any, ...]) -> Answer:
        value, note, reason, flag = said
        answer = self[said] = Answer(value, note, reason, bool(flag))
        return answer


def _answers(rows: list[Any]) -> dict[tuple[str, str], Answer]:
    said = _Said()
    return {row[:2]: said[row[2:]] for row in rows}


def sha_of(text: str) -> str:
    """The SHA-256 by which a snapshot goes."""
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()
