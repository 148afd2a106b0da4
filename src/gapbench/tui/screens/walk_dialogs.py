"""What the walk asks: notes, reasons, findings, judgements, numbers to go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gapbench.errors import GapbenchError
from gapbench.rating.inputs import ORGANISATION
from gapbench.rating.levels import SIGNIFICANT
from gapbench.rating.models import area_noun_of, model_of, noun_of
from gapbench.tui.screens.edition_rows import words_rows
from gapbench.tui.widgets.canvas import Row, wrap
from gapbench.work.walk import Line, values_by_code

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import Value
    from gapbench.tui.screens.ask import Option
    from gapbench.tui.screens.desk_screen import DeskScreen
    from gapbench.tui.screens.walk import WalkScreen
    from gapbench.tui.screens.walk_across import WalkAcross
    from gapbench.tui.screens.walk_list import WalkList
    from gapbench.work.walk_lines import Pair

Wanted = Callable[[Line], bool]


def read(screen: DeskScreen, title: str, rows: Callable[[int], Sequence[Row]]) -> None:
    """Show something to read."""
    from gapbench.tui.screens.ask import Reading

    screen.app.push_screen(Reading(title, rows))


def note(screen: WalkScreen, catalog: str, item: str, unit: str) -> None:
    """Write the note of one item in one unit."""
    from gapbench.tui.screens.ask import AskText

    desk = screen.desk
    answer = desk.case(catalog).answers.get((item, unit))
    value = values_by_code(desk.case(catalog)).get(answer.value if answer else "")
    where = next((f" in {each.name}" for each in desk.engagement.units() if each.id == unit), "")
    weakness = value is not None and value.needs == "note"
    title = f"{'Weakness' if weakness else 'Note'} on {item}{where}"

    def keep(text: str | None) -> None:
        if text is not None:
            screen.do(lambda: desk.engagement.note(catalog, item, unit, text))

    hint = desk.case(catalog).scope.catalog.item[item].text
    screen.app.push_screen(AskText(title, hint=hint, value=answer.note if answer else ""), keep)


def note_both(screen: WalkAcross, item: Pair, other: Pair) -> None:
    """Write one note for an item and its counterpart, as one step; what either says already stands in the text."""
    from gapbench.tui.screens.ask import AskText

    walk, engagement = screen.desk.walk, screen.desk.engagement
    cells = [(catalog, name, walk.unit_of(catalog, name)) for catalog, name in (item, other)]
    known = dict.fromkeys(note for catalog, name, _ in cells if (note := walk.answer(catalog, name).note))
    both = "\n".join(known)
    named = " and ".join(f"{name}{f' in {unit.name}' if unit.id else ''}" for _, name, unit in cells)
    title = f"Note on {item[1]} and {other[1]}"

    def write(text: str) -> Change:
        with engagement.together(title) as step:
            for catalog, name, unit in cells:
                engagement.note(catalog, name, unit.id, text)
        return step.change

    def keep(text: str | None) -> None:
        screen.do(lambda: write(both if text is None else text))

    hint = "One note for both; each keeps its own rating."
    must = "esc keeps it for both (z takes it back)   enter new line"
    screen.app.push_screen(AskText(f"Note on {named}", hint=hint, value=both, must=must), keep)


def not_applicable(screen: WalkScreen, line: Line, value: Value) -> None:
    """Ask why something is out of the count, then rate it so."""
    from gapbench.tui.screens.ask import AskText

    catalog = screen.desk.case(line.catalog).scope.catalog
    hard = [item for item in line.items if catalog.item[item].na == "no"]
    warning = ""
    if value.code == "na" and hard:
        named = line.id if line.kind == "item" else f"{len(hard)} of these {noun_of(catalog).many}"
        warning = f"Auditors hardly ever accept this for {named}; the reason goes into the client's scope statement."
    old = screen.desk.walk.answer(line.catalog, line.id).reason if line.kind == "item" else ""

    def keep(text: str | None) -> None:
        reason = old if text is None else text
        if reason:
            screen.rate(line, value, reason)
        else:
            screen.say(f"{line.id} was left as it is: {value.word} needs a reason.", "bad")

    title = f"{line.id}: {value.word}. Why?"
    must = "esc keeps it; leave it empty to change nothing"
    screen.app.push_screen(AskText(title, warning=warning, value=old, must=must), keep)


def exclude(screen: WalkScreen, line: Line) -> None:
    """Take a unit out of a practice area, or bring it back; where allowed, the whole area."""
    from gapbench.tui.screens.ask import Choose

    scope = screen.desk.case(line.catalog).scope
    catalog = scope.catalog
    group = catalog.item[line.id].group if line.kind == "item" else line.id.partition("/")[0]
    area = catalog.area_of.get(group, "")
    if not area:
        screen.say(f"Stand on one of the {area_noun_of(catalog).many} to take a unit out of scope.")
        return
    options = _exclusion_options(screen, line.catalog, area)
    if not options:
        why = model_of(scope).refuse_exclusion(scope, area) if catalog.group[area].always or not scope.units else ""
        screen.say(why or f"There is no unit to take out of {area}; s (scope) adds projects and functions.")
        return

    def chosen(option: str | None) -> None:
        if option is not None:
            _ask_exclusion(screen, line.catalog, area, "" if option == "organisation" else option)

    screen.app.push_screen(Choose(f"{area}: who is in scope?", options), chosen)


def _exclusion_options(screen: WalkScreen, catalog: str, area: str) -> list[Option]:
    from gapbench.tui.screens.ask import Option

    scope = screen.desk.case(catalog).scope
    refuse = model_of(scope).refuse_exclusion
    options: list[Option] = []
    for number, unit in enumerate((unit for unit in scope.units if unit.kind != "site"), 1):
        out = scope.exclusions.get((area, unit.id), "")
        if refuse(scope, area, unit.id) is None:
            options.append(
                Option(unit.id, str(number) if number < 10 else "", unit.name, f"out: {out}" if out else "in scope")
            )
    if refuse(scope, area) is None:
        out = scope.exclusions.get((area, ORGANISATION), "")
        options.append(Option("organisation", "0", "whole organisation", f"out: {out}" if out else "in scope"))
    return options


def _ask_exclusion(screen: WalkScreen, catalog: str, area: str, unit: str) -> None:
    from gapbench.tui.screens.ask import AskText

    engagement = screen.desk.engagement
    if (area, unit) in screen.desk.case(catalog).scope.exclusions:
        screen.do(lambda: engagement.exclude(catalog, area, unit, ""))
        return

    def keep(text: str | None) -> None:
        if text:
            screen.do(lambda: engagement.exclude(catalog, area, unit, text))
        else:
            screen.say(f"{area} was left in scope: taking it out needs a written justification.", "bad")

    name = next((each.name for each in engagement.units() if each.id == unit), "the whole organisation")
    screen.app.push_screen(
        AskText(f"Why is {area} out of scope for {name}?", must="esc keeps it; leave it empty to change nothing"), keep
    )


def decide(screen: WalkScreen, line: Line) -> None:
    """Record the team's choice where the rules allow more than one value, or the impact of a practice group."""
    from gapbench.tui.screens.ask import Choose, Option

    case = screen.desk.case(line.catalog)
    old = case.judgements.get(line.id)
    if line.kind == "item":
        result = screen.desk.walk.item_result(line.catalog, line.id)
        allowed = result.allowed if result else ()
        if len(allowed) < 2:
            screen.say(f"Nothing to decide on {line.id}: the rules leave one value.")
            return
        words = values_by_code(case)
        options = [Option(code, str(number), code, words[code].word) for number, code in enumerate(allowed, 1)]
    elif problem := _refused_impact(case, line):
        screen.say(problem)
        return
    else:
        options = [Option("significant", "1", "significant", "its weaknesses together do real harm: not satisfied")]
    if old:
        options.append(Option("", "0", "none", "take the judgement back"))

    def chosen(value: str | None) -> None:
        if value == "":
            screen.do(lambda: screen.desk.engagement.judge(line.catalog, line.id, "", ""))
        elif value is not None:
            _ask_judgement(screen, line, value, old.reason if old else "")

    hint = "Would future projects keep doing this by habit? Would a good value give false confidence?"
    screen.app.push_screen(
        Choose(f"Judgement on {line.id}", options, hint=hint, chosen=old.value if old else ""), chosen
    )


