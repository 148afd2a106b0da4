"""Worked examples: fictitious clients' half-finished gap sessions, written through the door.

Below `examples/` lies one folder per example: `engagement.toml` says who, what and which findings;
the CSV files beside it hold the answers, one file per sitting, in the format of `answers import`.
Its table `advice` is not written to the file: the case as the advisor hears it, and the path that
has to come out.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from importlib.resources.abc import Traversable

    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import AnswerRow

DEFAULT = "defence-software"

EXAMPLES: Mapping[str, str] = {
    DEFAULT: (
        "Skellgarth Mission Software (fictitious), 300 people: "
        "ISO 9001:2015 and CMMI 2.0 DEV level 3, the first of two gap days done"
    ),
    "aerospace-components": (
        "Ossbeck Flight Components (fictitious), 212 people: "
        "AS9100D, CMMI 2.0 DEV level 2 for test-stand software, noon of day two"
    ),
    "commercial-software": (
        "Pellicote Software (fictitious), 40 people: a first certificate straight to ISO 9001:2026, three sittings left"
    ),
    "it-services-federal": (
        "Tessamore Federal Services (fictitious), 120 people: "
        "ISO 9001:2015 and CMMI 3.0 SVC level 2, two projects and a service desk"
    ),
    "start-up": (
        "Dabbrook Sensing (fictitious), 12 people: "
        "ISO 9001:2015 kept light, the first gap day, most of it still to be built"
    ),
}
"""Name -> one line about it."""


def write_example(path: str | Path, name: str = DEFAULT, *, clock: Callable[[], datetime] | None = None) -> None:
    """Write a worked example as a new engagement file.

    Args:
        path: Where; nothing may be there yet.
        name: One of `EXAMPLES`.
        clock: What time it is, for every step; the time of day when None.

    Raises:
        UsageError: There is no example of that name; the sentence names those that exist.
        FileError: The file cannot be created; what was there is left as it was.
    """
    _Writer(_read(name)).write(Path(path), clock)


@dataclass(frozen=True)
class _Script:
    """An example as it lies in its folder."""

    folder: Traversable
    facts: Mapping[str, Any]


def _read(name: str) -> _Script:
    if name not in EXAMPLES:
        raise UsageError(f"There is no example {name[:80]!r}; choose one of {', '.join(EXAMPLES)}.")
    import tomllib
    from importlib.resources import files

    folder = files("gapbench.work") / "examples" / name
    text = (folder / "engagement.toml").read_text(encoding="utf-8")
    return _Script(folder, tomllib.loads(text))


class _Writer:
    def __init__(self, script: _Script) -> None:
        self._script = script
        self._facts = script.facts
        self._unit_ids = {unit["name"]: unit["id"] for unit in self._facts["units"]} | {"": ""}

    def write(self, path: Path, clock: Callable[[], datetime] | None) -> None:
        from gapbench.engagement.engagement import Engagement
        from gapbench.engagement.values import Profile

        profile = Profile(**self._facts["profile"])
        made = Engagement.create(path, profile, author=self._facts["author"], clock=clock)
        with _whole_or_nothing(path), made as engagement:
            self._set_up(engagement)
            self._sittings(engagement, after_findings=False)
            self._findings(engagement)
            self._sittings(engagement, after_findings=True)
            self._judgements(engagement)
            self._flags(engagement)

    def _set_up(self, engagement: Engagement) -> None:
        from gapbench.catalog.shipped import load_shipped
        from gapbench.rating.inputs import Unit

        with engagement.together("Set up: frameworks and units"):
            for entry in self._facts["frameworks"]:
                settings = {key: entry[key] for key in ("views", "target") if key in entry}
                engagement.add_framework(load_shipped(entry["catalog"]), **settings)
            for entry in self._facts["units"]:
                engagement.put_unit(Unit(**entry))
            for entry in self._facts.get("exclusions", ()):
                unit = self._unit_ids[entry.get("unit", "")]
                engagement.exclude(entry["catalog"], entry["area"], unit, entry["reason"])

    def _sittings(self, engagement: Engagement, *, after_findings: bool) -> None:
        for sitting in self._facts["sittings"]:
            if sitting.get("after_findings", False) is after_findings:
                engagement.write_answers(self._answers(sitting["file"]), sitting["title"])

    def _answers(self, file: str) -> Iterator[AnswerRow]:
        """Rows of one sitting; an empty field leaves what an earlier sitting said."""
        import csv

        from gapbench.engagement.values import AnswerRow

        text = (self._script.folder / file).read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines(keepends=True)):
            yield AnswerRow(
                catalog=row["catalog"],
                item=row["item"],
                unit=self._unit_ids[row["unit"]],
                value=row["rating"] or None,
                note=row["note"] or None,
                reason=row["reason"] or None,
            )

    def _findings(self, engagement: Engagement) -> None:
        from gapbench.rating.inputs import Finding

        closed = set()
        with engagement.together(self._facts.get("findings_title", "Findings of day one")):
            for entry in self._facts["findings"]:
                fields = {key: entry[key] for key in entry if key not in ("items", "closed")}
                items = tuple(_item(text) for text in entry["items"])
                engagement.record_finding(Finding(number=0, items=items, **fields))
                if entry.get("closed"):
                    closed.add(entry["id"])
        for finding in engagement.findings():
            if finding.id in closed:
                with engagement.together(f"Close {finding.label}, verified on the spot"):
                    engagement.record_finding(replace(finding, status="closed"))

    def _judgements(self, engagement: Engagement) -> None:
        for entry in self._facts.get("judgements", ()):
            engagement.judge(entry["catalog"], entry["subject"], entry["value"], entry["reason"])

    def _flags(self, engagement: Engagement) -> None:
        with engagement.together(self._facts.get("flags_title", "Flag what to come back to on day two")):
            for entry in self._facts["flags"]:
                unit = self._unit_ids[entry.get("unit", "")]
                for item in entry["items"]:
                    engagement.flag(entry["catalog"], item, unit, on=True)


def _item(text: str) -> tuple[str, str]:
    """Catalog and item from "iso9001-2015:8.3.6 c"."""
    catalog, _, item = text.partition(":")
    return catalog, item


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[None]:
    """Take the new file away again when it could not be finished."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
