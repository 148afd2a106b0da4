"""Engagements of every kind for the screens: goals, process attributes, one gone on, one with both editions."""

import shutil
from collections.abc import Callable
from pathlib import Path

from gapbench.catalog.known import load_known
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Mode, Profile
from gapbench.rating.inputs import Unit
from gapbench.rating.models import model_of
from tests.tui.screen import NEWER, ticking

V13, SPICE, KPA = "cmmi-dev-1.3", "aspice-4.0", "sw-cmm-1.1"

Said = Callable[[int], str]
"""Number of an item -> its value, "" for none."""


def goals(path: Path) -> Path:
    """CMMI-DEV 1.3 over two projects and a function: some weaknesses, some not asked yet."""

    def said(number: int) -> str:
        return "" if number > 60 else {11: "PI", 30: "NI", 5: "LI", 40: "NY"}.get(number, "FI")

    units = [
        Unit("falcon", "Falcon", "project"),
        Unit("heron", "Heron", "project"),
        Unit("school", "School", "function"),
    ]
    return _made(path, V13, ("STAGED",), 3, units, said)


def profile(path: Path) -> Path:
    """CMMI-DEV 1.3 as a capability profile, asked of the organisation."""
    return _made(path, V13, ("CONTINUOUS",), 2, [], lambda number: "FI" if number < 30 else "")


def spice(path: Path) -> Path:
    """Automotive SPICE over two projects, with refinements."""
    values = ("F", "F", "L", "P", "")
    return _made(
        path,
        SPICE,
        ("SOFTWARE", "SYSTEM"),
        3,
        [Unit("falcon", "Falcon", "project"), Unit("heron", "Heron", "project")],
        lambda number: "" if number > 50 else {12: "L+", 18: "P-"}.get(number, values[number % 5]),
    )


def kpa(path: Path) -> Path:
    """SW-CMM: goals answered once, one of them partly."""
    return _made(
        path, KPA, ("STAGED",), 3, [], lambda number: "" if number > 20 else "partly" if number == 8 else "yes"
    )


def _made(path: Path, catalog: str, views: tuple[str, ...], target: int, units: list[Unit], said: Said) -> Path:
    profile = Profile("Northwind Avionics", title="Gap analysis", sites="Bergen")
    with Engagement.create(path, profile, author="E. Gray", clock=ticking()) as made:
        with made.together("Set the scope"):
            made.add_framework(load_known(catalog), views, target)
            for unit in units:
                made.put_unit(unit)
        scope = made.scope(catalog)
        rules = model_of(scope)
        rows = [
            AnswerRow(catalog, item.id, unit.id, said(number), note="Two of three projects do it otherwise.")
            for number, item in enumerate(rules.in_scope(scope))
            for unit in rules.units_for(scope, item)
            if said(number)
        ]
        made.write_answers(rows, "First interviews")
    return path


def gone_on(example: Path, path: Path, mode: Mode = "transition") -> Path:
    """The worked example, with its ISO 9001 gone on to 2026, or both asked together."""
    shutil.copy(example, path)
    with Engagement.open(path, author="E. Gray", clock=ticking()) as engagement:
        engagement.succeed(load_known(NEWER), mode)
    return path


def overlay(catalog: str, text: str, home: Path) -> Path:
    """A text of one's own beside the catalogs, where the program looks for it."""
    from gapbench.catalog.overlay import overlay_path

    place = Path(overlay_path(catalog))
    assert home in place.parents, "the home of the test, not of the developer"
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    return place
