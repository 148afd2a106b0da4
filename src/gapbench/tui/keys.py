"""Every key in one place: what it does, what it is called, where it works.

Footer, help, palette and docs/keys.md are made from this table; a person moves a key by its id in the settings file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WALK, READINESS, SCOPE, BRIDGE, HOME = "walk", "readiness", "scope", "bridge", "home"
PLAN, ADVISOR = "plan", "advisor"
DESK = (WALK, READINESS, SCOPE, BRIDGE, PLAN)
ALL = (*DESK, HOME, ADVISOR)


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does.

    Attributes:
        id: Stable name, used to move the key.
        keys: Textual key names, comma-separated; the first is the one that is shown.
        word: One or two words for the footer; `help` a line for the help page and the palette.
        screens: Where it works.
        footer: Place among the footer's keys, 0 for none.
        shown: How the key is written for people, when not as its name.
    """

    id: str
    keys: str
    action: str
    word: str
    help: str
    screens: tuple[str, ...]
    footer: int = 0
    shown: str = ""


KEYS: tuple[Key, ...] = (
    Key("rate.values", "1,2,3,4,5,6,7,8", "", "rate", "rate along the scale in hand and step on", (WALK,), 1, "1-8"),
    Key(
        "rate.out",
        "minus",
        "rate_key('minus')",
        "n/a",
        "not applicable: asks why; on a practice area or process: unit out of scope",
        (WALK,),
        0,
        "-",
    ),
    Key(
        "rate.trigger",
        "full_stop",
        "rate_key('full_stop')",
        "no trigger",
        "the point's own condition is absent here",
        (WALK,),
        0,
        ".",
    ),
    Key("rate.clear", "backspace", "clear", "clear", "take the rating away", (WALK,), 0, "bksp"),
    Key("walk.open", "space", "next_open", "next open", "go to the next item without a rating", (WALK,), 2, "space"),
    Key("walk.note", "t", "note", "note", "write a note (the weakness, where one is due)", (WALK,), 3),
    Key("walk.note_last", "n", "note_last", "note last", "write a note on the item rated last", (WALK,)),
    Key("walk.note_both", "u", "note_both", "note both", "one note for the item and its counterpart", (WALK,)),
    Key("walk.finding", "f", "finding", "finding", "write or change the finding on this item", (WALK,), 4),
    Key("walk.finding_last", "F", "finding_last", "finding last", "write the finding on the item rated last", (WALK,)),
    Key("walk.flag", "asterisk", "flag", "flag", "flag the item to come back to", (WALK,), 0, "*"),
    Key("walk.confirm", "c", "confirm", "confirm", "confirm what came along from the edition before", (WALK,)),
    Key("walk.own", "l", "own_words", "your text", "read your own or licensed text on the item", (WALK,)),
    Key("walk.decide", "d", "decide", "decide", "record a judgement where the rules leave a choice", (WALK,)),
    Key("walk.unit.back", "left_square_bracket", "unit(-1)", "unit", "previous unit", (WALK,), 0, "["),
    Key("walk.unit.next", "right_square_bracket", "unit(1)", "unit", "next unit", (WALK,), 5, "]"),
    Key("walk.search", "slash", "search", "find", "narrow the list to words", (WALK,), 6, "/"),
    Key("walk.filter", "v", "filter", "view", "choose which items stay in the list", (WALK,)),
    Key("walk.goto", "number_sign", "goto", "go to", "go to a number: 8.4.1 c, CM 2.1", (WALK,), 0, "#"),
    Key("walk.counterpart", "x", "counterpart", "counterpart", "to the counterpart, and back", (WALK,), 6),
    Key("walk.pairs", "X", "pairs", "pairs", "all counterparts with their reasons", (WALK,)),
    Key("walk.order", "o", "order", "order", "by structure, by theme, by interview", (WALK,), 6),
    Key("walk.history", "h", "history", "history", "every step on this item", (WALK,)),
    Key("walk.copy", "y", "copy", "copy", "copy the card as text", (WALK,)),
    Key("walk.fold", "enter", "enter", "open", "fold a heading; read the whole card of an item", (WALK,), 0, "enter"),
    Key("walk.left", "left", "outwards", "up", "to the heading above", (WALK,), 0, "left"),
    Key("walk.right", "right", "inwards", "in", "into the heading, or the next heading", (WALK,), 0, "right"),
    Key("walk.tab", "tab", "next_framework", "framework", "to the other framework", (WALK,), 0, "tab"),
    Key("look.down", "down,j", "move(1)", "down", "next line", ALL, 0, "down"),
    Key("look.up", "up,k", "move(-1)", "up", "line above", ALL, 0, "up"),
    Key("look.page_down", "pagedown,ctrl+d", "page(1)", "page", "a page down", ALL, 0, "pgdn"),
    Key("look.page_up", "pageup,ctrl+u", "page(-1)", "page", "a page up", ALL, 0, "pgup"),
    Key("look.top", "home,g", "edge(-1)", "top", "to the first line", ALL, 0, "home"),
    Key("look.end", "end,G", "edge(1)", "end", "to the last line", ALL, 0, "end"),
    Key(
        "readiness.open", "enter", "enter", "arithmetic", "show what stands behind the figure", (READINESS,), 1, "enter"
    ),
    Key("readiness.go", "space", "go", "walk there", "go there in the walk", (READINESS,), 2, "space"),
    Key("readiness.side", "tab", "side", "other side", "to the other framework", (READINESS,), 3, "tab"),
    Key(
        "look.arithmetic",
        "equals_sign",
        "arithmetic",
        "arithmetic",
        "show me the arithmetic",
        (WALK, READINESS),
        0,
        "=",
    ),
    Key("bridge.open", "enter", "enter", "points", "open or close the points of the clause", (BRIDGE,), 1, "enter"),
    Key("bridge.go", "space", "go", "walk there", "go there in the walk", (BRIDGE,), 2, "space"),
    Key("bridge.all", "v", "everything", "all", "all clauses, or only those that changed", (BRIDGE,), 3),
    Key("bridge.next", "tab", "next_pair", "other editions", "to the next pair of editions", (BRIDGE,), 4, "tab"),
    Key("plan.open", "enter", "enter", "card", "the card of the package; the text of an action", (PLAN,), 1, "enter"),
    Key("plan.view", "tab", "next_view", "view", "table, timeline, forecast", (PLAN,), 2, "tab"),
    Key("plan.status", "t", "status", "status", "planned, started, done, verified", (PLAN,), 4),
    Key("plan.owner", "o", "owner", "owner", "say who does it", (PLAN,), 4),
    Key("plan.start", "d", "start", "start", "not before this day; shows what slips", (PLAN,), 5),
    Key("plan.due", "D", "due", "due", "to be done by this day", (PLAN,)),
    Key("plan.earlier", "left_square_bracket", "shift(-1)", "earlier", "begin a week earlier", (PLAN,), 0, "["),
    Key("plan.later", "right_square_bracket", "shift(1)", "later", "begin a week later", (PLAN,), 0, "]"),
    Key("plan.effort", "e", "effort", "effort", "person-days, from and to", (PLAN,)),
    Key("plan.pain", "l", "pain", "pain", "likelihood and impact of the pain behind it", (PLAN,)),
    Key("plan.priority", "P", "priority", "priority", "a priority of your own, with its reason", (PLAN,)),
    Key("plan.add", "a", "add_action", "action", "write an action into the package", (PLAN,), 6),
    Key("plan.drop", "backspace,delete", "drop", "drop", "drop an action, or what was decided", (PLAN,), 0, "bksp"),
    Key("plan.in", "right", "inwards", "actions", "show the actions of the package", (PLAN,), 0, "right"),
    Key("plan.outwards", "left", "outwards", "package", "back to the package, its actions away", (PLAN,), 0, "left"),
    Key("plan.whatif", "i", "what_if", "what if", "what if these packages were done? esc leaves", (PLAN,), 3),
    Key("plan.tick", "space", "tick", "tick", "tick the package for what if", (PLAN,), 0, "space"),
    Key("plan.most", "m", "most", "give most", "so many person-days: what gives most?", (PLAN,), 6),
    Key("plan.unrated", "u", "unrated", "unrated", "take what nobody has rated for met, or not", (PLAN,)),
    Key("plan.settings", "c", "settings", "settings", "size, begin, capacity, deadlines, holidays", (PLAN,), 6),
    Key("plan.audits", "A", "look('audits')", "audits", "the audit programme", (PLAN,)),
    Key("plan.review", "M", "look('review')", "review", "the agenda of the management review", (PLAN,)),
    Key("plan.walk", "f", "walk_there", "walk there", "go to its first open item in the walk", (PLAN,)),
    Key("plan.copy", "y", "copy", "copy", "copy what stands here as text", (PLAN,)),
    Key("advisor.take", "enter", "enter", "take", "take the answer, as its number does", (ADVISOR,), 1, "enter"),
    Key("advisor.open", "space", "leave_open", "not known", "leave the question open", (ADVISOR,), 2, "space"),
    Key("advisor.now", "a", "advise", "advise now", "advise, whatever is still open", (ADVISOR,), 3),
    Key("advisor.again", "n", "again", "anew", "begin anew", (ADVISOR,), 4),
    Key("advisor.copy", "y", "copy", "copy", "copy the advice as text", (ADVISOR,), 5),
    Key("scope.edit", "enter", "enter", "change", "change the line", (SCOPE,), 1, "enter"),
    Key("scope.unit", "n", "new_unit", "new unit", "add a project, support function or site", (SCOPE,), 2),
    Key("scope.framework", "a", "new_framework", "add framework", "add a framework", (SCOPE,), 3),
    Key("scope.drop", "backspace,delete", "drop", "drop", "take the unit or framework out", (SCOPE,), 4, "bksp"),
    Key("home.open", "enter", "enter", "open", "open the engagement", (HOME,), 1, "enter"),
    Key("home.new", "n", "new", "new engagement", "start a new engagement, step by step", (HOME,), 2),
    Key("home.example", "e", "example", "worked example", "write and open the worked example", (HOME,), 3),
    Key("home.advisor", "a", "app.advisor", "advisor", "ISO 9001, CMMI or both? A short dialogue", (HOME,), 4),
    Key("go.walk", "w", "show('walk')", "walk", "the walk", (READINESS, SCOPE, BRIDGE, PLAN), 5),
    Key(
        "go.readiness",
        "r",
        "show('readiness')",
        "readiness",
        "readiness of every framework",
        (WALK, SCOPE, BRIDGE, PLAN),
        7,
    ),
    Key("go.plan", "p", "show('plan')", "plan", "packages, timeline, forecast", (WALK, READINESS, SCOPE, BRIDGE), 8),
    Key("go.scope", "s", "show('scope')", "scope", "client, frameworks, units", (WALK, READINESS, BRIDGE, PLAN), 8),
    Key(
        "go.bridge",
        "E",
        "show('bridge')",
        "editions",
        "what changed from one edition to the next",
        (WALK, READINESS, SCOPE, PLAN),
    ),
    Key("go.advisor", "V", "app.advisor", "advisor", "ISO 9001, CMMI or both? A short dialogue", DESK),
    Key("go.newer", "N", "newer", "newer edition", "go on to a newer edition, or ask both at once", DESK),
    Key("go.workbook", "b", "workbook", "workbook", "write the client workbook", DESK, 9),
    Key("edit.undo", "z,ctrl+z", "undo", "undo", "take the last step back", DESK, 0),
    Key("edit.redo", "Z,ctrl+y", "redo", "redo", "do again what was taken back", DESK, 0, "Z"),
    Key("go.help", "question_mark,f1", "help", "keys", "the keys that work here", ALL, 99, "?"),
    Key("go.palette", "colon,ctrl+p", "app.command_palette", "commands", "find any command by a word", ALL, 0, ":"),
    Key("go.back", "q", "back", "back", "one step back: to the walk, to the list of engagements", ALL, 98),
    Key("go.out", "escape", "out", "out", "out of a search or a narrowed list", ALL, 0, "esc"),
    Key("go.theme", "T", "theme", "theme", "dark or light", ALL, 0),
    Key("go.quit", "ctrl+q", "app.quit", "quit", "leave; everything is saved already", ALL, 0),
)


