"""Go on to a new edition of a standard or model."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import RefusedError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Mode, Passage
    from gapbench.rating.results import Noun
    from gapbench.work.editions import Ahead

ABOUT = """\
Go on to a new edition, as one step that one `gapbench undo` takes back.

Answers whose meaning is unchanged come along, marked as carried over until you
confirm them; what changed is asked again, with the old answer beside; what is
new is open. Findings go along. The edition before stays in the file, to be read.

With --dual both editions are assessed: one question serves both where nothing
changed, and only the differences are asked twice.
"""
EXAMPLES = """\
  gapbench transition acme.gapbench --to iso9001-2026 --dry-run
  gapbench transition acme.gapbench --to iso9001-2026
  gapbench transition acme.gapbench --to cmmi-3.0 --dual"""

_NAMED = 6


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument("--to", metavar="ID", required=True, help="the new edition, as in iso9001-2026")
    parser.add_argument("--dual", action="store_true", help="beside the edition before, not in its place")
    parser.add_argument("--dry-run", action="store_true", help="only say what would come of it")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Go on to the new edition, or say what would come of it."""
    from gapbench.catalog.known import load_known
    from gapbench.rating.models import noun_of
    from gapbench.work import editions

    catalog = load_known(options.to)
    mode: Mode = "dual" if options.dual else "transition"
    with opening.to_read(options) if options.dry_run else opening.to_write(options) as engagement:
        try:
            passage = engagement.passage(catalog, mode)
        except UsageError as problem:  # the words were understood: it cannot be done here
            raise RefusedError(_with_way(engagement, catalog, str(problem))) from problem
        ahead = editions.ahead(engagement, catalog, passage)
        if not options.dry_run:
            engagement.succeed(catalog, mode)
        if options.json:
            terminal.emit_json(editions.passage_json(passage, ahead) | {"done": not options.dry_run})
            return 0
        noun = noun_of(engagement.catalog(passage.succession.former))
        former = engagement.catalog(passage.succession.former).name
        would = "would go" if options.dry_run else "went"
        if options.dual:
            would = "would be" if options.dry_run else "is"
            terminal.paragraph(f"{options.file} {would} asked about {former} and {catalog.name} together.")
        else:
            terminal.paragraph(f"{options.file} {would} from {former} to {catalog.name}.")
        _tell(engagement, passage, ahead, noun, former)
    _next(options)
    return 0


def _with_way(engagement: Engagement, catalog: Catalog, why: str) -> str:
    """A refusal, with the crosswalk where a relative of the edition is there."""
    there = [engagement.catalog(one.catalog) for one in engagement.frameworks()]
    near = next((one.id for one in there if one.family == catalog.family and one.id != catalog.id), "")
    if not near:
        return why
    way = f"the crosswalk (`gapbench catalogs map {near} {catalog.id}`) shows the way"
    return f"{why.removesuffix('.')}. A rating is never converted; {way}."


def _tell(engagement: Engagement, passage: Passage, ahead: Ahead, noun: Noun, former: str) -> None:
    rows = [(count, what) for count, what in _lines(engagement, passage, ahead, noun, former) if count]
    width = max((len(str(count)) for count, _ in rows), default=1)
    for count, what in rows:
        terminal.paragraph(f"{str(count).rjust(width)} {what}", "  ", " " * (width + 3))


def _lines(
    engagement: Engagement, passage: Passage, ahead: Ahead, noun: Noun, former: str
) -> Iterator[tuple[int, str]]:
    """How many, and of what."""

    def of(count: int, singular: str, plural: str) -> tuple[int, str]:
        return count, f"{noun.one} {singular}" if count == 1 else f"{noun.many} {plural}"

    if passage.succession.mode == "dual":
        yield of(ahead.counts.shared, "is one question for both", "are one question for both")
        yield of(
            ahead.counts.apart,
            "is unchanged, but split or merged: asked apart, the answer copied",
            "are unchanged, but split or merged: asked apart, the answers copied",
        )
    else:
        carried = len({item for item, _ in passage.carried})
        yield of(
            carried,
            "keeps its answer, marked as carried over until you confirm it",
            "keep their answers, marked as carried over until you confirm them",
        )
    yield of(
        len(passage.again),
        "changed: asked again, with the old answer beside",
        "changed: asked again, with the old answers beside",
    )
    differing = len(passage.differing)
    names = _listed(passage.differing)
    yield of(
        differing,
        f"grew from several whose answers differ: asked again ({names})",
        f"grew from several whose answers differ: asked again ({names})",
    )
    yield of(len(passage.new), "is new", "are new")
    if ahead.areas:
        where = f"{len(ahead.areas)} further area{'' if len(ahead.areas) == 1 else 's'}"
        of_them = f"of {where} {{}} asked now ({_listed(ahead.areas)})"
        yield of(ahead.further, of_them.format("is"), of_them.format("are"))
    outside = len(ahead.outside)
    lie = f"{{}} outside {'+'.join(ahead.views) or 'the scope'} and {{}} not count ({_listed(ahead.outside)})"
    yield of(outside, f"with an answer {lie.format('lies', 'does')}", f"with an answer {lie.format('lie', 'do')}")
    gone = f"of {former} {{}} on nowhere ({_listed(passage.dropped)})"
    yield of(len(passage.dropped), gone.format("lives"), gone.format("live"))
    moved, left = len(passage.moved), len(passage.left)
    yield moved, f"finding{'' if moved == 1 else 's'} {'goes' if moved == 1 else 'go'} along"
    stays = "finding stays behind: its" if left == 1 else "findings stay behind: their"
    yield left, f"{stays} {noun.many} live on nowhere ({_listed(passage.left)})"
    again = "judgement is" if len(passage.unjudged) == 1 else "judgements are"
    yield len(passage.unjudged), f"{again} due again ({_listed(passage.unjudged)})"
    units = {unit.id: unit.name for unit in engagement.units()}
    areas = [f"{area} for {units[unit]}" if unit in units else area for area, unit in passage.included]
    back = "area counts" if len(areas) == 1 else "areas count"
    yield len(areas), f"{back} again until left out anew ({_listed(areas)})"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    from gapbench.rating.wording import listed

    return listed(names, _NAMED)


def _next(options: argparse.Namespace) -> None:
    from gapbench.rating.wording import listed

    file = options.file
    if options.dry_run:
        steps = [f"`gapbench bridge {file} --to {options.to}` says what changed"]
        dual = " --dual" if options.dual else ""
        steps.append(f"`gapbench transition {file} --to {options.to}{dual}` does it")
    else:
        steps = [f"`gapbench bridge {file}` says what changed", f"`gapbench {file}` goes on with the walk"]
        steps.append(f"`gapbench undo {file}` takes it back")
    terminal.paragraph(f"Next: {listed(steps)}.")
