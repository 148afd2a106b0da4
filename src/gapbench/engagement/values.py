"""What leaves the client file: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["answers", "findings", "judgements", "scope", "profile", "plan"]
"""What sort of thing a step touched, so that a screen knows what to draw again."""

StepKind = Literal["do", "undo", "redo"]

Mode = Literal["transition", "dual"]
"""How an edition follows the one before: in its place, or beside it with one question for both."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the client is and what is looked at. Every field is free text, "" when not said.

    Attributes:
        client: Name of the client; the only one that must be there.
        title: What this engagement is called, "Gap analysis 2026".
        sites: Where.
        in_scope, out_of_scope: What is looked at and what is not.
        dates: When the session takes place, as the consultant writes it.
        team: Consultants.
        sponsor: The client's sponsor.
        classification: Mark printed on every page of the workbook, "Confidential".
        sampling: How the sample was drawn, for the sampling statement.
    """

    client: str
    title: str = ""
    sites: str = ""
    in_scope: str = ""
    out_of_scope: str = ""
    dates: str = ""
    team: str = ""
    sponsor: str = ""
    classification: str = "Confidential"
    sampling: str = ""


PROFILE_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Profile))


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework of the engagement.

    Attributes:
        catalog: Catalog id.
        views: Chosen views; empty where the catalog has none.
        target: Maturity level aimed at; 0 where the framework has none.
        evaluation: A gap analysis (no ratings are issued): the risk view is shown too.
        major_threshold: Not-conforming points of one leaf from which a proposed finding is major.
        position: Order among the frameworks.
    """

    catalog: str
    views: tuple[str, ...] = ()
    target: int = 0
    evaluation: bool = True
    major_threshold: int = 3
    position: int = 0


Cell = tuple[str, str, str]
"""(catalog id, item id, unit id): what one answer is about."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A framework that follows another edition in this engagement.

    Attributes:
        catalog: The edition that follows.
        former: The edition before; in mode "transition" it is superseded: kept, and read only.
    """

    catalog: str
    former: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Passage:
    """What comes of it when an edition follows the one before; told before it is done, or after.

    Attributes:
        succession: From which to which, and how.
        carried: (item, unit) whose answer comes along.
        again: Items whose meaning changed: asked again, the old answer beside.
        differing: Unchanged items that grew from several with different answers: asked again as well.
        new: Items that nothing answers.
        dropped: Items of the former edition that live on nowhere.
        shared: In mode "dual", items in scope of both that are one question.
        moved: Findings ("F-03") that rest on items of the new edition too.
        left: Findings all of whose items live on nowhere; they stay in the file.
        unjudged: Subjects of judgements that have to be judged anew.
        included: (area, unit) left out before, and to be decided anew.
    """

    succession: Succession
    carried: tuple[tuple[str, str], ...] = ()
    again: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    included: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to be written: fields that are None stay as they are.

    An empty `value` clears the rating; note, reason and flag stay unless given.
    """

    catalog: str
    item: str
    unit: str
    value: str | None = None
    note: str | None = None
    reason: str | None = None
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a step did, for whoever draws.

    Attributes:
        title: The step in the words of the journal, "Rate 8.4.1 c partial"; with a prefix for undo and redo.
        kinds: What sort of thing it touched.
        cells: Answers it touched.
        step: Id of the step, "" when nothing differed and nothing was written.
        at: When it was committed.
    """

    title: str
    kinds: frozenset[Kind] = frozenset()
    cells: frozenset[Cell] = frozenset()
    step: str = ""
    at: datetime | None = None

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return bool(self.step)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after, without its key; None where it did not or does not exist."""

    table: str
    key: tuple[str, ...]
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history.

    Attributes:
        id: SHA-256 (hex) over the content and the parents' ids.
        parents: Ids of the steps it follows; none for the first.
        kind: "do", or the undo or redo of the step `target`.
        undone: The step is at present taken back.
    """

    id: str
    parents: tuple[str, ...]
    at: datetime
    author: str
    device: str
    title: str
    kind: StepKind
    target: str = ""
    undone: bool = False
    changes: tuple[RowChange, ...] = field(default=())