def keys_of(screen: str) -> tuple[Key, ...]:
    """Keys that work on a screen."""
    return tuple(key for key in KEYS if screen in key.screens)


def bindings(screen: str) -> list[Binding]:
    """A screen's keys as Textual wants them; rating digits are one binding each."""
    made: list[Binding] = []
    for key in keys_of(screen):
        if key.id == "rate.values":
            digits = key.keys.split(",")
            made.extend(
                Binding(digit, f"rate_key('{digit}')", key.help, show=False, id=f"rate.{digit}") for digit in digits
            )
        else:
            made.append(Binding(key.keys, key.action, key.help, show=False, id=key.id))
    return made


def shown_key(key: Key, keymap: Mapping[str, str] | None = None) -> str:
    """The key as people write it, after any move."""
    moved = (keymap or {}).get(key.id, "")
    return moved.split(",")[0] if moved else key.shown or key.keys.split(",")[0]


def known_ids() -> frozenset[str]:
    """Ids that a keymap may name."""
    digits = {f"rate.{digit}" for digit in "12345678"}
    return frozenset(key.id for key in KEYS) - {"rate.values"} | digits


_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super"})


def unfit(keymap: Mapping[str, str]) -> list[str]:
    """Sentences about ids that do not exist and keys that nobody can press."""
    ids = known_ids()
    unknown = [f'The settings name a key id that does not exist: "{id_}".' for id_ in keymap if id_ not in ids]
    keys = [f'The settings give "{id_}" a key that cannot be pressed.' for id_, key in keymap.items() if not _fits(key)]
    return unknown + keys


