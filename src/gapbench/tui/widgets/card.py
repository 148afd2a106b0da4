"""The card of the item in hand: what is asked, what to look for, what was said, and how it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapbench.tui.widgets.canvas import Canvas, Piece, Row, cropped, fit, justified, width_of, wrap, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.catalog.overlay import Words
    from gapbench.rating.inputs import Answer, Finding, Judgement, Unit
    from gapbench.rating.results import ItemResult, Value

_KEY_NAMES = {"minus": "-", "full_stop": "."}
_RISKS = {"L": "low", "M": "medium", "H": "high", "NY": "not yet"}
_DOCUMENTED = {
    "maintain": "kept current as a document",
    "retain": "a record is kept",
    "maintain+retain": "document and record, as far as needed",
    "available": "must be at hand",
}


SIDE_FROM = 100
"""Columns from which a side pane stands beside the card."""

_TALL = 34
"""Rows from which a card by theme has more of them above the rating bar."""

_ROOMY = 14
"""Rows above the rating bar from which a joint question is shown in full."""

_UNIT_NAME = 20
"""Cells that the name of a unit may take beside its rating; the context line has the whole name."""


@dataclass(frozen=True)
class Beside:
    """What stands in the other framework beside an item.

    Attributes:
        head: The framework; `scale` the keys that rate there.
        rows: (number, how far it carries, title, letter, ink) line by line.
        cells: (number, letter, ink) one after the other: the points of a clause.
        more: What is left out, in words.
    """

    head: str
    scale: str = ""
    rows: tuple[tuple[str, str, str, str, str], ...] = ()
    cells: tuple[tuple[str, str, str], ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Card:
    """All that the card says of one item.

    Attributes:
        number: Its number, or its numbers where one answer serves two editions.
        heading: What stands beside the number; `badges` what stands at the end of that line.
        notes: (label, text, ink): what editions have to say, under the question.
        former: The former points with their answers.
        origin: "over from 2015 4.1 a" until somebody confirms it.
        words: The person's own text; it stays on this machine.
        proof: How far the row has been proof-read.
        unit: The unit that a rating goes to; `units` all that are asked, with their value codes in `result`.
        siblings: (label, letter, ink, is this one) for each item of the same leaf or practice group.
        risk: The evaluation's view of the organisation's value, "L", "M", "H" or "NY"; "" when there is none.
        theme: The package and its joint question, where the walk is by theme.
        beside: The other frameworks; `asked_together` when they share the joint question.
        suggested: (label, text, ink): what the other framework suggests, never a rating.
    """

    catalog: Catalog
    item: Item
    group: Group
    unit: Unit
    units: tuple[Unit, ...]
    scale: tuple[Value, ...]
    answer: Answer
    result: ItemResult | None
    siblings: tuple[tuple[str, str, str, bool], ...] = ()
    findings: tuple[Finding, ...] = ()
    judgement: Judgement | None = None
    risk: str = ""
    rated: int = 0
    asked: int = 0
    extra: tuple[str, ...] = field(default=())
    number: str = ""
    heading: str = ""
    badges: tuple[str, ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()
    former: tuple[Row, ...] = ()
    origin: str = ""
    words: Words | None = None
    proof: str = ""
    theme: tuple[str, str] = ("", "")
    beside: tuple[Beside, ...] = ()
    asked_together: bool = False
    suggested: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Heading:
    """All that the card says of a heading."""

    title: str
    lines: tuple[Row, ...]


class CardView(Canvas):
    """Draws a card into whatever room there is; what matters least is left out first, with a sign."""

    DEFAULT_CSS = "CardView { width: 1fr; height: 1fr; padding: 0 1; }"

    _card: Card | Heading | None = None

    def show(self, card: Card | Heading | None) -> None:
        """Take a new card."""
        self._card = card
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """Lay the card out."""
        if self._card is None:
            words = "Nothing matches. Press v for another view or esc to see everything."
            return [[], *wrapped([(words, "dim")], width)]
        if isinstance(self._card, Heading):
            return heading_rows(self._card, width)
        beside = self.app.size.width >= SIDE_FROM  # a new screen has its width classes only after its first card
        return card_rows(self._card, width, height, beside=beside)


def heading_rows(heading: Heading, width: int) -> list[Row]:
    """A heading: its title, then its lines."""
    rows: list[Row] = [[(line, "title")] for line in wrap(heading.title, width)]
    rows.append([])
    for row in heading.lines:
        rows += wrapped(row, width)
    return rows


def card_rows(card: Card, width: int, height: int, *, beside: bool = False) -> list[Row]:
    """The card in at most `height` rows; the rating bar always stands on the same row, so that the eye can rest.

    Args:
        card: What to draw.
        width: The room there is.
        height: The room there is.
        beside: A side pane shows the counterparts.
    """
    upper_height = min(15, height - 9) if height >= 16 else height // 2
    if card.theme[0] and height >= _TALL:
        upper_height = min(21, height - 15)
    upper, dropped = _trimmed(_upper(card, width, joint=3 if upper_height < _ROOMY else 99), upper_height)
    rows = [*upper, *([] for _ in range(upper_height - len(upper)))]
    rows += [row for section in _lower(card, width, beside=beside) for row in section]
    if len(rows) > height or dropped:
        rows = [*rows[: height - 1], [("enter shows the whole card", "faint")]]
    return rows


def whole_card(card: Card, width: int) -> list[Row]:
    """The card without any limit of height."""
    rows = [row for _, section in _upper(card, width) for row in section]
    return [*rows, [], *(row for section in _lower(card, width, words=99) for row in section)]


def _trimmed(sections: list[tuple[str, list[Row]]], height: int) -> tuple[list[Row], bool]:
    """Sections that fit: the least important ones go first, then the end is cut."""
    kept = list(sections)
    joint = any(name == "joint" and rows for name, rows in sections)
    for least in ("evidence", "ask", "look", "title") if joint else ("evidence", "ask"):
        if sum(len(rows) for _, rows in kept) <= height:
            break
        kept = [(name, rows) for name, rows in kept if name != least]
    rows = [row for _, section in kept for row in section]
    return rows[:height], len(kept) != len(sections) or len(rows) > height


def _upper(card: Card, width: int, joint: int = 99) -> list[tuple[str, list[Row]]]:
    item = card.item
    return [
        ("joint", _joint(card, width, joint)),
        ("head", _head(card, width)),
        ("question", [*([(line, "question")] for line in wrap(item.text, width)), []]),
        ("edition", [row for label, text, ink in card.notes for row in _labelled(label, [text], width, ink)]),
        ("title", _labelled("there is", [item.title], width)),
        ("look", _labelled("look for", [item.look_for], width)),
        ("ask", _labelled("ask", [", ".join(item.ask)], width)),
        ("evidence", _labelled("evidence", ["; ".join(item.evidence)], width)),
    ]


def _lower(card: Card, width: int, *, beside: bool = False, words: int = 3) -> list[list[Row]]:
    extra: list[Row] = [[(line, "dim")] for text in card.extra for line in wrap(text, width)]
    across = [] if beside and not card.asked_together else [row for each in card.beside for row in _across(each, width)]
    return [
        _rating_bar(card, width),
        _carried(card, width),
        [line for row in card.former for line in wrapped(row, width)],
        [row for label, text, ink in card.suggested for row in _labelled(label, [text], width, ink)],
        [*_written(card, width), *across] if card.asked_together else [],
        _units(card, width),
        [] if card.asked_together else _written(card, width),
        _findings(card, width),
        [[], *_siblings(card, width)],
        _own_words(card, width, words),
        [] if card.asked_together else [[], *across] if across else [],
        [[], *extra] if extra else [],
        wrapped([("", ""), (card.proof, "dim")], width) if card.proof else [],
    ]


def _joint(card: Card, width: int, most: int) -> list[Row]:
    """The question that a whole theme is opened with."""
    name, ask = card.theme
    if not name:
        return []
    lines = wrap(ask, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(f"{lines[most - 1]} {lines[most]}", width)]
    return [[(fit(name, width), "faint")], *([(line, "dim")] for line in lines), []]


def _across(beside: Beside, width: int) -> list[Row]:
    """The other framework: its scale where it is asked together, then what stands there."""
    rows: list[Row] = [cropped([(f"{beside.head}  ", "faint"), (beside.scale, "dim")], width)]
    for number, carries, title, letter, ink in beside.rows:
        left: list[Piece] = [(f"{number} ", "strong"), (f"{carries} ", "faint"), (title, "dim")]
        rows.append(justified(left, [(f" {letter:>2}", ink)], width))
    line: list[Piece] = []
    for number, letter, ink in beside.cells:
        entry: list[Piece] = [(f"{number} ", "faint"), (f"{letter}  ", ink)]
        if width_of([*line, *entry]) > width:
            rows.append(line)
            line = []
        line += entry
    rows += [line] if line else []
    return [*rows, [(fit(beside.more, width), "faint")]] if beside.more else rows


def _carried(card: Card, width: int) -> list[Row]:
    if not card.origin:
        return []
    return _labelled("carried", [f"{card.origin}: c confirms, a digit rates anew"], width, "note")


def _own_words(card: Card, width: int, most: int) -> list[Row]:
    """The person's own text: always marked as theirs, cut to a few lines."""
    words = card.words
    text = ". ".join(filter(None, (words.title.rstrip("."), words.text, words.note))) if words else ""
    if not text:
        return []
    lines = wrap(text, width - 2)
    rows: list[Row] = [[], [("your text, not exported", "note"), ("   l shows it in full", "dim")]]
    rows += [[("| ", "note"), (line, "")] for line in lines[:most]]
    return rows


