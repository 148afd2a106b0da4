"""What the sheets share while one workbook is written: values, names, addresses, checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapbench.errors import ExportError
from gapbench.excel.strings import Cleaner
from gapbench.rating.results import ConformityResult, LevelResult, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gapbench.excel.style import Styles
    from gapbench.planning.values import Reference, Track
    from gapbench.work.deliverable import Assessed, Deliverable
    from gapbench.work.planning import Plan

FORMAT = "gapbench-workbook/1"
"""Written into the file, so that a later reader knows what it holds."""

COVER = "Cover"
SUMMARY = "Management summary"
ISO = "Readiness ISO"
CMMI = "Readiness CMMI"
GOALS = "Readiness goals"
PROCESSES = "Readiness processes"
BRIDGE = "Edition bridge"
ASSESSMENT = "Assessment"
FINDINGS = "Findings"
PLAN = "Action plan"
ROADMAP = "Roadmap"
WHAT_IF = "What-if"
CROSSWALK = "Crosswalk"
AUDITS = "Audit programme"
REVIEW = "Management review"
OUT = "Not applicable"
METHOD = "Method and legend"
CHECK = "Self-check"
METADATA = "Metadata"

LEVEL_SHEETS = {"practice_groups": CMMI, "goals": GOALS, "process_attributes": PROCESSES}
"""Rating model -> the sheet that says what levels its frameworks reach."""

CAVEAT = (
    "Indicative: only an accredited certification body certifies, only a benchmark appraisal "
    "by a certified lead appraiser rates."
)

Cell = str | int | float


class ExportStoppedError(ExportError):
    """The person stopped the export; nothing was written."""


@dataclass(frozen=True)
class ConformityCells:
    """Where the figures of one conformity framework stand, as references from any sheet.

    Attributes:
        rows: Clause id -> row (from 0) on the readiness sheet.
        proposed: Leaf id -> the cell that says which class of finding the rules propose.
    """

    headline: str
    percent: str
    coverage: str
    majors: str
    minors: str
    rows: Mapping[str, int]
    proposed: Mapping[str, str]


@dataclass(frozen=True)
class LevelCells:
    """Where the figures of one framework with levels stand.

    Attributes:
        sheet: The sheet they stand on.
        table: Name of its table of practices, goals or process attributes.
        rows: Area id -> row (from 0) of the grid; `reached` the column with the level of an area.
    """

    sheet: str
    headline: str
    level: str
    coverage: str
    blocking: str
    table: str
    rows: Mapping[str, int]
    reached: int


@dataclass(frozen=True, slots=True)
class Values:
    """Where the value of an item over all its units stands.

    Attributes:
        keys, values: Columns of a table: item keys, and the value beside each.
        known: Items that are there; None where all are.
    """

    keys: str
    values: str
    known: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One total: what the tool computed and the cell that computes it in the sheet."""

    what: str
    tool: Cell
    cell: str


