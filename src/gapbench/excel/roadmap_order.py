"""Why in this order: what each package closes, its priority with all that it rests on, and the place that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.excel.page import cell, letter
from gapbench.excel.roadmap_facts import LAST, at
from gapbench.planning.order import dependents, in_order
from gapbench.planning.priority import LARGEST, SIZES, size_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.excel.page import Page
    from gapbench.excel.roadmap_facts import Line
    from gapbench.work.planning import Plan

_HINT = (
    "P = V x G x U / square root of Z, with V = 0.35 S + 0.30 C + 0.15 B + 0.20 R. S severity of the worst gap, C "
    "contract risk, B breadth, R pain from likelihood x impact (all 0 to 5; R is 0 while nobody was asked), G gate "
    "(1.5 stands in the way, 1 inside, 0.5 above the target), U what it unlocks, Z size class of its effort. A package "
    "that others need has the highest P among them. Change R, here in pale yellow, or the effort above, and P and the "
    "place move; the order above is that of the export. Our own heuristic: differences below about 0.3 mean nothing."
)
_FIGURES = ("S", "C", "B", "R", "V", "G", "U", "Z", "own P", "P", "place")
_WIDE = 2
"""Columns of the Gantt chart that one figure takes."""


@dataclass(frozen=True)
class _Ranked:
    """One package with what the sheet computes of it now."""

    line: Line
    own: float
    P: float
    place: int


def write(page: Page, plan: Plan, lines: Sequence[Line], rows: Mapping[str, int]) -> None:
    """Write the block at the cursor.

    Args:
        page: The roadmap.
        plan: The plan.
        lines: Its packages in the order of work.
        rows: Package -> its row in the table above.
    """
    page.section("Why in this order, and what each package closes", LAST, 1)
    page.row = page.span(page.row, 1, LAST, _HINT, "note")
    _Block(page, plan, lines, rows).write()


class _Block:
    def __init__(self, page: Page, plan: Plan, lines: Sequence[Line], rows: Mapping[str, int]) -> None:
        self.page, self.plan, self.lines, self.rows = page, plan, lines, rows
        self.head = page.row
        self.first = LAST + 1 - _WIDE * len(_FIGURES)
        needs = {it.id: it.it.needs for it in lines}
        self.later = dependents(needs, in_order(needs, str))

    def row(self, name: str) -> int:
        """The row of a package in this block."""
        return self.head + next(it.number for it in self.lines if it.id == name)

    def col(self, figure: str) -> int:
        """The first column of a figure."""
        return self.first + _WIDE * _FIGURES.index(figure)

    def write(self) -> None:
        """Write it."""
        page = self.page
        self._heading()
        for ranked in self._ranked():
            self._line(ranked)
        first, last = self.head + 1, self.head + len(self.lines)
        page.figures((first, self.col("R"), last, self.col("R")), "R", 0, 5, "Pain goes from 0 to 5.")
        page.row = last + 1

    def _spans(self) -> tuple[tuple[int, int, str], ...]:
        return (
            (1, 1, "No"),
            (at("Package"), at("Package"), "Package"),
            (at("Wave"), at("Name"), "Name"),
            (at("Owner"), at("Owner"), "Needs"),
            (at("Start"), at("Start"), "Clauses"),
            (at("Finish"), at("Finish"), "Practices"),
            (at("Status"), self.first - 1, "Closes"),
        )

    def _heading(self) -> None:
        page = self.page
        for first, last, text in self._spans():
            page.blank_span(self.head, first, last, page.style("head"))
            page.sheet.write_string(self.head, first, text, page.style("head"))
        for figure in _FIGURES:
            col = self.col(figure)
            page.blank_span(self.head, col, col + _WIDE - 1, page.style("head centre"))
            page.sheet.write_string(self.head, col, figure, page.style("head centre"))
        page.need(self.head, 14)

    # --- what it gives now --------------------------------------------------------------------------

    def _ranked(self) -> list[_Ranked]:
        """What the formulas give at the time of export: P of every package, and its place by band and P."""
        own = {it.id: _own(it) for it in self.lines}
        decided = {it.id: it.it.decision.priority if it.order.override else own[it.id] for it in self.lines}
        figures = {it.id: round(decided[it.id] or 0.0, 6) for it in self.lines}
        P = {  # noqa: N806 (the model's own letter)
            it.id: figures[it.id] if it.order.override else max(figures[name] for name in (it.id, *self.later[it.id]))
            for it in self.lines
        }
        found = []
        for it in self.lines:
            before = sum(
                other.it.mandatory > it.it.mandatory
                or (
                    other.it.mandatory == it.it.mandatory
                    and (P[other.id] > P[it.id] or (P[other.id] == P[it.id] and other.number < it.number))
                )
                for other in self.lines
            )
            found.append(_Ranked(it, figures[it.id], P[it.id], before + 1))
        return found

    # --- one line -------------------------------------------------------------------------------------

    def _line(self, ranked: _Ranked) -> None:
        page, line = self.page, ranked.line
        row = self.head + line.number
        closes = page.book.numbers(it.ref for it in line.it.open)
        page.text(row, 0, line.id, "line")
        page.sheet.write_number(row, 1, line.number, page.style("number"))
        needs = ", ".join(line.it.needs)
        texts = (line.id, f"{line.name}{self._remark(line)}", needs)
        spans = self._spans()
        for (first, last, _), text in zip((*spans[1:4], spans[6]), (*texts, closes), strict=True):
            form = page.style("cell", bold=first == at("Package"))
            page.blank_span(row, first, last, form)
            page.string(row, first, page.book.clean(text), form)
        for track, head in (("iso", "Start"), ("cmmi", "Finish")):
            count = sum(it.track == track for it in line.it.open)
            page.sheet.write_number(row, at(head), count, page.style("count"))
        page.fit(
            row, [(spans[2][0], spans[2][1], texts[1]), (at("Owner"), at("Owner"), needs), (*spans[6][:2], closes)]
        )
        self._figures(row, ranked)

    def _remark(self, line: Line) -> str:
        order = line.order
        if order.override:
            return f" (P set by hand: {order.override})"
        band = "comes first" if line.it.mandatory else ""
        lent = f"P as {order.inherited_from}" if order.inherited_from else ""
        said = ", ".join(filter(None, (band, lent)))
        return f" ({said})" if said else ""

    def _figures(self, row: int, ranked: _Ranked) -> None:
        line, order = ranked.line, ranked.line.order
        for name in ("S", "C", "B", "G", "U"):
            self._cell(row, name, getattr(order, name), "0.00" if name in ("B", "U") else "0.0")
        self._cell(row, "R", order.R, "0.0", style="input")
        at_ = {name: cell(row, self.col(name)) for name in _FIGURES}
        value = f"0.35*{at_['S']}+0.3*{at_['C']}+0.15*{at_['B']}+0.2*{at_['R']}"
        self._live(row, "V", value, _value(line))
        self._live(row, "Z", self._size(line), size_class(line.middle), "0")
        decided = line.it.decision.priority
        if order.override and decided is not None:
            self._cell(row, "own P", decided, "0.00")
        else:
            own = f"ROUND({at_['V']}*{at_['G']}*{at_['U']}/{at_['Z']}^0.5,6)"
            self._live(row, "own P", own, ranked.own)
        names = (line.id,) if order.override else (line.id, *sorted(self.later[line.id], key=self.row))
        lent = ",".join(cell(self.row(name), self.col("own P")) for name in names)
        self._live(row, "P", f"MAX({lent})", ranked.P, bold=True)
        self._live(row, "place", self._place(row, line), ranked.place, "0", bold=True)

    def _size(self, line: Line) -> str:
        above = self.rows[line.id]
        days = f"({cell(above, at('Low'))}+{cell(above, at('High'))})/2"
        formula = str(LARGEST)
        for most, size in reversed(SIZES):
            formula = f"IF({days}<={most},{size},{formula})"
        return formula

    def _place(self, row: int, line: Line) -> str:
        """Those of its band with a higher P, or the same and an earlier place, and all of the band before."""
        band = [it for it in self.lines if it.it.mandatory == line.it.mandatory]
        ahead = 0 if line.it.mandatory else sum(it.it.mandatory for it in self.lines)
        own = cell(row, self.col("P"))
        runs = _runs([it.number for it in band])
        before = [run for run in (_cut(run, line.number) for run in runs) if run is not None]
        terms = [f'COUNTIF({self._span(run)},">"&{own})' for run in runs]
        terms += [f"COUNTIF({self._span(run)},{own})" for run in before]
        return f"{ahead + 1}+{'+'.join(terms)}"

    def _span(self, run: tuple[int, int]) -> str:
        """P of neighbours."""
        column = letter(self.col("P"))
        return f"${column}${self.head + run[0] + 1}:${column}${self.head + run[1] + 1}"

    def _cell(self, row: int, name: str, value: float, form: str, style: str = "cell") -> None:
        col = self.col(name)
        cell_style = self.page.style(style, align="center", num_format=form)
        self.page.blank_span(row, col, col + _WIDE - 1, cell_style)
        self.page.sheet.write_number(row, col, round(value, 6), cell_style)

    def _live(self, row: int, name: str, formula: str, value: float, form: str = "0.00", **differing: object) -> None:
        col = self.col(name)
        style = self.page.style("cell", align="center", num_format=form, **differing)
        self.page.blank_span(row, col, col + _WIDE - 1, style)
        self.page.formula(row, col, f"={formula}", value, style)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbours as (first, last)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _cut(run: tuple[int, int], before: int) -> tuple[int, int] | None:
    """What of a run lies before a number."""
    return (run[0], min(run[1], before - 1)) if run[0] < before else None


def _value(line: Line) -> float:
    order = line.order
    S, C, B, R = (round(it, 6) for it in (order.S, order.C, order.B, order.R))  # noqa: N806 (the model's own letters)
    return 0.35 * S + 0.3 * C + 0.15 * B + 0.2 * R


def _own(line: Line) -> float:
    """P as the sheet computes it: from its figures as they stand there."""
    G, U = round(line.order.G, 6), round(line.order.U, 6)  # noqa: N806
    return float(round(_value(line) * G * U / size_class(line.middle) ** 0.5, 6))