def _head(card: Card, width: int) -> list[Row]:
    badges = list(_badges(card))
    right: list[Piece] = [(" · ".join(badges), "note")] if badges else []
    room = width - width_of(right) - len(card.number) - 4
    if room < 8 and badges:  # the badges get a line of their own
        title = fit(card.heading, max(8, width - len(card.number) - 2))
        return [[(card.number, "title"), (f"  {title}", "dim")], cropped(right, width), []]
    return [justified([(card.number, "title"), (f"  {fit(card.heading, room)}", "dim")], right, width), []]


def _badges(card: Card) -> Iterable[str]:
    if card.answer.flag:
        yield "* flagged"
    if card.group.gate == "always":
        yield "gate"
    if card.item.documented != "none":
        yield _DOCUMENTED[card.item.documented]
    if card.item.kind == "option":
        yield "one of several routes, not scored"
    if card.item.kind == "indicator":
        yield "a sign, not counted"
    if card.item.confidence not in {"high", card.catalog.confidence}:
        yield f"{card.item.confidence} confidence"
    yield from card.badges


def _labelled(label: str, texts: Sequence[str], width: int, ink: str = "") -> list[Row]:
    rows: list[Row] = []
    for text in texts:
        for line in wrap(text, width - 11) if text else []:
            rows.append([(f"{label:<9}  ", "faint"), (line, ink)])
            label = ""
    return rows


