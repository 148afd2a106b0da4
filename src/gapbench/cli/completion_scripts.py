"""Completion scripts for three shells, made from the parsers of the commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from gapbench.cli.parser import COMMANDS, below, of_command, top

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Words(NamedTuple):
    """What can follow a command.

    Attributes:
        path: The words of the command: ("answers", "import").
        summary: What it does, in a line.
        verbs: Commands below it, with what they do.
        options: Options, with what they mean.
        choices: Words that an argument may be.
    """

    path: tuple[str, ...]
    summary: str
    verbs: dict[str, str]
    options: dict[str, str]
    choices: tuple[str, ...]


def known() -> Iterator[Words]:
    """Every command with what can follow it, the program itself first."""
    start = _words((), "", top())
    yield start._replace(verbs=COMMANDS)
    for name, summary in COMMANDS.items():
        yield from _tree((name,), summary, of_command(name))


def _tree(path: tuple[str, ...], summary: str, parser: argparse.ArgumentParser) -> Iterator[Words]:
    words = _words(path, summary, parser)
    yield words
    for name, verb in below(parser).items():
        yield from _tree((*path, name), words.verbs[name], verb)


def _words(path: tuple[str, ...], summary: str, parser: argparse.ArgumentParser) -> Words:
    verbs: dict[str, str] = {}
    options: dict[str, str] = {}
    choices: tuple[str, ...] = ()
    for action in parser._actions:  # noqa: SLF001 (argparse has no public way to ask)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            verbs = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
        elif action.option_strings:
            options |= dict.fromkeys(action.option_strings, _line(action.help))
        elif action.choices:
            choices = tuple(map(str, action.choices))
    return Words(path, summary, verbs, options, choices)


def _line(text: str | None) -> str:
    """A help text without what a shell could read as its own, but for apostrophes."""
    kept = "".join(letter if letter.isalnum() or letter in " ,;.()/-_'" else " " for letter in text or "")
    return " ".join(kept.split())


def bash(commands: list[Words]) -> str:
    """The script for bash: words of the command in hand, else files."""
    cases = "\n".join(
        f"    {_key(each)}) words={_quoted([*each.verbs, *each.choices])}; options={_quoted(each.options)} ;;"
        for each in commands
    )
    deeper = "|".join(f'"{" ".join(each.path)}"' for each in commands if each.path)
    return f"""\
# bash completion for gapbench
_gapbench() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} path= word words options i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${{path:+$path }}${{COMP_WORDS[i]}}
    case $word in {deeper}) path=$word ;; esac
  done
  case $path in
{cases}
  esac
  COMPREPLY=()
  case $current in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) [ -n "$words" ] && COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
  esac
}}
complete -o bashdefault -o default -F _gapbench gapbench
"""


def _key(words: Words) -> str:
    return f'"{" ".join(words.path)}"'


def _quoted(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'


def zsh(commands: list[Words]) -> str:
    """The script for zsh: the same words with what they mean."""
    cases = "\n".join(
        f"    {_key(each)})\n"
        f"      commands=({_described({**each.verbs, **dict.fromkeys(each.choices, '')})})\n"
        f"      options=({_described(each.options)}) ;;"
        for each in commands
    )
    deeper = "|".join(f'"{" ".join(each.path)}"' for each in commands if each.path)
    return f"""\
#compdef gapbench
_gapbench() {{
  local way word i
  local -a commands options
  way=""
  for ((i = 2; i < CURRENT; i++)); do
    word="${{way:+$way }}${{words[i]}}"
    case $word in {deeper}) way=$word ;; esac
  done
  case $way in
{cases}
  esac
  if [[ ${{words[CURRENT]}} == -* ]]; then
    _describe -o option options
  else
    (( $#commands )) && _describe command commands
    _files
  fi
}}
if [[ $funcstack[1] == _gapbench ]]; then _gapbench "$@"; else compdef _gapbench gapbench; fi
"""


def _described(words: dict[str, str]) -> str:
    shown = (f"{word}:{_line(text)}" if text else word for word, text in words.items())
    return " ".join("'" + each.replace("'", r"'\''") + "'" for each in shown)


def fish(commands: list[Words]) -> str:
    """The script for fish: one line for each word."""
    lines = ["# fish completion for gapbench", *_FISH_HELPER]
    for each in commands:
        when = f"-n '{' '.join(['__gapbench_at', *each.path])}'"
        for verb, text in {**each.verbs, **dict.fromkeys(each.choices, "")}.items():
            lines.append(f"complete -c gapbench {when} -a {verb}{_meaning(text)}")
        for option, text in each.options.items():
            form = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            lines.append(f"complete -c gapbench {when} {form}{_meaning(text)}")
    return "\n".join(lines) + "\n"


_FISH_HELPER = (
    "function __gapbench_at --description 'the command in hand is this one'",
    "    set -l said (commandline -opc)[2..-1]",
    "    set -l plain",
    "    for word in $said",
    "        string match -q -- '-*' $word; or set -a plain $word",
    "    end",
    "    set -l many (count $argv)",
    "    if test $many -eq 0",
    "        test (count $plain) -eq 0",
    "    else",
    '        test (count $plain) -ge $many; and test "$plain[1..$many]" = "$argv"',
    "    end",
    "end",
)


def _meaning(text: str) -> str:
    quoted = _line(text).replace("'", r"\'")
    return f" -d '{quoted}'" if text else ""
