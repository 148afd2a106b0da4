"""The one door to a client's file: what stands in it, and every verb that changes it as one step.

    with Engagement.open("acme.gapbench", author="E. Gray") as engagement:
        engagement.rate("iso9001-2015", [("8.4.1 c", "")], "partial")
        engagement.undo()

What leaves is frozen values, never rows. A verb that is refused raises a sentence and has written
nothing; one that changes nothing writes nothing and gives a `Change` that is false.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gapbench.engagement import opening, past, undoing
from gapbench.engagement.answering import Answering
from gapbench.engagement.deciding import Deciding
from gapbench.engagement.journal import Journal, Writer
from gapbench.engagement.reading import Reader
from gapbench.engagement.recording import Recording
from gapbench.engagement.scoping import Scoping, profile_rows
from gapbench.engagement.values import AnswerRow, Framework
from gapbench.errors import GapbenchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from os import PathLike
    from types import TracebackType

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File
    from gapbench.engagement.planning import Planning
    from gapbench.engagement.values import Change, Mode, Passage, Profile, Step, Succession
    from gapbench.planning.values import Action, Decision, Settings
    from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope, Unit

    Clock = Callable[[], datetime]


class Engagement:
    """One open engagement. Made by `create` and `open`; a context manager that closes itself.

    Attributes:
        path: As it was named.
        read_only: File or folder cannot be written: every verb is refused.
        notice: A sentence to tell after opening: it had not been closed, and what was kept. "" normally.
    """

    def __init__(self, file: File, author: str = "", clock: Clock | None = None) -> None:
        self._file = file
        self.path = file.path
        self.read_only = file.read_only
        self.notice = file.notice
        self._journal = Journal(file, author, clock)
        self._reader = Reader(file)
        self._answering = Answering(self._journal, self._reader)
        self._scoping = Scoping(file, self._journal, self._reader)
        self._deciding = Deciding(self._journal, self._reader)
        self._recording = Recording(file, self._journal, self._reader)

    # --- opening and closing -------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: str | PathLike[str],
        profile: Profile,
        *,
        author: str = "",
        clock: Clock | None = None,
    ) -> Self:
        """Make a new engagement and open it.

        Args:
            path: A name that nothing has yet, in a folder that exists.
            profile: Who the client is.
            author: Who is at the keyboard; kept with every step.
            clock: Says what time it is, for examples and tests.

        Raises:
            FileError: The name is taken, or the folder is missing or may not be written.
        """
        profile_rows(profile)  # refused before there is a file
        with opening.made_file(Path(path)) as file:
            engagement = cls(file, author, clock)
            engagement._scoping.describe(profile, f"Start the engagement of {profile.client}")
        return engagement

    @classmethod
    def open(
        cls,
        path: str | PathLike[str],
        *,
        author: str = "",
        read_only: bool = False,
        clock: Clock | None = None,
    ) -> Self:
        """Open an engagement; one that cannot be written is opened for reading.

        Raises:
            EngagementFileError: Missing, foreign, damaged, newer: the sentence says what to do.
            EngagementBusyError: It is open in another window.
        """
        return cls(opening.open_file(Path(path), read_only=read_only), author, clock)

    def close(self) -> None:
        """Leave one whole file behind; closing twice is nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except GapbenchError:
            if problem is None:  # the first failure is the one to tell
                raise

    # --- what stands in the file ---------------------------------------------------------------

    def profile(self) -> Profile:
        """Who the client is and what is looked at."""
        return self._reader.profile()

    def frameworks(self) -> tuple[Framework, ...]:
        """Frameworks in their order; one in whose place a new edition stands is not among them."""
        return self._reader.frameworks()

    def catalog(self, catalog_id: str) -> Catalog:
        """The catalog of a framework as it was when it was added."""
        return self._reader.catalog(catalog_id)

    def units(self) -> tuple[Unit, ...]:
        """Units in their order."""
        return self._reader.units()

    def scope(self, catalog_id: str) -> Scope:
        """One framework as it is assessed here."""
        return self._reader.scope(catalog_id)

    def case(self, catalog_id: str) -> Case:
        """All that a verdict on one framework rests on."""
        return self._reader.case(catalog_id)

    def answers(self, catalog_id: str) -> dict[tuple[str, str], Answer]:
        """(item, unit) -> answer; what nobody spoke of is not there."""
        return self._reader.answers(catalog_id)

    def answer(self, catalog_id: str, item: str, unit: str) -> Answer:
        """One answer; an empty one where nothing was said."""
        return self._reader.answer(catalog_id, item, unit)

    def judgements(self, catalog_id: str) -> dict[str, Judgement]:
        """Subject -> judgement."""
        return self._reader.judgements(catalog_id)

    def exclusions(self, catalog_id: str) -> dict[tuple[str, str], str]:
        """(area, unit) -> why it is out."""
        return self._reader.exclusions(catalog_id)

    def findings(self) -> tuple[Finding, ...]:
        """Recorded findings by number, each with its items in reading order."""
        return self._reader.findings()

    # --- editions ------------------------------------------------------------------------------

    def successions(self) -> tuple[Succession, ...]:
        """Which framework follows which edition before, and how."""
        return self._reader.standing().successions

    def dual(self) -> tuple[Succession, ...]:
        """Pairs of frameworks that are asked together: one question serves both."""
        return self._reader.standing().dual

    def former_of(self, catalog_id: str) -> Framework | None:
        """The framework that this one follows; it can be read by its id, superseded or not."""
        return self._reader.standing().former(catalog_id)

    def editions(self, catalog_id: str) -> Editions | None:
        """What became of each item since the framework that this one follows."""
        former = self.former_of(catalog_id)
        return self._reader.editions(catalog_id, former.catalog) if former else None

    def carried(self, catalog_id: str) -> dict[tuple[str, str], str]:
        """(item, unit) -> where its answer came from ("iso9001-2015:4.1 a"), until somebody confirms it."""
        return self._reader.carried(catalog_id)

    def twin_of(self, catalog_id: str, item: str) -> tuple[str, str] | None:
        """Framework and item that the same question serves, in dual mode."""
        return next((twins[0] for twins in self.twins_of(catalog_id, (item,)).values()), None)

    def twins_of(self, catalog_id: str, items: Iterable[str] | None = None) -> dict[str, tuple[tuple[str, str], ...]]:
        """Item -> its twins, of all items of a framework or of these; without dual mode there are none."""
        mirrors = self._reader.mirrors(self._reader.standing())
        if not mirrors:
            return {}
        names = self._reader.catalog(catalog_id).item if items is None else items
        return {item: found for item in names if (found := mirrors.of(catalog_id, item))}

    def left_behind(self) -> tuple[Finding, ...]:
        """Findings that rest on items of a superseded framework only; recording one on other items takes it up."""
        return self._reader.all_findings()[1]

    def passage(self, catalog: Catalog, mode: Mode = "transition") -> Passage:
        """What `succeed` would bring along, ask again and leave behind; nothing is written.

        Raises:
            UsageError, RefusedError: As `succeed` would.
        """
        from gapbench.engagement.succeeding import Succeeding  # of no use to the first frame

        return Succeeding(self._journal, self._reader).passage(catalog, mode)

    def succeed(self, catalog: Catalog, mode: Mode = "transition") -> Change:
        """Go on to a new edition of a framework, as one step.

        Args:
            catalog: The new edition; its `base` is a framework of this engagement.
            mode: "transition": in the place of the former, which stays in the file to be read;
                answers whose meaning is unchanged come along, marked until they are confirmed.
                "dual": beside the former; what is unchanged is one question, answered for both.

        Raises:
            UsageError: The edition before is not in this engagement.
            RefusedError: It is followed already, or ratings would have to be converted.
        """
        from gapbench.engagement.succeeding import Succeeding

        return Succeeding(self._journal, self._reader).succeed(catalog, mode)

    def confirm(self, catalog_id: str, cells: Iterable[tuple[str, str]]) -> Change:
        """Let answers that came along stand: takes their marks away; others are passed over."""
        return self._answering.confirm(catalog_id, cells)

    # --- answers -------------------------------------------------------------------------------

    def rate(
        self,
        catalog_id: str,
        cells: Iterable[tuple[str, str]],
        value: str,
        *,
        note: str | None = None,
        reason: str | None = None,
        title: str = "",
    ) -> Change:
        """Give one or more (item, unit) the same value; "" clears it and keeps the note."""
        return self._answering.rate(catalog_id, cells, value, note=note, reason=reason, title=title)

    def write_answers(self, rows: Iterable[AnswerRow], title: str) -> Change:
        """Write many answers as one step; the first row that is refused refuses them all."""
        return self._answering.write(rows, title)

    def refused(self, rows: Iterable[AnswerRow]) -> tuple[tuple[int, str], ...]:
        """What `write_answers` would refuse: the place of each row, from 0, and why."""
        return self._answering.refused(rows)

    def note(self, catalog_id: str, item: str, unit: str, text: str) -> Change:
        """Write the note of one answer."""
        return self._answering.change(AnswerRow(catalog_id, item, unit, note=text), "Note on")

    def reason(self, catalog_id: str, item: str, unit: str, text: str) -> Change:
        """Write why an item is not applicable, or which trigger is absent."""
        return self._answering.change(AnswerRow(catalog_id, item, unit, reason=text), "Reason on")

    def flag(self, catalog_id: str, item: str, unit: str, on: bool) -> Change:
        """Mark one answer to come back to, or take the mark away."""
        row = AnswerRow(catalog_id, item, unit, flag=on)
        return self._answering.change(row, "Flag" if on else "Unflag")

    # --- decisions and findings ----------------------------------------------------------------

    def judge(self, catalog_id: str, subject: str, value: str, reason: str) -> Change:
        """Record a decision with its reason; an empty value takes it away."""
        return self._deciding.judge(catalog_id, subject, value, reason)

    def exclude(self, catalog_id: str, area: str, unit_id: str, reason: str) -> Change:
        """Leave an area out with its reason; an empty reason brings it back."""
        return self._deciding.exclude(catalog_id, area, unit_id, reason)

    def record_finding(self, finding: Finding) -> Change:
        """Record a finding (id "" or a proposed one: a new one), or change the one of this id."""
        return self._recording.record(finding)

    def drop_finding(self, finding_id: str) -> Change:
        """Remove a finding; its number is not given again."""
        return self._recording.drop(finding_id)

    # --- plan ----------------------------------------------------------------------------------

    def plan_settings(self) -> Settings:
        """What the client said about the programme; what nobody said is as the model takes it."""
        return self._planning.settings()

    def set_plan(self, settings: Settings) -> Change:
        """Say size, begin, capacity, mandates, deadlines and holidays of the programme."""
        return self._planning.set_plan(settings)

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on work packages, by package; what nobody decided is not there."""
        return self._planning.decisions()

    def decide_package(self, decision: Decision) -> Change:
        """Decide on one work package as a whole; an empty decision leaves everything to the model again."""
        return self._planning.decide(decision)

    def actions(self) -> tuple[Action, ...]:
        """Recorded actions, in the order in which they were recorded; the plan adds those that it proposes."""
        return self._planning.actions()

    def record_action(self, action: Action) -> Change:
        """Record an action (id ""), take up one that the plan proposes ("WP04/2"), or change the one of this id.

        Without a package it lands in the one that closes what it closes, or what its finding rests on.
        """
        return self._planning.record(action)

    def drop_action(self, action_id: str) -> Change:
        """Remove a recorded action; those that wait for it wait for what it waited for."""
        return self._planning.drop(action_id)

    @cached_property
    def _planning(self) -> Planning:
        from gapbench.engagement.planning import Planning  # of no use to the first frame

        return Planning(self._file, self._journal, self._reader)

    # --- scope ---------------------------------------------------------------------------------

    def describe(self, profile: Profile) -> Change:
        """Say who the client is and what is looked at."""
        return self._scoping.describe(profile)

    def put_unit(self, unit: Unit) -> Change:
        """Add a unit (id "" or one of your own), or change the one of this id."""
        return self._scoping.put_unit(unit)

    def drop_unit(self, unit_id: str) -> Change:
        """Remove a unit with its answers and exclusions."""
        return self._scoping.drop_unit(unit_id)

    def add_framework(
        self,
        catalog: Catalog,
        views: Iterable[str] = (),
        target: int = 0,
        *,
        evaluation: bool = True,
        major_threshold: int = 3,
    ) -> Change:
        """Add a framework and keep a copy of its catalog in the file.

        Args:
            catalog: What is asked.
            views: In any case of letters; none stands for the catalog's first.
            target: Level aimed at; 0 stands for the highest.
            evaluation: A gap analysis: the risk view is shown too.
            major_threshold: Points of a leaf from which a proposed finding is major.
        """
        place = self._scoping.next_position()
        framework = Framework(catalog.id, tuple(views), target, evaluation, major_threshold, place)
        return self._scoping.add_framework(catalog, framework)

    def change_framework(self, framework: Framework) -> Change:
        """Change views, target and settings of a framework."""
        return self._scoping.change_framework(framework)

    def drop_framework(self, catalog_id: str) -> Change:
        """Remove a framework with its answers, judgements, exclusions and finding links."""
        return self._scoping.drop_framework(catalog_id)

    # --- steps ---------------------------------------------------------------------------------

    @contextmanager
    def together(self, title: str) -> Iterator[Writer]:
        """Several verbs as one step; an exception takes all of them back.

        The changes of the verbs inside name what they touched, but no step; what is given has the
        change of the whole as `.change` when the block is done.
        """
        with self._journal.step(title, rehearse=True) as step:
            yield step

    def undo(self) -> Change:
        """Take back the last step that stands."""
        return undoing.undo(self._journal)

    def redo(self) -> Change:
        """Do again what was taken back last."""
        return undoing.redo(self._journal)

    def undo_title(self) -> str:
        """Title of the step that `undo` would take back, "" when none."""
        target = undoing.to_undo(self._file)
        return target.title if target else ""

    def redo_title(self) -> str:
        """Title of the step that `redo` would do again, "" when none."""
        target = undoing.to_redo(self._file)
        return target.title if target else ""

    # --- history, soundness, hand-over ---------------------------------------------------------

    def history(self, *, catalog: str = "", item: str = "", limit: int = 0, changes: bool = False) -> tuple[Step, ...]:
        """Steps, newest first; of one framework or one of its items when named."""
        return past.history(self._file, catalog=catalog, item=item, limit=limit, changes=changes)

    def head(self) -> tuple[str, datetime | None]:
        """Id and time of the last step."""
        return past.head(self._file)

    def last_answered(self) -> tuple[str, str] | None:
        """Catalog and item of the newest step, where it touched one answer: there a session goes on."""
        return past.last_answered(self._file)

    def check(self) -> tuple[str, ...]:
        """Problems as sentences; () when the file is sound."""
        from gapbench.engagement import check  # brings SQLModel

        return check.check(self._file)

    def copy_to(self, target: str | PathLike[str]) -> None:
        """Write a copy that stands alone, to hand over."""
        opening.copy_to(self._file, Path(target))

    def tidy(self) -> None:
        """Make a copy of the file alone whole even now; for an idle moment."""
        self._file.tidy()
