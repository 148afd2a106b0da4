"""What the card says of a theme and of an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.wording import plural
from gapbench.tui.widgets.canvas import Row, wrap
from gapbench.tui.widgets.card import Heading
from gapbench.work.themes import NO_PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapbench.tui.desk import Desk
    from gapbench.work.themes import Interview, Theme
    from gapbench.work.walk import Line
    from gapbench.work.walk_lines import Pair

WORDS = {"structure": "by structure", "theme": "by theme", "interview": "by interview"}


def mixed_heading(desk: Desk, line: Line) -> Heading:
    """The card of a theme or of an interview."""
    words = "enter folds it, = shows how questions are counted; what stands below is rated one by one"
    keys: list[Row] = [[], [(words, "dim")]]
    if line.kind == "interview":
        interview = next(each for each in desk.walk.themes.interviews if each.name == line.id)
        return Heading(interview.name, (*_interview_rows(desk, line, interview), *keys))
    theme = next(each for each in desk.walk.themes.themes if each.id == line.id)
    return Heading(f"{line.label} {line.title}".strip(), (*_theme_rows(desk, line, theme), *keys))


def _theme_rows(desk: Desk, line: Line, theme: Theme) -> Iterator[Row]:
    if theme.id == NO_PACKAGE:
        yield [("What no package of the integrated programme closes; asked as in the walk by structure.", "dim")]
    else:
        yield [(theme.ask, "question")]
    yield []
    yield from _open_rows(desk, line)
    yield []
    themes = desk.walk.themes
    here, all_ = themes.questions(theme), themes.questions()
    yield [("this theme  ", "faint"), (here.said, "strong")]
    yield [("all themes  ", "faint"), (all_.said, "")]
    if theme.evidence:
        yield []
        yield [("evidence    ", "faint"), (theme.evidence, "")]


def _open_rows(desk: Desk, line: Line) -> Iterator[Row]:
    """How far each framework is below the heading, in the units in hand."""
    below: dict[str, list[str]] = {}
    for catalog, item in line.below:
        below.setdefault(catalog, []).append(item)
    for catalog, items in below.items():
        rated = sum(desk.walk.is_rated(catalog, item) for item in items)
        name = desk.case(catalog).scope.catalog.name
        yield [(f"{name}  ", "dim"), (f"{rated} of {len(items)} rated", "")]


def _interview_rows(desk: Desk, line: Line, interview: Interview) -> Iterator[Row]:
    if interview.roles:
        yield [("who   ", "faint"), (", ".join(interview.roles), "")]
        yield []
    open_ = desk.walk.open_below(line)
    yield [(f"{plural(open_, 'open item')}", "strong"), (f" of {len(interview.items)} that stand here", "")]
    yield from _open_rows(desk, line)
    if interview.also:
        yield []
        count = sum(map(len, interview.also.values()))
        yield [(f"Can answer {count} more, which stand where somebody else is named first:", "dim")]
        for where, items in sorted(interview.also.items(), key=lambda each: -len(each[1])):
            yield [(f"  {where}  ", "strong"), (_numbers(items), "dim")]


def _numbers(items: Sequence[Pair]) -> str:
    return ", ".join(item for _, item in items)


def saved_rows(desk: Desk, line: Line, width: int) -> list[Row]:
    """The arithmetic of the questions that the walk by theme saves: of the theme in hand, else theme by theme."""
    themes = desk.walk.themes
    here = [theme for theme in themes.themes if theme.id == line.id] or themes.themes
    words = (
        "Where points of a clause and practices stand together the longer side is asked, and the answers of the "
        "shorter one come with it: one question serves at most one item of each framework. A practice stands with the "
        "clause of its own package that it has the strongest pair with, strong or partial. A question that serves two "
        "editions is asked once. Counted are items, not the answers of each unit."
    )
    rows: list[Row] = [*([(part, "dim")] for part in wrap(words, width)), []]
    for theme in here:
        name = f"{theme.id} {theme.name}".strip()
        rows += [[(part, "strong")] for part in wrap(f"{name}: {themes.questions(theme).said}", width)]
        for group in theme.groups:
            if group.shared:
                practices = ", ".join(item for _, item in group.practices)
                said = f"  {group.clause[1]}: {plural(len(group.points), 'point')} with {practices}"
                rows += [[(part, "")] for part in wrap(said, width)]
    return [*rows, [], [(f"all: {themes.questions().said}", "strong")]]