def _refused_impact(case: Case, line: Line) -> str:
    """Why the weaknesses of a heading are not judged; "" where they may be."""
    catalog = case.scope.catalog
    if catalog.model == "conformity" or line.kind == "framework" or line.id == catalog.area_of.get(line.id):
        goals = catalog.model == "goals"
        return f"Stand on a practice or on a {'goal' if goals else 'level'} to record a judgement."
    try:
        return model_of(case.scope).refuse_judgement(case, line.id, SIGNIFICANT) or ""
    except GapbenchError as problem:
        return str(problem)


def _ask_judgement(screen: WalkScreen, line: Line, value: str, reason: str) -> None:
    from gapbench.tui.screens.ask import AskText

    def keep(text: str | None) -> None:
        why = reason if text is None else text
        if why:
            screen.do(lambda: screen.desk.engagement.judge(line.catalog, line.id, value, why))
        else:
            screen.say("No judgement was recorded: it needs its reason.", "bad")

    screen.app.push_screen(AskText(f"{line.id} is {value}. Why?", value=reason, must="esc keeps it"), keep)


def finding(screen: WalkScreen, line: Line) -> None:
    """Write or change the finding on a line."""
    from gapbench.tui.screens.finding import FindingForm, Verb
    from gapbench.work.findings import draft

    desk = screen.desk
    made = draft(
        desk.case(line.catalog),
        desk.readiness.results[line.catalog],
        line.items,
        desk.walk.answer(line.catalog, line.items[0]),
    )
    if made is None:
        screen.say("Stand on an item, or on a clause with something that is not met, to write a finding.")
        return

    def keep(verb: Verb | None) -> None:
        if verb:
            screen.do(verb)

    screen.app.push_screen(FindingForm(desk.engagement, made), keep)


