"""A new engagement, one question after the other; nothing is written before the last one is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.model import Catalog, spoken_name
from gapbench.catalog.shipped import CatalogLine, list_shipped, load_shipped
from gapbench.engagement.values import Profile
from gapbench.errors import GapbenchError, UsageError
from gapbench.tui.desk import Desk
from gapbench.tui.screens.ask import NO_PATH, AskLine, AskText, Choose, Option, path_of
from gapbench.tui.screens.pick import Pick
from gapbench.work.shelf import SUFFIX, free_name
from gapbench.work.starting import parse_unit, start

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.rating.inputs import Unit
    from gapbench.tui.app import GapbenchApp

Chosen = tuple[Catalog, tuple[str, ...], int]

_LEVELS = {2: "managed", 3: "defined", 4: "quantitatively managed", 5: "optimizing", 1: "initial"}
_UNITS_HINT = (
    "One per line: a name, then its kind if it is no project. CMMI asks projects and support functions, "
    "ISO asks sites. Leave it empty to ask the organisation as a whole."
)


async def guide(app: GapbenchApp, folder: Path) -> None:
    """Ask everything, write the file, open it."""
    client = await app.push_screen_wait(
        AskLine("1 of 4   Who is the client?", hint="The name on the cover of the workbook.", refuse=_need_name)
    )
    if not client:
        app.say("Nothing was started.")
        return
    frameworks = await _ask_frameworks(app)
    if frameworks is None:
        app.say("Nothing was started.")
        return
    units = await _ask_units(app)
    path = await app.push_screen_wait(
        AskLine(
            "4 of 4   Where is it kept?",
            hint="One file per client; copy it, mail it, back it up.",
            value=str(free_name(folder, client)),
            refuse=_refuse_path,
        )
    )
    if not path:
        app.say("Nothing was started.")
        return
    try:
        engagement = start(path_of(path) or folder, Profile(client=client), frameworks, units, app.author)
    except GapbenchError as problem:
        app.say(str(problem), "bad")
        return
    app.take_desk(Desk(engagement))
    app.show("scope")
    app.say("Started. enter fills in a line; w begins the walk.", "good")


def _need_name(text: str) -> str | None:
    return None if text.strip() else "Type the client's name; esc leaves."


def _refuse_path(text: str) -> str | None:
    path = path_of(text)
    if path is None:
        return NO_PATH
    if path.suffix != SUFFIX:
        return f"Let the name end in {SUFFIX}."
    try:
        if path.exists():
            return "There is a file of that name already; type another name."
        return None if path.parent.is_dir() else f"There is no folder {path.parent}; type another one."
    except OSError:
        return NO_PATH


async def _ask_frameworks(app: GapbenchApp) -> list[Chosen] | None:
    lines = list_shipped()
    options = [_option(number, line) for number, line in enumerate(lines, 1)]
    chosen = await app.push_screen_wait(Pick("2 of 4   Which frameworks?", options, least=1))
    if chosen is None:
        return None
    frameworks: list[Chosen] = []
    for catalog_id in chosen:
        framework = await ask_view(app, load_shipped(catalog_id))
        if framework is None:
            return None
        frameworks.append(framework)
    return frameworks


def _option(number: int, line: CatalogLine) -> Option:
    unit = "points" if line.model == "conformity" else "practices"
    return Option(line.id, str(number), spoken_name(line.title, line.edition), f"{line.items} {unit}")


async def ask_view(app: GapbenchApp, catalog: Catalog) -> Chosen | None:
    """Views and target of a framework; asked only where it has any."""
    views: tuple[str, ...] = ()
    if catalog.views:
        options = [
            Option(view.id, str(number), view.title, f"{len(view.areas)} practice areas")
            for number, view in enumerate(catalog.views, 1)
        ]
        if catalog.combine:
            picked = await app.push_screen_wait(
                Pick(
                    f"{catalog.name}: which domains? They can be combined.",
                    options,
                    least=1,
                    chosen=(catalog.views[0].id,),
                )
            )
        else:
            one = await app.push_screen_wait(Choose(f"{catalog.name}: which view?", options))
            picked = (one,) if one else None
        if picked is None:
            return None
        views = picked
    if not catalog.levels:
        return catalog, views, 0
    levels = [
        Option(str(level), str(level), f"Maturity level {level}", _LEVELS.get(level, ""))
        for level in range(1, catalog.levels + 1)
    ]
    target = await app.push_screen_wait(Choose(f"{catalog.name}: which level is aimed at?", levels, chosen="3"))
    return (catalog, views, int(target)) if target else None


async def _ask_units(app: GapbenchApp) -> list[Unit]:
    text, warning = "", ""
    while True:
        given = await app.push_screen_wait(
            AskText(
                "3 of 4   Which projects, support functions and sites?",
                hint=_UNITS_HINT,
                value=text,
                warning=warning,
                must="esc goes on; for example: Falcon / Process Group function / Plant North site",
            )
        )
        text = text if given is None else given
        try:
            return _units_of(text)
        except GapbenchError as problem:
            warning = str(problem)


def _units_of(text: str) -> list[Unit]:
    units = [parse_unit(_with_colon(line)) for line in text.splitlines() if line.strip()]
    names = [unit.name.casefold() for unit in units]
    for unit in units:
        if names.count(unit.name.casefold()) > 1:
            raise UsageError(f"There are two units called {unit.name}; give each a name of its own.")
    return units


def _with_colon(line: str) -> str:
    """A line such as "Process Group function" as the command line writes it: "Process Group:function"."""
    name, _, kind = line.strip().rpartition(" ")
    named = name and kind.lower() in {"project", "function", "site"}
    return f"{name.rstrip(' :')}:{kind.lower()}" if named else line.strip()