def _fits(keys: str) -> bool:
    parts = [key.strip().split("+") for key in keys.split(",")]
    return all(part[-1] and set(part[:-1]) <= _MODIFIERS for part in parts)


def clashes(keymap: Mapping[str, str]) -> list[str]:
    """Sentences about keys that would mean two things on one screen after a move."""
    return sorted({problem for screen in ALL for problem in _clashes_on(screen, keymap)})


def _clashes_on(screen: str, keymap: Mapping[str, str]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for id_, keys in _taken(screen, keymap):
        for key in (key.strip() for key in keys.split(",")):
            if owner.setdefault(key, id_) != id_:
                yield f'On the {screen} screen "{key}" would mean both {owner[key]} and {id_}.'


def _taken(screen: str, keymap: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for key in keys_of(screen):
        if key.id == "rate.values":
            yield from ((f"rate.{digit}", keymap.get(f"rate.{digit}", digit)) for digit in key.keys.split(","))
        else:
            yield key.id, keymap.get(key.id, key.keys)


def _names(key: Key) -> str:
    """Every way to press the key, as people write it."""
    names = key.keys.split(",")
    return ", ".join([key.shown or names[0], *(names[1:] if key.id != "rate.values" else [])])


def as_markdown() -> str:
    """docs/keys.md."""
    out = ["# Keys", "", "Made from `src/gapbench/tui/keys.py`; move a key by its id in the settings file.", ""]
    for screen in ALL:
        out += [f"## {screen.capitalize()}", "", "| key | what it does | id |", "|---|---|---|"]
        out += [f"| `{_names(key)}` | {key.help} | `{key.id}` |" for key in keys_of(screen)]
        out.append("")
    return "\n".join(out)
