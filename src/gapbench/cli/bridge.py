"""What changed from one edition to the next, clause by clause."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from gapbench.work.editions import Bridge, Clause, Old, Point

ABOUT = """\
Say clause by clause what changed from one edition to the next: of an engagement
that went on to a new edition, with the old and the new rating of each point; of
one that has not yet, with --to; or of two catalogs, without an engagement.

What only moved or was put in other words keeps its answer and is only counted,
unless --all is given. What the sources disagree about is marked as disputed:
it is our reading. Proof-read it against your licensed copy.
"""
EXAMPLES = """\
  gapbench bridge acme.gapbench
  gapbench bridge acme.gapbench --to iso9001-2026
  gapbench bridge --from iso9001-2015 --to iso9001-2026
  gapbench bridge --to cmmi-3.0 --all --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the engagement; left out, the catalogs are compared")
    parser.add_argument("--from", metavar="ID", dest="former", help="the edition before, without FILE; may be left out")
    parser.add_argument("--to", metavar="ID", help="the new edition, as in iso9001-2026")
    parser.add_argument("--all", action="store_true", help="also what only moved or was put in other words")
    parser.add_argument("--json", action="store_true", help="for programs: gapbench-bridge/1")


def run(options: argparse.Namespace) -> int:
    """Say what changed."""
    found = _between_catalogs(options) if options.file is None else _of_engagement(options)
    if options.json:
        from gapbench.work.editions import bridge_json

        terminal.emit_json(bridge_json(found))
    else:
        _show(found, everything=options.all)
    return 0


def _between_catalogs(options: argparse.Namespace) -> Bridge:
    from gapbench.catalog.editions import between
    from gapbench.catalog.known import load_known
    from gapbench.work.editions import bridge_of

    if options.to is None:
        raise UsageError("`gapbench bridge` needs an engagement, or the new edition with --to; see its --help.")
    new = load_known(options.to)
    if not new.base:
        raise UsageError(f"{new.name} has no edition before it in gapbench; see `gapbench catalogs list`.")
    former = load_known(options.former or new.base)
    if former.id != new.base:
        raise UsageError(f"{new.name} follows {new.base}, not {former.id}; write --from {new.base}.")
    return bridge_of(between(new, former))


def _of_engagement(options: argparse.Namespace) -> Bridge:
    from gapbench.catalog.known import load_known
    from gapbench.work.editions import bridge, bridge_ahead

    if options.former is not None:
        raise UsageError("An engagement says itself what it comes from; leave --from out.")
    with opening.to_read(options) as engagement:
        if options.to is None:
            return bridge(engagement)
        wanted = options.to.strip().casefold()
        there = {one.catalog for one in engagement.successions()}
        if wanted in there:
            return bridge(engagement, wanted)
        return bridge_ahead(engagement, load_known(wanted))


def _show(found: Bridge, *, everything: bool) -> None:
    counts = found.counts
    terminal.say(found.title)
    if found.mode == "dual":
        kept = f"{counts.shared} one question for both, {counts.apart} unchanged but split or merged and asked apart"
    else:
        kept = f"{counts.once} keep their meaning"
    terminal.paragraph(
        f"{kept}, {counts.again} changed, {counts.new} new, {counts.gone} gone; {counts.disputed} disputed.",
        "  ",
    )
    hidden = 0
    for clause in found.clauses:
        points = [point for point in clause.points if everything or _matters(point)]
        hidden += len(clause.points) - len(points)
        if points or clause.gone:
            terminal.say("")
            terminal.paragraph(f"{clause.row.group}  {clause.row.title}{_tally(clause)}", "", "  ")
            for line in _lines(found, points, clause):
                terminal.paragraph(line, "  ", "    ")
    if hidden:
        terminal.say("")
        terminal.paragraph(f"{hidden} more were only moved or put in other words; --all shows them.")


def _matters(point: Point) -> bool:
    return point.asked != "once" or point.item.disputed


def _tally(clause: Clause) -> str:
    row = clause.row
    parts = [
        f"{count} {word}"
        for count, word in (
            (row.same + row.wording + row.moved, "unchanged"),
            (row.changed, "changed"),
            (row.new, "new"),
            (len(clause.gone), "gone"),
        )
        if count
    ]
    return f" ({', '.join(parts)})"


def _lines(found: Bridge, points: list[Point], clause: Clause) -> Iterator[str]:
    from gapbench.rating.wording import sentence

    for point in points:
        said = [_change(point), _was(point.old, near=point.asked == "new"), _now(point) if found.mode else ""]
        yield f"{point.item.id}  {' '.join(map(sentence, filter(None, said)))}"
    for old in clause.gone:
        yield f"{old.id}  {' '.join(map(sentence, filter(None, (f'gone: {old.title}', _was((old,))))))}"


def _change(point: Point) -> str:
    item = point.item
    note = item.change_note or item.title
    if item.change == "new" and note.casefold().startswith("new"):
        return note
    return f"{item.change}{', disputed' if item.disputed else ''}: {note}"


def _was(former: Iterable[Old], *, near: bool = False) -> str:
    rated = [f"{old.id} {old.value}" for old in former if old.value]
    return f"{'near to' if near else 'was'} {', '.join(rated)}" if rated else ""


def _now(point: Point) -> str:
    if not point.value:
        return "not rated yet"
    return f"now {point.value}{', carried over' if point.carried else ''}"
