"""Record a decision that the rules leave to the team, with its reason."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Record what the team decided where the rules leave a choice, with the reason, as
one step that one `gapbench undo` takes back: the value of a practice over all
units, or that the weaknesses of a practice group or a goal weigh: significant. A
value that the rules do not allow is refused, and the sentence names those they do.
"""
EXAMPLES = """\
  gapbench judge acme.gapbench "CM 2.1" LM --reason "Heron is small"
  gapbench judge acme.gapbench CM/2 significant --reason "Half the tags missing"
  gapbench judge acme.gapbench "CM SG 1" significant --reason "No baselines"
  gapbench judge acme.gapbench "CM 2.1" clear"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        help='a practice ("CM 2.1"), a practice group (CM/2) or a goal ("CM SG 1"); with CATALOG: before it '
        "where two frameworks share a number",
    )
    parser.add_argument("value", metavar="VALUE", help="a rating, or of a group or goal significant; or clear")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it was decided so")


def run(options: argparse.Namespace) -> int:
    """Take one step."""
    from gapbench.work import words

    with opening.to_write(options) as engagement:
        words.refuse_followed(engagement, options.subject)
        scopes = [engagement.scope(framework.catalog) for framework in engagement.frameworks()]
        subject = words.subject(scopes, options.subject, engagement.twins_of)
        value = words.judged(subject, options.value)
        change = engagement.judge(subject.scope.catalog.id, subject.id, value, options.reason)
        if change:
            terminal.say(f"{change.title}.")
        else:
            terminal.say(f"{subject.id} is judged so already; nothing was changed.")
    return 0
