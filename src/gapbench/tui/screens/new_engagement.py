"""A new engagement, one question after the other; nothing is written before the last one is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapbench.catalog.known import list_known, load_known
from gapbench.engagement.values import Profile
from gapbench.errors import GapbenchError
from gapbench.rating.inputs import Unit
from gapbench.tui.desk import Desk
from gapbench.tui.screens.ask import NO_PATH, AskLine, Choose, path_of
from gapbench.tui.screens.frameworks import UNIT_KINDS, ask_view, kinds_for, options_of
from gapbench.tui.screens.pick import Pick
from gapbench.work.shelf import SUFFIX, free_name
from gapbench.work.starting import start

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.tui.app import GapbenchApp
    from gapbench.tui.screens.frameworks import Chosen


@dataclass
class Draft:
    """What has been answered so far; esc goes one step back and loses nothing of it."""

    folder: Path
    client: str = ""
    catalogs: tuple[str, ...] = ()
    frameworks: list[Chosen] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    path: str = ""
    problem: str = ""


async def guide(app: GapbenchApp, folder: Path) -> None:
    """Ask everything, write the file, open it."""
    draft = Draft(folder)
    steps = (_ask_client, _ask_frameworks, _ask_units, _ask_place)
    step, engagement = 0, None
    while engagement is None:
        while 0 <= step < len(steps):
            step += 1 if await steps[step](app, draft) else -1
        if step < 0:
            app.say("Nothing was started.")
            return
        try:
            path = _whole_name(draft.path) or folder
            engagement = start(path, Profile(client=draft.client), draft.frameworks, draft.units, app.author)
        except GapbenchError as problem:
            draft.problem, step = str(problem), len(steps) - 1
    app.take_desk(Desk(engagement))
    app.show("scope")
    app.say("Started. enter fills in a line; w begins the walk.", "good")


async def _ask_client(app: GapbenchApp, draft: Draft) -> bool:
    client = await app.push_screen_wait(
        AskLine(
            "1 of 4   Who is the client?",
            hint="The name on the cover of the workbook.",
            value=draft.client,
            refuse=_need_name,
            keys="enter goes on   esc leaves",
        )
    )
    draft.client = client or draft.client
    return bool(client)


def _need_name(text: str) -> str | None:
    return None if text.strip() else "Type the client's name; esc leaves."


async def _ask_frameworks(app: GapbenchApp, draft: Draft) -> bool:
    pick = Pick("2 of 4   Which frameworks?", options_of(list_known()), least=1, chosen=draft.catalogs)
    chosen = await app.push_screen_wait(pick)
    if chosen is None:
        return False
    draft.catalogs = chosen
    draft.frameworks = []
    for catalog_id in chosen:
        try:
            framework = await ask_view(app, load_known(catalog_id))
        except GapbenchError as problem:  # one's own, that was changed since it was listed
            app.say(str(problem), "bad")
            framework = None
        if framework is None:
            return await _ask_frameworks(app, draft)
        draft.frameworks.append(framework)
    return True


async def _ask_units(app: GapbenchApp, draft: Draft) -> bool:
    """One unit after the other until the line stays empty."""
    kinds = kinds_for(catalog for catalog, _, _ in draft.frameworks)

    def refuse(text: str) -> str | None:
        names = [*(unit.name for unit in draft.units), *_names(text)]
        known = [name.casefold() for name in names]
        twice = next((name for number, name in enumerate(names) if name.casefold() in known[:number]), None)
        return f"{twice} is in the list already; type another name." if twice else None

    while True:
        so_far = (
            ", ".join(f"{unit.name} ({unit.kind})" for unit in draft.units) or "none, the organisation answers as one"
        )
        name = await app.push_screen_wait(
            AskLine(
                "3 of 4   Which units are sampled?",
                hint=f"A project, support function or site; several at once with commas. So far: {so_far}.",
                refuse=refuse,
                keys="enter adds it; on an empty line it goes on   esc goes back",
            )
        )
        if not name:
            return name is not None
        kind = await app.push_screen_wait(Choose(f"What is {name}?", kinds))
        draft.units += [Unit("", each, known) for each in _names(name) for known in UNIT_KINDS if known == kind]


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",") if name.strip()]


async def _ask_place(app: GapbenchApp, draft: Draft) -> bool:
    path = await app.push_screen_wait(
        AskLine(
            "4 of 4   Where is it kept?",
            hint=draft.problem or "One file per client; copy it, mail it, back it up.",
            value=draft.path or str(free_name(draft.folder, draft.client)),
            refuse=_refuse_path,
            keys="enter starts it   esc goes back",
        )
    )
    draft.path = path or draft.path
    return bool(path)


def _whole_name(text: str) -> Path | None:
    """The path that is meant; the ending may be left out."""
    path = path_of(text)
    return path.with_name(path.name + SUFFIX) if path is not None and path.name and not path.suffix else path


def _refuse_path(text: str) -> str | None:
    path = _whole_name(text)
    if path is None:
        return NO_PATH
    if path.suffix != SUFFIX:
        return f"Let the name end in {SUFFIX}, or leave the ending out."
    try:
        if path.exists():
            return "There is a file of that name already; type another name."
        return None if path.parent.is_dir() else f"There is no folder {path.parent}; type another one."
    except OSError:
        return NO_PATH
