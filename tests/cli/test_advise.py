"""`gapbench advise`: options, a dialogue, and JSON for programs."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog.guide import guide
from gapbench.cli import parser

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(parser.COMMANDS, "advise", "which way")


class Terminal(io.StringIO):
    """Somebody who types, then leaves."""

    def isatty(self) -> bool:
        return True


def options(inputs: dict[str, Any]) -> list[str]:
    return [word for name, value in inputs.items() for word in (f"--{name.replace('_', '-')}", str(value))]


@pytest.mark.parametrize("case", guide().cases, ids=lambda case: case.name)
def test_the_checked_cases_as_json(run: Run, case: Any) -> None:
    done = run("advise", *options(case.inputs), "--json")
    said = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(said) == ["format", "path", "name", "rule", "reasons", "modifiers", "would_change", "inputs"]
    assert (said["format"], said["path"], said["rule"]) == ("gapbench-advice/1", case.path, case.rule)
    assert said["inputs"] | case.inputs == said["inputs"]
    assert all(set(change) == {"input", "to", "path"} for change in said["would_change"])
    assert all(set(each) == {"rule", "add", "why"} for each in said["modifiers"])


def test_in_words(run: Run) -> None:
    done = run("advise", "--industry", "startup", "--size", "S", "--goal", "certificate")
    assert done.code == 0
    assert done.out.startswith("A light ISO 9001 first  (ISO_FIRST_LIGHT, rule B16)")
    assert "a small team cannot carry two programmes" in done.out
    assert "+ Tag gaps by the edition" in done.out
    assert "What would change it:" in done.out
    assert "contract cmmi: mandatory" in done.out
    assert "Assumed, because nobody said otherwise:" in done.out
    assert max(map(len, done.out.splitlines())) < 80


def test_json_alone_asks_nothing(run: Run) -> None:
    said = json.loads(run("advise", "--json").out)
    assert (said["path"], said["rule"]) == ("ISO_FIRST", "B19")


def test_every_input_is_an_option(run: Run) -> None:
    shown = run("advise", "--help").out
    assert all(f"--{each.id.replace('_', '-')}" in shown for each in guide().inputs)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--industry", "circus"], "circus"),
        (["--deadline-months", "soon"], "soon"),
        (["--deadline-months", "-3"], "deadline_months is a number of months"),
        (["--colour", "red"], "does not know"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(run: Run, words: list[str], said: str) -> None:
    done = run("advise", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.sentence


def test_without_options_and_without_a_terminal_it_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    done = run("advise")
    assert done.code == 2
    assert "needs a terminal to ask, or options" in done.sentence


def test_the_dialogue_asks_what_is_worth_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Defence software, CMMI mandatory at level 3, ISO earns points, two years, nothing held, large."""
    answers = ["1", "3", "3", "2", "", "2", "", "24", "1", "3", "1", "1", "", "2"]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers) + "\n"))
    done = run("advise")
    assert done.code == 0
    assert "What does the company do?" in done.out
    assert "   1  software for defence" in done.out
    assert "Which class has the software" in done.out
    assert "Both at once, in one system  (BOTH_INTEGRATED, rule B07)" in done.out


def test_an_answer_that_is_none_is_asked_again_and_the_end_of_input_ends_the_questions(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("99\nstartup\n11\n"))
    done = run("advise")
    assert done.code == 0
    assert done.out.count("A number from 1 to 12, or Enter.") == 2
    assert "ISO_FIRST_LIGHT" in done.out


def test_all_questions_left_open_is_an_answer_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("\n" * 30))
    done = run("advise")
    assert "(ISO_FIRST, rule B19)" in done.out
    assert done.out.count("> ") == len([each for each in guide().inputs if not each.asked_when])
