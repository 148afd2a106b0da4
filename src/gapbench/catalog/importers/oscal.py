"""OSCAL catalogs 1.x, JSON or YAML: groups become groups, controls and their enhancements items of them.

A long statement becomes one item for each of its lettered parts. What stands in for a parameter is its label.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapbench.catalog.importers import building, wording
from gapbench.catalog.importers.building import Account
from gapbench.catalog.importers.tree import Head, Row
from gapbench.catalog.oscal.export import OWN
from gapbench.catalog.oscal.parts import OURS, unescaped
from gapbench.catalog.reading import shown
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.importers.draft import Draft


LONG = wording.LINE + wording.LINE
_OTHERS = (
    "profile", "component-definition", "system-security-plan", "assessment-plan", "assessment-results",
    "plan-of-action-and-milestones", "mapping-collection",
)  # fmt: skip
_STATES = ("statement", "item")
_EXPLAINS = ("guidance", "overview", "information", "example", "supplemental-guidance")
_METHODS = {"EXAMINE": "evidence", "INTERVIEW": "ask"}

Json = dict[str, Any]


def is_oscal(document: Mapping[str, Any]) -> bool:
    """Whether a document looks like OSCAL, a catalog or not."""
    return any(isinstance(document.get(key), dict) for key in ("catalog", *_OTHERS))


def draft(document: Mapping[str, Any], name: str) -> Draft:
    """Make a catalog of an OSCAL catalog.

    Args:
        document: The file in plain values.
        name: What to call it in a sentence.

    Raises:
        CatalogError: It is another model of OSCAL, or nothing is asked in it.
    """
    catalog = document.get("catalog")
    if not isinstance(catalog, dict):
        other = next((f"an OSCAL {key}" for key in _OTHERS if key in document), "no OSCAL catalog")
        raise CatalogError(f"{name} is {other}; only an OSCAL catalog can become a framework.")
    reading = _Reading(catalog)
    if reading.headings > building.GROUPS - 50:
        reading = _Reading(catalog, flat=True)
    metadata = _named(catalog.get("metadata"))
    version = wording.clean(metadata.get("oscal-version"))
    form = f"OSCAL catalog{f' {shown(version)}' if version else ''}"
    account = Account(form, tuple(reading.used()), tuple(reading.ignored(catalog)), tuple(reading.unplaced(version)))
    return building.draft(reading.top, _head(catalog, metadata, form), account, name)


def _head(catalog: Json, metadata: Json, form: str) -> Head:
    stamp = wording.clean(metadata.get("last-modified"))[:10]
    identifier = next((short for prop in _list(metadata.get("props")) if (short := _ours(prop, "catalog-id"))), "")
    marks = [wording.clean(catalog.get("uuid")), f"of {stamp}" if stamp else ""]
    version = wording.clean(metadata.get("version"))
    return Head(
        name=wording.clean(metadata.get("title")),
        edition=version[:10] if _MOMENT.match(version) else version or stamp[:4],
        short=identifier,
        origin=" ".join(filter(None, (form, *marks))),
        rights=wording.clean(metadata.get("remarks")) if identifier else "",
    )


def _ours(prop: Json, name: str) -> str:
    return wording.clean(prop.get("value")) if prop.get("ns") == OURS and prop.get("name") == name else ""


@dataclass
class _Control:
    """One control: its own points, then those of its enhancements."""

    number: str
    name: str
    own: list[Row]
    enhancements: list[Row] = field(default_factory=list)


class _Reading:
    """Walks through the groups and controls and counts what it leaves aside.

    Attributes:
        headings: How many groups the tree has.
    """

    def __init__(self, catalog: Json, *, flat: bool = False) -> None:
        self.headings = 0
        self._flat = flat
        self._words = Parameters(catalog)
        props = _list(_named(catalog.get("metadata")).get("props"))
        self._is_ours = any(_ours(prop, "catalog-id") for prop in props)
        self._model = next((model for prop in props if (model := _ours(prop, "rating-model"))), "")
        self._count: Counter[str] = Counter()
        self._aside: Counter[str] = Counter()
        self._props: Counter[str] = Counter()
        self.top = [*self._controls(catalog), *self._groups(catalog)]

    def _groups(self, above: Json) -> Iterator[Row]:
        for group in _list(above.get("groups")):
            if self._is_ours and group.get("class") == OWN:
                continue
            self._see_props(group)
            self.headings += 1
            yield Row(
                number=_label(group) or wording.clean(group.get("id")),
                name=self._words.line(group.get("title")),
                explains=tuple(line for part in _list(group.get("parts")) for line in self._said(part)),
                below=[*self._own(group), *self._controls(group), *self._groups(group)],
            )

    def _own(self, group: Json) -> list[Row]:
        """Controls of ours that stand apart only because OSCAL wants it so."""
        apart = [each for each in _list(group.get("groups")) if self._is_ours and each.get("class") == OWN]
        return [row for each in apart for row in self._controls(each)]

    def _controls(self, above: Json) -> list[Row]:
        """The controls of one group: a group each where one of them has several points, else an item each."""
        controls = list(self._each(above))
        if self._flat or all(len(each.own) + len(each.enhancements) == 1 for each in controls):
            return [row for each in controls for row in _numbered(each)]
        self.headings += len(controls)
        return [_heading(each) for each in controls]

    def _each(self, above: Json) -> Iterator[_Control]:
        for control in _list(above.get("controls")):
            self._see_props(control)
            below = list(self._each(control))
            if _is_withdrawn(control):
                self._count["withdrawn"] += 1
                yield from below
                continue
            one = self._control(control)
            self._count["controls"] += 1
            self._count["enhancements"] += len(below)
            one.enhancements = [row for each in below for row in _numbered(each)]
            yield one

    def _control(self, control: Json) -> _Control:
        parts = _list(control.get("parts"))
        statements = [part for part in parts if part.get("name") in _STATES]
        number = _label(control) or wording.clean(control.get("id"))
        one = _Control(number, self._words.line(control.get("title")), [])
        said = tuple(line for part in statements for line in self._said(part))
        letters = [item for part in statements for item in _list(part.get("parts")) if item.get("name") == "item"]
        if len(" ".join(said)) > LONG and len(letters) > 1:
            self._count["lettered"] += 1
            one.own = self._letters(number, statements, letters)
        elif self._is_ours:  # the statement is the title, and the question stands apart
            one.own = [Row(asked=True, name=one.name)]
        else:
            one.own = [Row(asked=True, name="" if said else one.name, lines=said)]
        for part in parts:
            if part not in statements:
                self._beside(part, one)
        return one

    def _letters(self, number: str, statements: list[Json], letters: list[Json]) -> list[Row]:
        rows = []
        for item in letters:
            label = wording.plain_number(_label(item)).strip(" .()")
            lines = self._prose(item) + tuple(line for each in _list(item.get("parts")) for line in self._said(each))
            rows.append(Row(f"{number} {label}" if label else "", asked=True, lines=lines))
        lead = tuple(line for part in statements for line in self._prose(part))
        if len(" ".join(lead)) > _LEAD:
            rows.insert(0, Row(asked=True, lines=lead))
        else:
            rows[0].lines = lead + rows[0].lines
        return rows

    def _beside(self, part: Json, one: _Control) -> None:
        """A part that is not the statement: guidance, what to examine, whom to interview."""
        name = wording.clean(part.get("name"))
        method = next(
            (wording.clean(p.get("value")) for p in _list(part.get("props")) if p.get("name") == "method"), ""
        )
        if name in _EXPLAINS:
            one.own[-1].explains += tuple(self._said(part))
        elif method in _METHODS:
            listed = tuple(line for inner in (part, *_list(part.get("parts"))) for line in self._prose(inner))
            said = [one_of.strip(" ;.[]") for line in listed for one_of in _SEVERAL.sub("", line).split(";")]
            setattr(one.own[0], _METHODS[method], tuple(filter(None, said)))
        elif name == "assessment-objective" and self._is_ours:
            one.own[0].questions += self._prose(part)
        else:
            self._aside[name] += 1

    def _said(self, part: Json) -> Iterator[str]:
        """The lines of a part and of the parts in it, each with its label."""
        label = _label(part)
        for number, line in enumerate(self._prose(part)):
            yield f"{label} {line}" if label and not number else line
        for inner in _list(part.get("parts")):
            yield from self._said(inner)

    def _prose(self, part: Json) -> tuple[str, ...]:
        title = self._words.line(part.get("title"))
        return tuple(filter(None, (title, *self._words.lines(part.get("prose")))))

    def _see_props(self, entry: Json) -> None:
        names = (wording.clean(prop.get("name")) for prop in _list(entry.get("props")))
        self._props.update(name for name in names if name not in ("label", "status", ""))

    # --- the account --------------------------------------------------------------------------

    def used(self) -> Iterator[str]:
        """What was taken."""
        yield f"{wording.many(self._count['controls'], 'control')}"
        if self._count["enhancements"]:
            yield f"{self._count['enhancements']} of them enhancements, as items of their control or group"
        if self._count["lettered"]:
            yield f"{wording.many(self._count['lettered'], 'long statement')}, with an item for each lettered part"
        if self._words.put_in:
            yield f"{wording.many(self._words.put_in, 'parameter')}, replaced by the label in brackets"

    def ignored(self, catalog: Json) -> Iterator[str]:
        """What gapbench has no use for."""
        if self._count["withdrawn"]:
            yield f"{wording.many(self._count['withdrawn'], 'withdrawn control')}"
        if self._aside:
            listed = ", ".join(f"{count} {shown(name or '?')}" for name, count in self._aside.most_common(8))
            yield f"parts: {listed}"
        if self._props:
            yield f"properties: {', '.join(shown(name) for name, _ in self._props.most_common(8))}"
        if catalog.get("back-matter"):
            yield "the back matter and the links to it"

    def unplaced(self, version: str) -> Iterator[str]:
        """What would have been of use."""
        if self._words.unknown:
            yield f"{wording.many(self._words.unknown, 'parameter')} that the catalog does not have, shown by id"
        if self._model not in ("", "conformity"):
            yield f"levels, views and rules of the model {shown(self._model)}: an export as YAML keeps them"
        if not version.removeprefix("v").startswith("1."):
            yield f"whatever differs from OSCAL 1: the file says version {shown(version) or 'nothing'}"


def _heading(one: _Control) -> Row:
    """A control as a group; what shows its own points, and who can answer, is handed down from there."""
    first = one.own[0]
    row = Row(one.number, one.name, evidence=first.evidence, ask=first.ask, below=[*one.own, *one.enhancements])
    first.evidence = first.ask = ()
    return row


def _numbered(one: _Control) -> list[Row]:
    """The points of a control beside other controls; a single one carries the number and name itself."""
    if len(one.own) == 1:
        one.own[0].number, one.own[0].name = one.number, one.name
    return [*one.own, *one.enhancements]


def _is_withdrawn(control: Json) -> bool:
    return any(
        prop.get("name") == "status" and wording.clean(prop.get("value")).casefold() == "withdrawn"
        for prop in _list(control.get("props"))
    )


def _label(entry: Json) -> str:
    """The number that people say: the label without a class, else the first that is not padded with zeros."""
    labels = [prop for prop in _list(entry.get("props")) if prop.get("name") == "label"]
    plain = [prop for prop in labels if not prop.get("class")]
    others = [prop for prop in labels if prop.get("class") not in ("zero-padded", "sp800-53a")]
    return next((label for prop in (*plain, *others, *labels) if (label := wording.clean(prop.get("value")))), "")


def _list(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _named(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


# --- parameters -----------------------------------------------------------------------------------


class Parameters:
    """Puts the label of a parameter where a text inserts it.

    Attributes:
        put_in: How often that was done.
        unknown: How often there was no such parameter.
    """

    def __init__(self, catalog: Json) -> None:
        self.put_in = 0
        self.unknown = 0
        self._labels: dict[str, str] = {}
        self._all: dict[str, Json] = {}
        for param in _all_params(catalog):
            self._all.setdefault(wording.clean(param.get("id")), param)

    def line(self, text: Any) -> str:
        """A text as one line, with its parameters."""
        return wording.clean(unescaped(self._put(wording.text_of(text), frozenset())))

    def lines(self, text: Any) -> tuple[str, ...]:
        """The lines of a text, with their parameters."""
        return wording.lines(unescaped(self._put(wording.text_of(text), frozenset())))

    def _put(self, text: str, inside: frozenset[str]) -> str:
        return _INSERT.sub(lambda found: self._label(found[1] or found[2], inside), text)

    def _label(self, name: str, inside: frozenset[str]) -> str:
        param = self._all.get(name)
        if not inside:
            self.put_in += param is not None
            self.unknown += param is None
        if name in self._labels:
            return self._labels[name]
        if param is None or name in inside or len(inside) > _NESTED:
            return f"[{name}]"
        said = self._said(param, inside | {name}) or name
        label = f"[{said[:_SAID]}]"
        if not inside:
            self._labels[name] = label
        return label

    def _said(self, param: Json, inside: frozenset[str]) -> str:
        select = _named(param.get("select"))
        choices = select.get("choice")
        if isinstance(choices, list) and choices:
            how = "one or more of" if select.get("how-many") == "one-or-more" else "one of"
            said = (wording.clean(self._put(wording.text_of(each)[:_SAID], inside)) for each in choices[:_CHOICES])
            return f"{how}: {'; '.join(filter(None, said))}"
        return wording.clean(param.get("label")) if isinstance(param.get("label"), str) else ""


def _all_params(entry: Json) -> Iterator[Json]:
    waiting = [entry]
    while waiting:
        here = waiting.pop()
        yield from _list(here.get("params"))
        waiting.extend(_list(here.get("groups")) + _list(here.get("controls")))


_INSERT = re.compile(
    r"""\{\{\s*(?:insert:\s*param\s*,\s*)?([A-Za-z_][\w.-]{0,120})\s*\}\}|<insert\b[^<>]{0,60}id-?(?:ref)?="([^"<>]{1,120})"[^<>]{0,40}>"""
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
_SEVERAL = re.compile(r"\[\s*SELECT FROM:?", re.IGNORECASE)
_NESTED = 3
_SAID = 400
_CHOICES = 12
_LEAD = 60
