"""Rows of the file as the values that the rules, the screens and the workbook eat."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from gapbench.catalog import snapshot
from gapbench.engagement.sentences import called, unsound
from gapbench.engagement.values import PROFILE_FIELDS, Framework, Profile
from gapbench.engagement.wording import short
from gapbench.errors import CatalogError, UsageError
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope, Unit
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File

_ANSWERS = "SELECT item, unit, value, note, reason, flag FROM answer WHERE catalog = ?"
_FRAMEWORKS = (
    "SELECT catalog, views, target, evaluation, major_threshold, position FROM framework ORDER BY position, catalog"
)
_FINDINGS = "SELECT id, number, cls, requirement, evidence, gap, cause, status FROM finding ORDER BY number, id"


class Reader:
    """What stands in an engagement; every question reads the file anew, save for catalogs."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._catalogs: dict[str, Catalog] = {}

    def profile(self) -> Profile:
        """Who the client is."""
        known = dict(self._file.rows("SELECT field, value FROM profile"))
        return Profile(**{"client": ""} | {k: known[k] for k in PROFILE_FIELDS if k in known})

    def frameworks(self) -> tuple[Framework, ...]:
        """Frameworks in their order."""
        return tuple(self._framework(*row) for row in self._file.rows(_FRAMEWORKS))

    def framework(self, catalog_id: str) -> Framework:
        """One framework.

        Raises:
            UsageError: The engagement has no such framework; the sentence names those it has.
        """
        frameworks = self.frameworks()
        for framework in frameworks:
            if framework.catalog == catalog_id:
                return framework
        names = listed(each.catalog for each in frameworks)
        raise UsageError(f"This engagement has no framework {short(catalog_id)}; it has {names or 'none yet'}.")

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

    def scope(self, catalog_id: str) -> Scope:
        """One framework as it is assessed here."""
        framework = self.framework(catalog_id)
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

    def findings(self) -> tuple[Finding, ...]:
        """Recorded findings by number, each with its items in reading order."""
        places = self._places()
        items: dict[str, list[tuple[str, str]]] = {}
        for finding, *pair in self._file.rows("SELECT finding, catalog, item FROM finding_item"):
            items.setdefault(finding, []).append((pair[0], pair[1]))
        last = len(places)
        return tuple(
            Finding(
                name,
                number,
                cls,
                tuple(sorted(items.get(name, ()), key=lambda pair: (places.get(pair, last), pair))),
                *words,
            )
            for name, number, cls, *words in self._file.rows(_FINDINGS)
        )

    def case(self, catalog_id: str) -> Case:
        """All that a verdict on one framework rests on."""
        return Case(
            self.scope(catalog_id),
            self.answers(catalog_id),
            self.judgements(catalog_id),
            self.findings(),
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
        catalogs = [self.catalog(framework.catalog) for framework in self.frameworks()]
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
