"""Start an engagement for a client."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog

ABOUT = """\
Start an engagement: one file for one client, with the standards and models that
are looked at and the units that are sampled.

A framework is CATALOG, CATALOG:VIEW or CATALOG:VIEW:LEVEL; views join with +.
Left out, the first view and the highest level count. `gapbench catalogs list`
shows the catalogs, `gapbench catalogs show ID` the views of one.

With --dual an edition and the one before it are asked together: where nothing
changed one question serves both, and only the differences are asked twice.

A unit is NAME, or NAME:project, NAME:function, NAME:site. Projects answer for
CMMI, support functions for what only they do, sites for ISO 9001. Without units
the organisation answers as one.
"""
EXAMPLES = """\
  gapbench new acme.gapbench --client "ACME Ltd" --framework iso9001-2015
  gapbench new acme.gapbench --client "ACME Ltd" --title "Gap analysis 2026" \\
      --framework iso9001-2015 --framework cmmi-2.0:dev:3 \\
      --unit Falcon --unit Heron --unit "Purchasing:function"
  gapbench new acme.gapbench --client "ACME Ltd" --framework cmmi-3.0:dev+svc:2
  gapbench new acme.gapbench --client "ACME Ltd" --dual \\
      --framework iso9001-2015 --framework iso9001-2026"""

PROFILE = {
    "title": "what the engagement is called",
    "sites": "where",
    "in_scope": "what is looked at",
    "out_of_scope": "what is not",
    "dates": "when the session takes place",
    "team": "the consultants",
    "sponsor": "who at the client asked for it",
    "classification": "mark on every page of the workbook; left out, Confidential",
    "sampling": "how the sample was drawn",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    parser.add_argument("file", metavar="FILE", help="the new file, as in acme.gapbench")
    parser.add_argument("--client", metavar="NAME", required=True, help="name of the client")
    parser.add_argument(
        "--framework",
        metavar="SPEC",
        action="append",
        required=True,
        help="CATALOG[:VIEW[+VIEW...][:LEVEL]]; again for each framework",
    )
    parser.add_argument("--dual", action="store_true", help="ask an edition and the one before it together")
    parser.add_argument(
        "--unit",
        metavar="SPEC",
        action="append",
        default=[],
        help="NAME[:project|function|site]; again for each unit",
    )
    for name, what in PROFILE.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", help=what)


def _hints(catalogs: list[Catalog], *, dual: bool) -> Iterator[str]:
    """Where one framework holds what another asks too."""
    there = {catalog.id: catalog for catalog in catalogs}
    for catalog in catalogs:
        if catalog.extends in there:
            inner = there[catalog.extends]
            yield f"{catalog.name} contains {inner.name} whole, which is asked twice now; leave {inner.id} out."
        if catalog.base in there and not dual:
            former = there[catalog.base].name
            yield f"{catalog.name} follows {former}, and both are asked apart; --dual asks what is the same once."


def run(options: argparse.Namespace) -> int:
    """Start the engagement."""
    from gapbench.engagement.values import Profile
    from gapbench.rating.models import noun_of
    from gapbench.work import editions, starting

    given = {name: getattr(options, name) for name in PROFILE}
    said = {name: text for name, text in given.items() if text is not None}
    path = opening.path_of(options.file)
    frameworks = [starting.parse_framework(text) for text in options.framework]
    units = [starting.parse_unit(text) for text in options.unit]
    profile = Profile(client=options.client, **said)
    author = opening.settings(options).author
    with starting.start(path, profile, frameworks, units, author, dual=options.dual) as engagement:
        terminal.say(f"{path}: started for {engagement.profile().client}.")
        for framework in engagement.frameworks():
            head, _, tally = starting.describe(engagement.scope(framework.catalog)).rpartition(", ")
            noun = noun_of(engagement.catalog(framework.catalog))
            count = tally.split()[0]
            terminal.say(f"  {head}, {count} {noun.one if count == '1' else noun.many}")
        for pair in engagement.dual():
            counts = editions.counts(engagement, pair.catalog)
            noun = noun_of(engagement.catalog(pair.catalog))
            names = f"{engagement.catalog(pair.former).name} and {engagement.catalog(pair.catalog).name}"
            apart = f", {counts.apart} unchanged but split or merged and asked apart" if counts.apart else ""
            terminal.paragraph(
                f"{names} are asked together: of {counts.once + counts.again + counts.new} {noun.many} {counts.shared} "
                f"are one question for both{apart}, {counts.again} changed, {counts.new} new",
                "  ",
                "    ",
            )
        for unit in engagement.units():
            terminal.say(f"  {unit.name}, {unit.kind}")
    for hint in _hints([catalog for catalog, _, _ in frameworks], dual=options.dual):
        terminal.note(hint)
    terminal.say(f"Open it with: gapbench {path}")
    if path.suffix != ".gapbench":
        terminal.note("The home screen lists only files that end in .gapbench; rename it if it should be there.")
    return 0
