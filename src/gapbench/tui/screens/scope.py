"""Scope: who the client is, what is in and out, which frameworks and targets, which units are sampled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from gapbench.catalog.known import list_known, load_known
from gapbench.errors import GapbenchError
from gapbench.rating import levels
from gapbench.rating.inputs import Unit
from gapbench.rating.wording import plural
from gapbench.tui.keys import SCOPE, bindings
from gapbench.tui.screens.ask import AskLine, AskText, Choose, Option
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.screens.frameworks import KINDS, UNIT_KINDS, ask_view, kinds_for, options_of
from gapbench.tui.widgets.canvas import Row, fit, justified
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import Binding
    from textual.widget import Widget

    from gapbench.engagement.values import Change, Framework, Profile

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("client", "client", "The name on the cover of the workbook."),
    ("title", "engagement", "What this is called, for example: Gap analysis 2026."),
    ("sites", "sites", "Where the client works and where you went."),
    ("in_scope", "in scope", "Products, services, processes that are looked at."),
    ("out_of_scope", "out of scope", "What is not looked at, and why."),
    ("dates", "dates", "When the session takes place."),
    ("team", "team", "Who asks."),
    ("sponsor", "sponsor", "Who asked for it on the client's side."),
    ("classification", "classification", "Printed on every page of the workbook."),
    ("sampling", "sampling", "How the sample was drawn; goes into the sampling statement."),
)


_NUMBERS = frozenset(map(str, range(1, 100)))


@dataclass(frozen=True)
class Entry:
    """One line: a heading, a field, a framework or a unit."""

    word: str
    value: str = ""
    edit: Callable[[], None] | None = None
    drop: Callable[[], None] | None = None
    catalog: str = ""


class ScopeScreen(DeskScreen):
    """All that an engagement is about, one line each."""

    NAME = SCOPE
    BINDINGS: ClassVar[list[Binding]] = bindings(SCOPE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Outline(self._row, id="scope")

    @property
    def _outline(self) -> Outline:
        return self.query_one(Outline)

    def took(self, change: Change | None) -> None:
        """Make the list again; the cursor stays on its line."""
        cursor = self._outline.cursor if self._entries else 1
        self._entries = [*self._fields(), *self._frameworks(), *self._units()]
        self._outline.show(len(self._entries), self._nearest(cursor))
        self._outline.focus()

    def _nearest(self, cursor: int) -> int:
        """The line that can be changed nearest to where the cursor was."""
        lines = [index for index, entry in enumerate(self._entries) if entry.edit]
        return min(lines, key=lambda index: abs(index - cursor))

    def _row(self, index: int, width: int) -> Row:
        entry = self._entries[index]
        if entry.edit is None:
            return [(entry.word, "title" if entry.word and not entry.value else "dim"), (f"  {entry.value}", "dim")]
        value = entry.value or "not said yet"
        return justified(
            [(f"  {entry.word:<18}", "dim"), (fit(value, width - 22), "" if entry.value else "faint")], [], width
        )

    # -- the client ----------------------------------------------------------------------------------------------

    def _fields(self) -> list[Entry]:
        profile = self.desk.engagement.profile()
        return [Entry("Client"), *(self._field(profile, *field) for field in FIELDS)]

    def _field(self, profile: Profile, name: str, word: str, hint: str) -> Entry:
        value = str(getattr(profile, name))

        def keep(text: str | None) -> None:
            if text is not None:
                self.do(lambda: self.desk.engagement.describe(replace(profile, **{name: text})))

        def edit() -> None:
            self.app.push_screen(AskText(word.capitalize(), hint=hint, value=value), keep)

        return Entry(word, " / ".join(value.splitlines()), edit)

    # -- frameworks ----------------------------------------------------------------------------------------------

    def _frameworks(self) -> list[Entry]:
        entries = [Entry(""), Entry("Frameworks", "a adds one, N goes on to a newer edition")]
        return entries + [self._framework(framework) for framework in self.desk.engagement.frameworks()]

    def _framework(self, framework: Framework) -> Entry:
        catalog = self.desk.engagement.catalog(framework.catalog)
        words = [catalog.name]
        if framework.views:
            words.append(f"view {'+'.join(framework.views)}")
        if framework.target:
            scheme = levels.scheme_of(self.desk.case(framework.catalog).scope)
            words.append(f"target {'maturity' if scheme == 'staged' else 'capability'} level {framework.target}")
        former, newer = self.desk.former_year(catalog.id), self.desk.newer_of(catalog.id)
        if newer is not None:
            words.append(f"asked together with {newer.new.name}")
        elif former:
            words.append(f"after {former}")
        if catalog.model == "conformity":
            words.append(f"major proposed from {framework.major_threshold} points")

        def drop() -> None:
            self._confirm(
                f"Take {catalog.name} out, with its answers?", lambda: self.desk.engagement.drop_framework(catalog.id)
            )

        edit = lambda: self._edit_framework(framework)  # noqa: E731
        return Entry(catalog.family, ", ".join(words), edit, drop, catalog.id)

    def _edit_framework(self, framework: Framework) -> None:
        catalog = self.desk.engagement.catalog(framework.catalog)
        if catalog.views:
            self.run_worker(self._change_view(framework), exclusive=True)
            return

        def keep(text: str | None) -> None:
            if text:
                self.do(lambda: self.desk.engagement.change_framework(replace(framework, major_threshold=int(text))))

        hint = "Of so many points of one clause not conforming. Our setting, not a rule of the audit."
        refuse = lambda text: None if text.strip() in _NUMBERS else "Type a number from 1 to 99."  # noqa: E731
        self.app.push_screen(
            AskLine(
                "From how many points is it major?", hint=hint, value=str(framework.major_threshold), refuse=refuse
            ),
            keep,
        )

    async def _change_view(self, framework: Framework) -> None:
        chosen = await ask_view(self.bench, self.desk.engagement.catalog(framework.catalog))
        if chosen:
            _, views, target = chosen
            self.do(lambda: self.desk.engagement.change_framework(replace(framework, views=views, target=target)))

    def action_new_framework(self) -> None:
        """Add a framework."""
        self.run_worker(self._add_framework(), exclusive=True)

    async def _add_framework(self) -> None:
        there = {framework.catalog for framework in self.desk.engagement.frameworks()}
        lines = [line for line in list_known() if line.id not in there]
        if not lines:
            self.say("Every framework that gapbench knows is in this engagement.")
            return
        catalog_id = await self.app.push_screen_wait(Choose("Which framework?", options_of(lines)))
        try:
            chosen = await ask_view(self.bench, load_known(catalog_id)) if catalog_id else None
        except GapbenchError as problem:  # one's own, that was changed since it was listed
            self.say(str(problem), "bad")
            return
        if chosen:
            self.do(lambda: self.desk.engagement.add_framework(*chosen))

    def framework_in_hand(self) -> str:
        """The framework under the cursor; the one of the walk where it stands on none."""
        entry = self._entries[self._outline.cursor] if self._entries else None
        return entry.catalog if entry and entry.catalog else super().framework_in_hand()

    # -- units ---------------------------------------------------------------------------------------------------

    def _units(self) -> list[Entry]:
        entries = [Entry(""), Entry("Units", "n adds a project, support function or site")]
        return entries + [self._unit(unit) for unit in self.desk.engagement.units()]

    def _unit(self, unit: Unit) -> Entry:
        def drop() -> None:
            rated = sum(of == unit.id for case in self.desk.readiness.cases.values() for _, of in case.answers)
            question = f"Take {unit.name} out, with its {plural(rated, 'answer')}?"
            self._confirm(question, lambda: self.desk.engagement.drop_unit(unit.id))

        kind = next(option.word for option in KINDS if option.id == unit.kind)
        return Entry(kind, unit.name, lambda: self._ask_unit(unit), drop)

    def action_new_unit(self) -> None:
        """Add a unit."""
        self._ask_unit(Unit("", "", "project"))

    def _ask_unit(self, unit: Unit) -> None:
        def named(name: str | None) -> None:
            if name:
                kinds = KINDS if unit.id else kinds_for(self.desk.catalogs())
                self.app.push_screen(Choose(f"What is {name}?", kinds, chosen=unit.kind), lambda kind: keep(name, kind))

        def keep(name: str, kind: str | None) -> None:
            if kind is not None:
                known = next(each for each in UNIT_KINDS if each == kind)
                self.do(lambda: self.desk.engagement.put_unit(replace(unit, name=name, kind=known)))

        refuse = lambda text: None if text.strip() else "Type a name; esc leaves."  # noqa: E731
        self.app.push_screen(
            AskLine("Name of the unit", hint="A project, support function or site.", value=unit.name, refuse=refuse),
            named,
        )

    # -- keys ----------------------------------------------------------------------------------------------------

    def _confirm(self, question: str, verb: Callable[[], Change]) -> None:
        options = [Option("no", "n", "keep it"), Option("yes", "y", "take it out", "z takes that back")]

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.do(verb)

        self.app.push_screen(Choose(question, options), answered)

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines."""
        self._outline.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self._outline.page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last line."""
        self._outline.move_to(0 if side < 0 else len(self._entries) - 1)

    def action_enter(self) -> None:
        """Change the line under the cursor."""
        entry = self._entries[self._outline.cursor]
        if entry.edit:
            entry.edit()

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click changes it too."""
        self.action_enter()

    def action_drop(self) -> None:
        """Take the unit or framework under the cursor out."""
        entry = self._entries[self._outline.cursor]
        if entry.drop:
            entry.drop()
        else:
            self.say("Only a framework or a unit can be taken out.")