_SHORTER = {"F": "fully", "L": "largely", "P": "partly", "N": "not"}


def _scale_words(card: Card, width: int) -> list[str]:
    """Words of the scale in full where two rows take them, else codes; main steps by a word, refinements bare."""
    if any("," in value.word for value in card.scale):
        return [
            value.code if "," in value.word else f"{value.code} {_SHORTER.get(value.code, value.word)}"
            for value in card.scale
        ]
    spelled = sum(len(value.word) + 5 for value in card.scale) <= 2 * width
    return [value.word if spelled else value.code for value in card.scale]


def _rating_bar(card: Card, width: int) -> list[Row]:
    rows: list[list[Piece]] = [[]]
    refined = False
    for value, word in zip(card.scale, _scale_words(card, width), strict=True):
        chosen = value.code == card.answer.value
        key = _KEY_NAMES.get(value.key, value.key)
        entry: list[Piece] = [(f"[{key} {word}]", "chosen")] if chosen else [(f" {key} ", "key"), (f"{word} ", "")]
        first_refined = "," in value.word and not refined
        refined = refined or first_refined
        if width_of([*rows[-1], *entry]) > width or first_refined:
            rows.append([])
        rows[-1] += entry
    return [list(row) for row in rows]


def _units(card: Card, width: int) -> list[Row]:
    if not card.units or (len(card.units) == 1 and not card.units[0].id):
        return []
    values = card.result.units if card.result else {}
    rows: list[list[Piece]] = [[("unit       ", "faint")]]
    by_code = {value.code: value for value in card.scale}
    for unit in card.units:
        code = values.get(unit.id, "") or "."
        tone = by_code[code].tone if code in by_code else "open"
        here = unit.id == card.unit.id
        name = fit(unit.name, max(6, min(_UNIT_NAME, width - 17)))
        entry: list[Piece] = [(f"{'[' if here else ' '}{name} ", "strong" if here else "dim"), (code, tone)]
        if width_of([*rows[-1], *entry]) >= width:
            rows.append([(" " * 11, "")])
        rows[-1] += [*entry, ("] " if here else "  ", "strong")]
    return [*rows, *_organisation(card, width)]


