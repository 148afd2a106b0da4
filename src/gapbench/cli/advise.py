"""Which way to ISO 9001, CMMI or both: the decision guide as options, or as a short dialogue."""

from __future__ import annotations

import sys

from gapbench.cli import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.catalog.guide import Guide, Input
    from gapbench.planning.advice import Advice

ABOUT = """\
Advise a path to ISO 9001, CMMI or both, with its reasons and with the answers
that would lead elsewhere. Say what you know as options; the rest counts as
unknown. Without options it asks, a dozen questions with numbered answers.

It advises; the client's contract decides. No engagement is needed.
"""
EXAMPLES = """\
  gapbench advise
  gapbench advise --industry software_defence --contract-cmmi mandatory \\
      --contract-iso9001 scored_or_preferred --deadline-months 24
  gapbench advise --industry startup --size S --json"""

FORMAT = "gapbench-advice/1"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes: an option for every input of the guide."""
    from gapbench.catalog.guide import guide

    for each in guide().inputs:
        option = f"--{each.id.replace('_', '-')}"
        if each.unit:
            parser.add_argument(option, metavar="N", type=int, help=each.ask)
        else:
            said = f"{each.ask} {', '.join(each.values)}"
            parser.add_argument(option, metavar="WORD", choices=tuple(each.values), help=said)
    parser.add_argument("--json", action="store_true", help=f"for programs: {FORMAT}")


def run(options: argparse.Namespace) -> int:
    """Advise."""
    from gapbench.catalog.guide import guide
    from gapbench.planning.advice import advise

    known = guide()
    given = {name: value for name in known.input if (value := getattr(options, name)) is not None}
    if not given and not options.json:
        given = _dialogue(known)
    advice = advise(known, given)
    if options.json:
        terminal.emit_json(_as_json(advice))
    else:
        _show(known, advice)
    return 0


def _as_json(advice: Advice) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "path": advice.path,
        "name": advice.name,
        "rule": advice.rule,
        "reasons": list(advice.reasons),
        "modifiers": [{"rule": each.id, "add": each.add, "why": each.why} for each in advice.modifiers],
        "would_change": [{"input": each.input, "to": each.to, "path": each.path} for each in advice.would_change],
        "inputs": dict(advice.inputs),
    }


def _show(guide: Guide, advice: Advice) -> None:
    terminal.say(f"{advice.name}  ({advice.path}, rule {advice.rule})", "")
    for reason in advice.reasons:
        terminal.paragraph(reason, "  ")
    if advice.modifiers:
        terminal.say("", "Besides:")
        for each in advice.modifiers:
            terminal.paragraph(f"{each.add} {each.why}", "  + ", "    ")
    if advice.would_change:
        terminal.say("", "What would change it:")
        _show_changes(guide, advice)
    if advice.assumed:
        said = (f"{name.replace('_', ' ')}: {_word(guide.input[name], advice.inputs[name])}" for name in advice.assumed)
        terminal.say("")
        terminal.paragraph(f"Assumed, because nobody said otherwise: {'; '.join(said)}.")
    terminal.say("")
    terminal.paragraph(f"{guide.notice} Source of the rule: {advice.source}.")


def _show_changes(guide: Guide, advice: Advice) -> None:
    """Other paths, each with the answers that would lead there."""
    paths: dict[str, dict[str, list[str]]] = {}
    for each in advice.would_change:
        paths.setdefault(each.path, {}).setdefault(each.input, []).append(each.to)
    for path, answers in paths.items():
        terminal.say(f"  {guide.path[path].name}")
        for name, words in answers.items():
            terminal.paragraph(f"{name.replace('_', ' ')}: {' or '.join(words)}", "    ", "      ")


def _word(asked: Input, value: str | int) -> str:
    return asked.values.get(str(value), str(value))


# --- the dialogue --------------------------------------------------------------------------------------


def _dialogue(guide: Guide) -> dict[str, str | int]:
    """Ask what is worth asking; the end of the input ends the questions.

    Raises:
        UsageError: Nobody is there to answer.
    """
    from gapbench.errors import UsageError
    from gapbench.planning.advice import asked

    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("`gapbench advise` needs a terminal to ask, or options; see `gapbench advise --help`.")
    said: dict[str, str | int] = {}
    passed: dict[str, str | int] = {}
    terminal.say("Answer with a number; Enter leaves a question open.")
    while left := [each for each in asked(guide, said) if each.id not in passed]:
        answer = _ask(left[0])
        if answer is None:
            break
        passed[left[0].id] = answer
        if answer != "":
            said[left[0].id] = answer
    terminal.say("")
    return said


def _ask(question: Input) -> str | int | None:
    """The answer to one question, "" when it is left open, None when no more answers come."""
    terminal.say("")
    terminal.paragraph(question.ask)
    for number, word in enumerate(question.values.values(), 1):
        terminal.say(f"  {number:>2}  {word}")
    while True:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            return None
        answer = _answer(question, line.strip())
        if answer is not None:
            return answer
        most = f"from 1 to {len(question.values)}" if question.values else f"of {question.unit}"
        terminal.say(f"A number {most}, or Enter.")


def _answer(question: Input, text: str) -> str | int | None:
    if not text:
        return ""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        return None
    number = int(text)
    if question.unit:
        return number
    return list(question.values)[number - 1] if 1 <= number <= len(question.values) else None
