"""Which commands there are, and how their words are read; options are built only when needed."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from gapbench import __version__
from gapbench.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Protocol

    from _typeshed import SupportsWrite

    class Command(Protocol):
        """A module of this package that is a command."""

        ABOUT: str
        EXAMPLES: str

        def arguments(self, parser: Parser) -> None:
            """Describe what the command takes."""

        def run(self, options: argparse.Namespace) -> int:
            """Do it; give the exit code."""
            ...


WORKBENCH = "workbench"
COMMANDS = {
    "demo": "write a worked example and open it in the workbench",
    "new": "start an engagement for a client",
    "rate": "rate a point or practice, or what is unrated in a clause or area",
    "judge": "record what the team decided, with its reason",
    "exclude": "leave an area out with its reason, or bring it back",
    "answers": "bring answers in from a CSV file, or write them to one",
    "readiness": "how far the client is, with what stands in the way",
    "plan": "what to do, in what order, and when the client is ready",
    "advise": "which way to ISO 9001, CMMI or both",
    "transition": "go on to a new edition of a standard or model",
    "bridge": "what changed from one edition to the next",
    "export": "write the client's Excel workbook",
    "oscal": "write the session as OSCAL for other programs",
    "undo": "take the last step back",
    "redo": "do again what was taken back",
    "history": "what was done, by whom and when",
    "check": "is the file sound?",
    "catalogs": "the standards and models that gapbench knows, and what they ask",
    "completion": "make the tab key complete commands in bash, zsh or fish",
}

ABOUT = """\
A workbench for ISO 9001 and CMMI gap sessions. Without a command it opens the
screens: on an engagement file, or on the list of engagements in a folder.
"""
EXAMPLES = """\
examples:
  gapbench demo                                 try it on a worked example
  gapbench new acme.gapbench --client "ACME Ltd" \\
      --framework iso9001-2015 --framework cmmi-2.0:dev:3 --unit Falcon
  gapbench acme.gapbench                        open it and walk
  gapbench rate acme.gapbench "8.4.1 c" partial --note "Two of five suppliers"
  gapbench readiness acme.gapbench
  gapbench export acme.gapbench -o acme.xlsx

`gapbench COMMAND --help` explains one command. It ends with 0 when it is done,
with 1 when something was refused (one sentence says what to do next), with 2
when the words were not understood.
Readiness is indicative: only an accredited certification body certifies, only a
benchmark appraisal by a certified lead appraiser rates."""


class Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one sentence."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong with the call and where to look."""
        raise UsageError(f"{self._sentence(message)}; see `{self.prog} --help`.")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print help and version; argparse would keep silent about a full disk."""
        file = file or sys.stdout
        if file is not None:
            file.write(message)

    def _sentence(self, message: str) -> str:
        missing = message.removeprefix("the following arguments are required: ")
        if missing != message:
            return f"`{self.prog}` needs {missing}"
        strange = message.removeprefix("unrecognized arguments: ")
        if strange == message:
            return f"`{self.prog}`: {message}"
        first = strange.split("=")[0].split(" ")[0]
        return f"`{self.prog}` does not know {strange}{self._nearest(first)}"

    def _nearest(self, word: str) -> str:
        known = [option for action in self._actions for option in action.option_strings]
        return did_you_mean(word, known) if word.startswith("-") else ""


def did_you_mean(word: str, known: list[str]) -> str:
    """A question in brackets when one of the known words is near, else ""."""
    near = min(known, key=lambda each: _distance(word, each), default="")
    return f" (did you mean {near}?)" if _distance(word, near) * 2 <= len(near) else ""


def _distance(one: str, other: str) -> int:
    """How many letters to change, add or leave out; `difflib` costs more than the whole program."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one[:40], 1):
        before, row[0] = row[0], i
        for j, match in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != match))
    return row[-1]


def top() -> Parser:
    """The program itself: options before the command, and the file or folder to open."""
    listed = "\n".join(f"  {name:<12}{summary}" for name, summary in COMMANDS.items())
    parser = Parser(
        prog="gapbench",
        usage="gapbench [FILE|FOLDER]\n       gapbench COMMAND ...",
        description=f"{ABOUT}\ncommands:\n{listed}",
        epilog=EXAMPLES,
    )
    parser.add_argument(
        "path",
        metavar="FILE|FOLDER",
        nargs="?",
        help="an engagement, or a folder of engagements; left out, the current folder",
    )
    _common(parser)
    parser.add_argument("--version", action="version", version=f"gapbench {__version__}")
    return parser


def of_command(name: str) -> Parser:
    """The parser of one command."""
    command = module(name)
    parser = Parser(
        prog=f"gapbench {name}",
        description=command.ABOUT,
        epilog=f"examples:\n{command.EXAMPLES}" if command.EXAMPLES else None,
    )
    command.arguments(parser)
    _common(parser)
    for verb in below(parser).values():
        _common(verb, default=argparse.SUPPRESS)
    return parser


def below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of a command's own commands, by name."""
    for action in parser._actions:  # noqa: SLF001 (argparse has no public way to ask)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    return {}


def module(name: str) -> Command:
    """The module that carries a command out."""
    found: Any = import_module(f"gapbench.cli.{name}")
    return found  # type: ignore[no-any-return]


def parse(words: list[str]) -> tuple[str, argparse.Namespace]:
    """Read the words of a call: the command and its options.

    Raises:
        UsageError: They make no call.
        SystemExit: Help or the version was asked for and has been shown.
    """
    before, rest = _split(words)
    if not rest or rest[0] not in COMMANDS:
        return WORKBENCH, _open(before, rest)
    name, *own = rest
    given = top().parse_args(before)
    options = of_command(name).parse_args(own)
    options.author = options.author or given.author
    return name, options


def _open(before: list[str], rest: list[str]) -> argparse.Namespace:
    if len(rest) > 1 and not rest[0].startswith("-"):
        _refuse_several([word for word in rest if not word.startswith("-")])
        hint = did_you_mean(rest[0], list(COMMANDS))
        if hint or not any(word.startswith("-") for word in rest[1:]):
            raise UsageError(f"There is no command '{rest[0]}'{hint}; see `gapbench --help`.")
    return top().parse_args([*before, *rest])


def _refuse_several(words: list[str]) -> None:
    """Refuse what is more than one engagement or folder, or a command behind its file."""
    first, *others = words
    if not others or not _is_path(first):
        return
    if others[0] in COMMANDS:
        raise UsageError(f"The command comes first: `gapbench {others[0]} {first}`; see `gapbench --help`.")
    if _is_path(others[0]):
        raise UsageError(f"The workbench opens one engagement at a time; name '{first}' or '{others[0]}'.")


def _is_path(word: str) -> bool:
    return word.endswith(".gapbench") or os.path.exists(word)  # noqa: PTH110 (pathlib is not loaded yet)


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Options of the program itself, and the rest from the first word on."""
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] not in ("-", "--"):
        at += 2 if words[at] == "--author" else 1
    return words[:at], words[at:]


def _common(parser: argparse.ArgumentParser, default: str = "") -> None:
    parser.add_argument(
        "--author",
        metavar="NAME",
        default=default,
        help="who signs the steps; else GAPBENCH_AUTHOR, the settings, or your login",
    )