def _organisation(card: Card, width: int) -> list[Row]:
    result = card.result
    if result is None or (len(card.units) < 2 and not card.risk):
        return []
    row: list[Piece] = [("overall    ", "faint"), (result.value or "not rated yet", "strong")]
    if result.waits:
        kind = {"site": "sites", "project": "projects"}.get(card.unit.kind, "units")
        row.append((f"  waiting for other {kind}", "note"))
    elif result.judgement_due:
        row += [(f"  {' or '.join(result.allowed)}: d decides", "note")]
    elif card.judgement and card.judgement.value in result.allowed:
        row += [(f"  judged: {card.judgement.reason}", "note")]
    if card.risk:
        row[2:2] = [(f"  risk {_RISKS[card.risk]}", "dim")]
    return [cropped(row, width)]


def _written(card: Card, width: int) -> list[Row]:
    value = next((value for value in card.scale if value.code == card.answer.value), None)
    needs = value.needs if value else ""
    label = "weakness" if needs == "note" and card.catalog.model != "conformity" else "note"
    rows = _labelled("reason", [card.answer.reason], width) + _labelled(label, [card.answer.note], width)
    missing = (needs == "note" and not card.answer.note) or (needs == "reason" and not card.answer.reason)
    if missing:
        rows.append([(f"{label:<9}  ", "faint"), ("due: t writes it", "note")])
    return rows


def _findings(card: Card, width: int) -> list[Row]:
    rows: list[Row] = []
    for finding in card.findings:
        state = ", closed" if finding.status == "closed" else ""
        text = f"{finding.label} {finding.cls}{state}  {finding.gap or finding.requirement}"
        ink = "bad" if finding.cls == "major" else "note" if finding.cls == "minor" else "dim"
        for number, line in enumerate(wrap(text, width - 11)[:2]):
            rows.append([("finding    " if number == 0 else " " * 11, "faint"), (line, ink)])
    return rows


def _siblings(card: Card, width: int) -> list[Row]:
    if len(card.siblings) < 2:
        return []
    row: list[Piece] = []
    rows: list[Row] = []
    for label, letter, ink, here in card.siblings:
        entry: list[Piece] = [(f"{label} ", "strong" if here else "faint"), (f"{letter}  ", ink)]
        if width_of([*row, *entry]) > width:
            rows.append(row)
            row = []
        row += entry
    tally = f"{card.rated} of {card.asked} rated"
    if width_of(row) + len(tally) < width:
        return [*rows, justified(row, [(tally, "dim")], width)]
    return [*rows, row, [(tally, "dim")]]
