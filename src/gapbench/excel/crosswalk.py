"""Crosswalk: where clause and practice ask for the same, how both stand, and why the pair is there. It never rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.excel.assessment import item_key
from gapbench.excel.book import CROSSWALK, ISO, Book, plural, plural_formula, saying
from gapbench.excel.clause_facts import NOTHING_RATED, PERCENT
from gapbench.excel.page import Column, Page, cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import FAINT
from gapbench.planning import candidates as rules
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.catalog.overlap import Direction, Overlap, Pair
    from gapbench.planning.candidates import Sides, Suggestion
    from gapbench.rating.results import ClauseResult, Tone
    from gapbench.work.deliverable import Deliverable

TABLE = "Crosswalk"
DIRECTIONS: Mapping[Direction, str] = {
    "iso_to_cmmi": "clause \N{RIGHTWARDS ARROW} practice",
    "shared": "clause \N{LEFT RIGHT ARROW} practice",
    "cmmi_to_iso": "clause \N{LEFTWARDS ARROW} practice",
}
CANDIDATE = "candidate, not rated"
STANDINGS = {"confirmed": "met", "gap": "gap", "candidate": CANDIDATE, "none": "not rated"}
_TONES: Mapping[str, Tone] = {"met": "good", "gap": "bad", "not rated": "open"}
NOT_RATED = "not rated"
_ASK = " with a practice that is a candidate: its clause conforms, so ask for evidence."
COLUMNS = (
    Column("Key", 8, hidden=True),
    Column("Clause", 8.5),
    Column("What the clause is about", 34),
    Column("Clause ready", 10, centre=True),
    Column("Carries", 13.5, centre=True),
    Column("Strength", 8.5, centre=True),
    Column("Practice", 9),
    Column("What the practice is about", 50),
    Column("Practice now", 13, centre=True),
    Column("Standing at export", 15),
    Column("What they share", 58),
    Column("Confidence", 9.5, centre=True),
)
_AT = {it.head: place for place, it in enumerate(COLUMNS)}
_LAST = len(COLUMNS) - 1
_HINT = (
    "A pair says where the same evidence may serve twice. It never rates: people rate clause and practice, each on its "
    "own scale. {right} good evidence for the clause usually suffices for the practice, if it exists for the sampled "
    "projects; {both} the same artefacts help both, neither suffices; {left} evidence for the practice helps only the "
    "clause. Weak pairs are left out. Ready and now follow the Assessment."
)


@dataclass(frozen=True)
class Row:
    """A pair in this engagement.

    Attributes:
        practices: What the practice number stands for: itself, or one of each area.
        value: Of the practice at the time of export, and how it stands.
    """

    sides: Sides
    pair: Pair
    clause: ClauseResult
    practices: tuple[str, ...]
    value: str
    standing: str

    @property
    def key(self) -> str:
        """Names the pair, whatever is sorted or filtered."""
        overlap, pair = self.sides.overlap, self.pair
        return f"{overlap.iso}|{pair.leaf}|{overlap.cmmi}|{pair.practice}"


def overlaps_of(deliverable: Deliverable) -> tuple[Overlap, ...]:
    """Overlaps that are shown: of two editions that are both assessed the newer one."""
    plan = deliverable.plan
    if plan is None:
        return ()
    former = {one.how.former for one in deliverable.bridges}
    found = plan.ground.overlaps
    newer = {it.cmmi for it in found if it.iso not in former}
    return tuple(it for it in found if it.iso not in former or it.cmmi not in newer)


def rows_of(deliverable: Deliverable) -> Iterator[Row]:
    """Strong and partial pairs of what is in scope here, in reading order."""
    parts = () if deliverable.plan is None else deliverable.plan.parts
    known = {result.catalog: (case, result) for case, result in parts}
    for overlap in overlaps_of(deliverable):
        (_, iso), (case, cmmi) = known[overlap.iso], known[overlap.cmmi]
        if isinstance(iso, ConformityResult) and isinstance(cmmi, LevelResult):
            yield from _rows(rules.Sides(overlap, iso, cmmi, case.scope))


def _rows(sides: Sides) -> Iterator[Row]:
    practices = sides.practices()
    standing = rules.standing(sides)
    proposed = {it.about[1]: it for it in rules.candidates(sides)}
    catalog = sides.scope.catalog
    for pair in sides.overlap.pairs:
        leaf = sides.iso.leaves.get(pair.leaf)
        every = (pair.practice, *(f"{area.id} {pair.practice}" for area in catalog.areas))
        names = tuple(name for name in every if name in practices)
        applies = leaf is not None and (leaf.tally.counted or leaf.tally.rated < leaf.tally.scored)
        if leaf is not None and applies and names and not pair.hidden:
            value = practices[names[0]].value
            yield Row(sides, pair, leaf, names, value, _standing(sides, names, standing, proposed))


def _standing(
    sides: Sides, names: tuple[str, ...], standing: Mapping[str, str], proposed: Mapping[str, Suggestion]
) -> str:
    said = [STANDINGS[standing[name]] for name in names]
    if len(names) > 1:
        return ", ".join(f"{said.count(word)} {word}" for word in dict.fromkeys(said))
    if said[0] != CANDIDATE:
        return said[0]
    units = {unit.id: unit.name for unit in sides.scope.units}
    asked = [units[unit] for unit in proposed[names[0]].units if unit in units]
    return f"{CANDIDATE}; ask {listed(asked, last='and')}" if asked else CANDIDATE


def write(book: Book) -> None:
    """Write the sheet; the readiness sheets stand already."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.page = Page(book, CROSSWALK, [it.width for it in COLUMNS])
        self.rows = tuple(rows_of(book.deliverable))
        self.words = {one.framework.catalog: saying(one.scale) for one in book.deliverable.assessed}
        self.titles = {case.scope.catalog.id: case.scope.catalog for case, _ in book.plan.parts}
        self.several = len(overlaps_of(book.deliverable)) > 1
        self.clauses = {
            result.catalog: dict(_every(result.groups))
            for _, result in book.plan.parts
            if isinstance(result, ConformityResult)
        }

    def write(self) -> None:
        """Write it."""
        page = self.page
        page.hide((0,))
        page.heading(CROSSWALK, _LAST, 1)
        message = page.row
        page.row += 1
        words = {"right": DIRECTIONS["iso_to_cmmi"], "both": DIRECTIONS["shared"], "left": DIRECTIONS["cmmi_to_iso"]}
        said = {name: f"{text.split()[1]}" for name, text in words.items()}
        page.row = page.span(page.row, 1, _LAST, self._overlaps(), "plain")
        page.row = page.span(page.row, 1, _LAST, _HINT.format(**said), "note") + 1
        head = page.row
        page.table(TABLE, COLUMNS, len(self.rows), head)
        for number, row in enumerate(self.rows, head + 1):
            self._line(number, row)
        last = head + len(self.rows)
        self._message(message)
        standing = (head + 1, _AT["Standing at export"], last, _AT["Standing at export"])
        page.ink_words(standing, _TONES)
        page.mark_where(standing, f'=LEFT({cell(head + 1, standing[1])},9)="candidate"', italic=True, bold=True)
        above, here = cell(head, _AT["Clause"]), cell(head + 1, _AT["Clause"])
        page.mark_where((head + 1, 1, last, _AT["Clause ready"]), f"=${here}=${above}", font_color=FAINT)
        page.sheet.freeze_panes(head + 1, _AT["Clause"] + 1)
        page.sheet.repeat_rows(head)
        self.book.table_rows[CROSSWALK] = len(self.rows)
        notices = dict.fromkeys(it.notice for it in overlaps_of(self.book.deliverable) if it.notice)
        page.row = last + 1
        for notice in notices:
            page.row = page.span(page.row, 1, _LAST, notice, "note", italic=True)
        page.finish(page.row - 1, _AT["What they share"], 1)

    def _overlaps(self) -> str:
        shown = overlaps_of(self.book.deliverable)
        said = "; ".join(f"{it.iso_name} beside {it.cmmi_name}" for it in shown)
        left = {it.iso_name for it in self.book.plan.ground.overlaps} - {it.iso_name for it in shown}
        return f"{said}. {listed(sorted(left))} is left out: the newer edition stands for it." if left else f"{said}."

    def _message(self, row: int) -> None:
        page, rows = self.page, self.rows
        strong, partial = (f"COUNTIFS({TABLE}[Strength],{quoted(word)})" for word in ("strong", "partial"))
        candidates = f'COUNTIFS({TABLE}[Standing at export],"{CANDIDATE}*")'
        count = {word: sum(it.pair.strength == word for it in rows) for word in ("strong", "partial")}
        waits = sum(it.standing.startswith(CANDIDATE) for it in rows)
        formula = (
            f'={strong}&" strong and "&{partial}&" partial pairs of what is in scope here"&IF({candidates}=0,".",'
            f'"; "&{plural_formula(candidates, "pair")}&{quoted(_ASK)})'
        )
        text = f"{count['strong']} strong and {count['partial']} partial pairs of what is in scope here"
        text += f"; {plural(waits, 'pair')}{_ASK}" if waits else "."
        page.live_span(row, 1, _LAST, formula, text, "verdict")
        self.book.check("Crosswalk: message", text, page.far_ref(row, 1))

    def _line(self, row: int, it: Row) -> None:
        page, pair, overlap = self.page, it.pair, it.sides.overlap
        catalog = it.sides.scope.catalog
        one = catalog.item[it.practices[0]]
        clause, practice = (
            (pair.leaf, pair.practice)
            if not self.several
            else (overlap.iso_ref(pair.leaf), overlap.cmmi_ref(pair.practice))
        )
        texts = {
            _AT["Clause"]: clause,
            _AT["What the clause is about"]: self.titles[overlap.iso].title_of(pair.leaf),
            _AT["Practice"]: practice,
            _AT["What the practice is about"]: one.title if len(it.practices) == 1 else f"{one.title} (in every area)",
            _AT["Standing at export"]: it.standing,
            _AT["What they share"]: pair.why,
        }
        page.text(row, 0, it.key, "line")
        for col, text in texts.items():
            page.text(row, col, text, "cell", bold=col in (_AT["Clause"], _AT["Practice"]))
        page.text(row, _AT["Carries"], DIRECTIONS[pair.direction], "centre")
        page.text(row, _AT["Strength"], pair.strength, "centre")
        page.text(row, _AT["Confidence"], pair.confidence, "centre")
        self._clause(row, it)
        self._practice(row, it)
        page.fit_cells(row, texts)

    def _clause(self, row: int, it: Row) -> None:
        """Readiness of the clause as its sheet says it now."""
        catalog = it.sides.overlap.iso
        source = f"'{ISO}'!{cell(self.book.conformity[catalog].rows[it.pair.leaf], PERCENT)}"
        percent = self.clauses[catalog][it.pair.leaf].tally.percent
        form = self.page.style("percent", align="center")
        self.page.formula(row, _AT["Clause ready"], f"={source}", percent, form, NOTHING_RATED)

    def _practice(self, row: int, it: Row) -> None:
        """The value of the practice as its sheet says it now; several have no value together."""
        page, catalog = self.page, it.sides.overlap.cmmi
        values = self.book.values[catalog]
        name = it.practices[0]
        col, form = _AT["Practice now"], page.style("centre")
        if len(it.practices) > 1 or (values.known is not None and name not in values.known):
            page.text(row, col, "\N{EN DASH}", "centre")
            return
        found = f"INDEX({values.values},MATCH({quoted(item_key(catalog, name))},{values.keys},0))"
        word = self.words[catalog].get(it.value, "") or NOT_RATED
        page.formula(row, col, f'=IF({found}="","{NOT_RATED}",{found})', word, form)


def _every(groups: Iterable[ClauseResult]) -> Iterator[tuple[str, ClauseResult]]:
    for group in groups:
        yield group.id, group
        yield from _every(group.groups)