def choose_filter(screen: WalkList, chosen: str) -> None:
    """Ask which items stay in the list."""
    from gapbench.tui.screens.ask import Choose, Option

    keys = {"findings": "i", "flagged": "l"}
    options = [
        Option(each.id, keys.get(each.id, each.word[0]), each.word, each.help) for each in screen.desk.walk.filters()
    ]
    screen.app.push_screen(Choose("Which items stay in the list?", options, chosen=chosen), screen.take_filter)


def goto(screen: WalkList) -> None:
    """Ask for a number and go there."""
    from gapbench.catalog.lookup import find_group, find_item
    from gapbench.tui.screens.ask import AskLine

    walk = screen.desk.walk

    def places(text: str) -> list[tuple[Catalog, str]]:
        hits = [(catalog, item.id) for catalog, item in find_item(screen.desk.catalogs(), text)]
        return hits or [(catalog, group.id) for catalog, group in find_group(screen.desk.catalogs(), text)]

    def place(text: str) -> tuple[str, str] | None:
        homes = (walk.home((catalog.id, found)) for catalog, found in places(text))
        return next((home for home in homes if walk.place(home) is not None and home[0] != home[1]), None)

    def refuse(text: str) -> str | None:
        if place(text):
            return None
        for catalog, found in places(text)[:1]:
            return f"{found} of {catalog.name} is not asked here: above the level aimed at, or out of scope."
        return f'There is no "{text}" in this engagement. Type a number such as 8.4.1 c or CM 2.1.'

    def go(text: str | None) -> None:
        target = place(text) if text else None
        if target:
            screen.stand_on(*target)

    screen.app.push_screen(AskLine("Go to which number?", hint="8.4.1 c   9.2   CM 2.1   PLAN", refuse=refuse), go)


def own_words(screen: WalkScreen, line: Line) -> None:
    """Read the person's own text on an item in full."""
    parts = words_rows(screen.desk, line)
    overlay = screen.desk.overlay(line.catalog)
    if not parts:
        none = "There is no text of your own here" if overlay else "You have no text of your own beside this framework"
        screen.say(overlay.problem or f"{none}; the help page says where it would lie.")
        return

    def rows(width: int) -> list[Row]:
        made: list[Row] = [[("your text, not exported", "note"), (f"   {overlay.owner}", "dim")], []]
        for label, text in parts:
            made += [[(label, "faint")], *([(part, "")] for part in wrap(text, width)), []]
        return made

    read(screen, f"Your text on {line.id}", rows)


def arithmetic(screen: DeskScreen, catalog: str, subject: str) -> None:
    """Show what stands behind a figure, down to the answers."""
    from gapbench.rating.explain import explain

    case = screen.desk.case(catalog)
    lines = explain(case, screen.desk.readiness.results[catalog], subject)
    title = f"Arithmetic of {subject or case.scope.catalog.name}"
    read(screen, title, lambda width: [[(part, "")] for line in lines for part in (wrap(line, width) or [""])])


__all__ = [
    "arithmetic",
    "choose_filter",
    "decide",
    "exclude",
    "finding",
    "goto",
    "not_applicable",
    "note",
    "note_both",
    "own_words",
    "read",
]
