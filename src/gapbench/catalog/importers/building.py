"""From a tree of foreign rows to a catalog: headings become groups, requirements become items, nothing is cut.

A requirement that is longer than a question and a look-for of ours hold becomes several items. What only explains
and does not fit stays out and is counted. Headings below which nothing is asked stay out as well; below a
requirement they are part of its words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.catalog.importers import wording
from gapbench.catalog.importers.draft import Draft, checked
from gapbench.catalog.importers.numbering import Numbers
from gapbench.catalog.importers.wording import many
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.catalog.importers.tree import Head, Row

GROUPS = 1000
ITEMS = 500
ALL_ITEMS = 12_000
LISTED = 20

_YEAR = re.compile(r"[\s:,(-]*\b((?:19|20)\d\d)\)?$")
_VERSION = re.compile(r"[\s:,(-]*\b(?:version|rev\.?|revision|v\.?)\s*(\d[\w.]{0,15})\)?$", re.IGNORECASE)

Document = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """What an importer has to say beside what the building itself counts."""

    form: str
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def draft(top: Iterable[Row], head: Head, account: Account, name: str) -> Draft:
    """Make a catalog of a tree.

    Args:
        top: The rows without a row above.
        head: What is said of the whole.
        account: What the importer used, ignored and could not place.
        name: What to call the file in a sentence.

    Raises:
        CatalogError: Nothing is asked in it, or it is beyond every measure.
    """
    rows = list(top)
    asked = sum(row.asked for root in rows for row in root.all())
    if not asked:
        raise CatalogError(f"{name} holds no requirement to ask about; is it the right file?")
    if asked > ALL_ITEMS:
        raise CatalogError(f"{name} holds {asked:,} requirements; a catalog takes {ALL_ITEMS:,} at most.")
    building = _Building(rows, long_rights=len(wording.clean(head.rights)) > _RIGHTS)
    building.put_all(rows, head)
    document = {**_head(head), **building.counted(), "groups": building.groups}
    made = Draft(
        document,
        account.form,
        (*building.used(asked), *account.used),
        (*account.ignored, *building.ignored()),
        (*account.unplaced, *building.unplaced()),
        building.words,
    )
    return checked(made, name)


def _head(head: Head) -> Document:
    name = wording.clean(head.name) or wording.clean(head.short) or "Imported framework"
    edition = wording.clean(head.edition)
    if found := _YEAR.search(name) or _VERSION.search(name):
        name, edition = name[: found.start()] or name, found[1]
    title = wording.heading(name)
    document: Document = {
        "gapbench_catalog": 1,
        "id": _id(head, title, edition),
        "title": title,
        "edition": wording.heading(edition) or "imported",
        "family": title,
        "model": "conformity",
        "revision": 1,
        "provenance": wording.heading(f"Imported: {head.origin}", wording.LINE),
    }
    rights = wording.clean(head.rights)
    if rights and rights[-1] not in ".!?":
        rights += "."
    return document | {"notice": f"{wording.heading(rights, _RIGHTS)} {_NOTICE}".strip()}


_NOTICE = "The words are those of the source and belong to its owner; gapbench only arranged them."
_RIGHTS = 1000 - len(_NOTICE) - 1


def _id(head: Head, title: str, edition: str) -> str:
    short = wording.slug(head.short) or wording.slug(f"{title} {edition}")
    return short or "imported"


class _Building:
    def __init__(self, top: list[Row], *, long_rights: bool) -> None:
        self._rights = long_rights
        every = [row for root in top for row in root.all()]
        self.groups: list[Document] = []
        self.words: dict[str, str] = {}
        self._rows: dict[str, Document] = {}
        self._numbers = Numbers(row.number for row in every)
        self._holds = _holding(top)
        self._merged = _toomany(top, self._holds)
        self._questions: set[str] = set()
        self._count: Counter[str] = Counter()
        self._samples: dict[str, list[str]] = {}

    # --- rows ---------------------------------------------------------------------------------

    def put_all(self, top: list[Row], head: Head) -> None:
        """Every row; requirements outside of any heading come under one of their own."""
        loose = [row for row in top if row.asked]
        if loose:
            number = self._group("", "", wording.clean(head.name) or "Requirements", ())
            for row in loose:
                self._row(row, number)
        for row in top:
            if not row.asked:
                self._row(row, "")
        self._even_out()

    def _row(self, root: Row, group: str) -> None:
        waiting = [(root, group, "")]
        while waiting:
            row, group, above = waiting.pop()
            if row.asked:
                number = self._asked(row, group, above or group)
            elif id(row) not in self._holds:
                self._count["headings"] += 1
                continue
            elif id(row) in self._merged and group:
                self._left_out("headings", group, " ".join((row.number, row.name, *row.lines, *row.explains)).strip())
                number = group
            else:
                group = number = self._group(row.number, group, row.name, row.lines + row.explains)
                self._shown_by(row, self._rows[group])
            waiting.extend((each, group, number) for each in reversed(row.below))

    def _group(self, wanted: str, parent: str, name: str, says: tuple[str, ...]) -> str:
        number = self._numbers.take(wanted, parent, "G")
        text = " ".join(says)
        full = name or text or number
        group: Document = {"id": number}
        if parent:
            group["parent"] = parent
        group["title"] = wording.heading(full)
        rest = " ".join(filter(None, (name if len(name) > wording.NAME else "", text if name else "")))
        if not name and len(text) > wording.NAME:
            rest = text
        if rest:
            self._note(group, rest)
        self.groups.append(group)
        self._rows[number] = group
        return number

    def _note(self, group: Document, text: str) -> None:
        if len(text) <= wording.LINE:
            group["note"] = text
        else:
            self._left_out("notes", group["id"], text)

    def _asked(self, row: Row, group: str, above: str) -> str:
        """The items of a requirement; gives the number that rows below it build on."""
        name, says = row.name, list(row.lines)
        below = [each for child in row.below if id(child) not in self._holds for each in child.all()]
        for child in below:
            if child.number:  # a lettered point of the requirement; without a number, a remark on it
                says.append(" ".join(filter(None, (child.number, child.name, *child.lines))))
            else:
                row.explains += tuple(filter(None, (child.name, *child.lines)))
            row.explains += child.explains
        self._count["joined"] += len(below)
        row.below = [child for child in row.below if id(child) in self._holds]
        if len(name) > wording.LINE:
            name, says = "", [name, *says]
        number = self._numbers.take(row.number, above, "R")
        pairs = list(self._question_pairs(row, name, says, wording.LINE))
        own = [question.casefold() for question, _ in pairs]
        if any(len(each) > wording.QUESTION and (each in self._questions or own.count(each) > 1) for each in own):
            pairs = list(self._question_pairs(row, name, says, wording.QUESTION))
        self._put(row, name, pairs, number, group)
        return number

    def _question_pairs(self, row: Row, name: str, says: list[str], room: int) -> Iterator[tuple[str, str]]:
        """Question and look-for of each item of a requirement."""
        own = list(wording.pieces(row.questions, room))
        whole = " ".join(says)
        if own:
            if len(whole) <= wording.LINE:
                yield own.pop(0), whole
                whole = ""
            yield from _pairs(says if whole else [], room)
            yield from ((question, "") for question in own)
        else:
            yield from _pairs(says if whole else [name or row.number or "?"], room)

    def _put(self, row: Row, name: str, pairs: list[tuple[str, str]], number: str, group: str) -> None:
        total = len(pairs)
        numbers = [number] if total == 1 else self._numbers.parts(number, total)
        if total > 1:
            self._count["split"] += 1
        self._count["items"] += total
        for place, (own, (question, look)) in enumerate(zip(numbers, pairs, strict=True), 1):
            if name and total > 1:
                title = f"{wording.heading(name, wording.LINE - 16)} ({place} of {total})"
            else:
                title = name or wording.heading(question)
            item: Document = {"id": own, "title": title, "text": self._own_words(question, own)}
            if look:
                item["look_for"] = look
            if place == 1:
                self._shown_by(row, item)
            if row.number and own != row.number and len(row.number) <= wording.LINE - 12:
                item["provenance"] = f"{row.number} in the source"
            self._rows[group].setdefault("items", []).append(item)
        self._explain(row, self._rows[group]["items"][-1])

    def _own_words(self, question: str, number: str) -> str:
        """The question, with its number when another one has the same words."""
        ways = (question, f"{question} ({number})", f"{number}: {question}")
        own = next((way for way in ways if not self._is_asked(way)), question)
        self._questions.add(own.casefold())
        return own

    def _is_asked(self, question: str) -> bool:
        return question.casefold() in self._questions

    def _explain(self, row: Row, last: Document) -> None:
        text = " ".join(row.explains)
        if not text:
            return
        if "look_for" not in last and len(text) <= wording.LINE:
            last["look_for"] = text
            self._count["explained"] += 1
        else:
            self._left_out("explanations", last["id"], text)

    def _shown_by(self, row: Row, item: Document) -> None:
        for key, says in (("evidence", row.evidence), ("ask", row.ask)):
            parts = list(dict.fromkeys(wording.pieces(says, wording.NAME)))
            if len(parts) > LISTED:
                self._left_out(key, item["id"], "\n".join(parts))
                parts = parts[:LISTED]
            if parts:
                item[key] = parts
                self._count[key] += len(parts)

    # --- the limits of the format -------------------------------------------------------------

    def _even_out(self) -> None:
        """Break a group that has more items than the format takes."""
        for at in range(len(self.groups) - 1, -1, -1):
            group = self.groups[at]
            items = group.get("items", [])
            if len(items) <= ITEMS:
                continue
            group["items"] = items[:ITEMS]
            for place, first in enumerate(range(ITEMS, len(items), ITEMS), 1):
                title = f"{wording.heading(group['title'], wording.NAME - 16)}, continued"
                more: Document = {"id": self._numbers.take("", group["id"], "G")}
                if "parent" in group:
                    more["parent"] = group["parent"]
                self.groups.insert(at + place, more | {"title": title, "items": items[first : first + ITEMS]})
            self._count["continued"] += 1

    def counted(self) -> Document:
        """The counts that the file is checked against."""
        items = sum(len(group.get("items", ())) for group in self.groups)
        leaves = sum("items" in group for group in self.groups)
        return {"counts": {"leaves": leaves, "items": items, "scored": items}}

    # --- the account --------------------------------------------------------------------------

    def _left_out(self, what: str, number: str, text: str) -> None:
        self._count[f"long {what}"] += 1
        self._samples.setdefault(what, []).append(number)
        self.words[number] = "\n".join(filter(None, (self.words.get(number, ""), text)))

    def used(self, asked: int) -> Iterator[str]:
        """What was taken."""
        count = self._count
        yield f"{many(asked, 'requirement')} as {many(count['items'], 'item')} in {many(len(self.groups), 'group')}"
        if count["split"]:
            yield (
                f"{many(count['split'], 'requirement')} longer than a question and a look-for, or with several "
                "questions, became several items, each with its part"
            )
        if count["joined"]:
            yield f"{many(count['joined'], 'row')} of text below a requirement, joined to it"
        for key, what in (("explained", "explanation"), ("evidence", "piece of evidence"), ("ask", "person to ask")):
            if count[key]:
                yield many(count[key], what)
        yield from self._numbered()

    def _numbered(self) -> Iterator[str]:
        numbers = self._numbers
        if numbers.made:
            yield f"{many(numbers.made, 'row')} without a number, or with a long one, got a running number of ours"
        if numbers.respelled:
            yield f"{many(numbers.respelled, 'number')} spelled anew, with the letters and signs that ours may have"
        if numbers.doubled:
            yield f"{many(numbers.doubled, 'number')} given twice, or said like another: with `no 2` and so on"
        if self._count["continued"]:
            yield f"{many(self._count['continued'], 'group')} with more than {ITEMS} items, continued in another group"

    def ignored(self) -> Iterator[str]:
        """What nothing is asked about."""
        if self._count["headings"]:
            yield f"{many(self._count['headings'], 'heading')} below which nothing is asked"

    def unplaced(self) -> Iterator[str]:
        """What is longer than a line of ours holds."""
        said = {
            "notes": ("text of headings", f"longer than {wording.LINE} characters"),
            "explanations": ("explanation", f"longer than {wording.LINE} characters, or without a free look-for"),
            "evidence": ("list of evidence", f"with more than {LISTED} entries, shortened"),
            "ask": ("list of people to ask", f"with more than {LISTED} entries, shortened"),
            "headings": ("heading", f"whose rows went to the heading above: a catalog takes {GROUPS:,} groups"),
        }
        if self._rights:
            yield "the whole note on rights: it is longer than 1,000 characters"
        for what, every in self._samples.items():
            numbers = list(dict.fromkeys(every))
            more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
            name, why = said[what]
            yield f"{many(len(every), name)} {why}: {', '.join(numbers[:3])}{more}"


def _holding(top: list[Row]) -> set[int]:
    """Rows at or below which something is asked."""
    holds: set[int] = set()
    for root in top:
        for row in reversed(list(root.all())):  # children before their parents
            if row.asked or any(id(child) in holds for child in row.below):
                holds.add(id(row))
    return holds


def _toomany(top: list[Row], holds: set[int]) -> set[int]:
    """Headings that go up into the one above them, the deepest and those without a number first."""
    groups = [(depth, row) for root in top for depth, row in _with_depth(root) if id(row) in holds and not row.asked]
    spare = len(groups) - (GROUPS - 50)
    if spare <= 0:
        return set()
    order = sorted(groups, key=lambda each: (bool(each[1].number), -each[0]))
    return {id(row) for depth, row in order if depth}.intersection({id(row) for _, row in order[:spare]})


def _pairs(says: Iterable[str], room: int) -> Iterator[tuple[str, str]]:
    """Words as question and look-for, question and look-for, until there are none left."""
    parts = list(wording.packed(wording.pieces(says, room), room, wording.LINE))
    for at in range(0, len(parts), 2):
        yield parts[at], parts[at + 1] if at + 1 < len(parts) else ""


def _with_depth(root: Row) -> Iterator[tuple[int, Row]]:
    waiting = [(0, root)]
    while waiting:
        depth, row = waiting.pop()
        yield depth, row
        waiting.extend((depth + 1, each) for each in row.below)