@dataclass
class Book:
    """One workbook in the making.

    Attributes:
        done, total: Steps for the progress bar.
        checks: Totals to compare, in the order in which the sheets added them.
        conformity, levels: Addresses by catalog id, known once the readiness sheets are written.
        values: Catalog id -> where the values of its items stand.
        table_rows: Sheet name -> rows of its table.
        sheets: Names of the sheets that this workbook has, in order.
        overall: The cell of the self-check that sums it up.
        action_rows: Action -> its row on the plan, from 0.
        package_rows: Package -> its row on the roadmap, from 0.
        package_days: Package -> (owner, start, finish) as they stand there, days as Excel counts them.
    """

    deliverable: Deliverable
    workbook: Any
    styles: Styles
    total: int
    progress: Callable[[int, int], bool] | None = None
    clean: Cleaner = field(default_factory=Cleaner)
    checks: list[Check] = field(default_factory=list)
    conformity: dict[str, ConformityCells] = field(default_factory=dict)
    levels: dict[str, LevelCells] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)
    table_rows: dict[str, int] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    overall: str = ""
    action_rows: dict[str, int] = field(default_factory=dict)
    package_rows: dict[str, int] = field(default_factory=dict)
    package_days: dict[str, tuple[str, int | None, int | None]] = field(default_factory=dict)
    done: int = 0

    @property
    def plan(self) -> Plan:
        """The integrated plan, on the sheets that only exist with one."""
        assert self.deliverable.plan is not None  # noqa: S101 - `sheets_of` left the sheet out
        return self.deliverable.plan

    def numbers(self, refs: Iterable[Reference]) -> str:
        """Clauses and practices, framework by framework when there are several."""
        refs = tuple(refs)
        frameworks = self.deliverable.assessed
        by_framework = {
            one.name: ", ".join(dict.fromkeys(name for catalog, name in refs if catalog == one.framework.catalog))
            for one in frameworks
        }
        told = [(name, text) for name, text in by_framework.items() if text]
        return "\n".join(f"{name}: {text}" if len(frameworks) > 1 else text for name, text in told)

    def framework_names(self, track: Track) -> str:
        """The frameworks of a track, for a heading."""
        return ", ".join(self.plan.names[catalog] for catalog, own in self.plan.tracks.items() if own == track)

    def track_numbers(self, refs: Iterable[Reference], track: Track) -> str:
        """Clauses or practices of a track below such a heading; framework by framework when it has several."""
        catalogs = [catalog for catalog, own in self.plan.tracks.items() if own == track]
        known = tuple(refs)
        if len(catalogs) > 1:
            return self.numbers(ref for ref in known if ref[0] in catalogs)
        return ", ".join(dict.fromkeys(name for catalog, name in known if catalog in catalogs))

    def tick(self, steps: int = 1) -> None:
        """Say how far the export is; stop when the person says so."""
        self.done += steps
        if self.progress is not None and not self.progress(min(self.done, self.total), self.total):
            raise ExportStoppedError("The export was stopped; no workbook was written.")

    def check(self, what: str, tool: Cell | None, cell: str, empty: str = "") -> None:
        """Note a total for the self-check; None is said with the word `empty`."""
        self.checks.append(Check(what, empty if tool is None else tool, cell))


def conformity_of(deliverable: Deliverable) -> list[tuple[Assessed, ConformityResult]]:
    """Frameworks that an audit decides, with their results."""
    return [
        (assessed, assessed.result)
        for assessed in deliverable.assessed
        if isinstance(assessed.result, ConformityResult)
    ]


def levels_of(deliverable: Deliverable) -> list[tuple[Assessed, LevelResult]]:
    """Frameworks that have levels, with their results."""
    return [
        (assessed, assessed.result) for assessed in deliverable.assessed if isinstance(assessed.result, LevelResult)
    ]


def on_sheet(deliverable: Deliverable, sheet: str) -> list[tuple[Assessed, LevelResult]]:
    """Those of them whose levels stand on a sheet."""
    return [pair for pair in levels_of(deliverable) if LEVEL_SHEETS[pair[0].scope.catalog.model] == sheet]


def said(value: Value) -> str:
    """How a rating stands in a cell: the code where people speak it ("LM"), else the word."""
    return value.code if value.code == value.letter else value.word


def saying(scale: tuple[Value, ...]) -> dict[str, str]:
    """Code -> how it stands in a cell; nothing for an unrated item."""
    return {"": ""} | {value.code: said(value) for value in scale}


def shown(number: float | None, empty: str) -> str:
    """A percentage inside a sentence, as the formula FIXED(x,1) writes it."""
    return empty if number is None else f"{number:.1f} %"


def plural(count: int, word: str) -> str:
    """A count with its word: "1 major", "2 majors"."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def plural_formula(cell: str, word: str) -> str:
    """The same as a formula over a cell."""
    return f'{cell}&IF({cell}=1," {word}"," {word}s")'
