"""Leave an area out of what is assessed, or bring it back."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Leave a clause or practice area out, with the reason why it does not apply, as one
step that one `gapbench undo` takes back. With an empty reason it counts again.

With --unit it is left out for that project, function or site alone. What a
framework does not let go is refused, and the sentence says why.
"""
EXAMPLES = """\
  gapbench exclude acme.gapbench SAM --reason "Nothing is bought"
  gapbench exclude acme.gapbench SAM --unit Falcon --reason "No suppliers here"
  gapbench exclude acme.gapbench cmmi-2.0:SAM --reason \"\""""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument(
        "area",
        metavar="AREA",
        help="a clause or practice area (8.3, SAM); with CATALOG: before it where two frameworks share a number",
    )
    parser.add_argument("--unit", metavar="NAME", help="only for this project, function or site")
    parser.add_argument("--reason", metavar="TEXT", required=True, help='why it does not apply; "" brings it back')


def run(options: argparse.Namespace) -> int:
    """Take one step."""
    from gapbench.work import words

    with opening.to_write(options) as engagement:
        words.refuse_followed(engagement, options.area)
        scopes = [engagement.scope(framework.catalog) for framework in engagement.frameworks()]
        scope, area = words.area(scopes, options.area, engagement)
        unit = "" if options.unit is None else words.unit_of(scope, options.unit)
        change = engagement.exclude(scope.catalog.id, area, unit, options.reason)
        if change:
            terminal.say(f"{change.title}.")
        else:
            terminal.say(f"{area} is so already; nothing was changed.")
    return 0
