"""`gapbench plan`: the plan as text and for programs, what is said for it, and what it can be asked."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.engagement.engagement import Engagement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

TODAY = ("--today", "2026-11-23")


@pytest.fixture
def rated(run: Run, acme: Path) -> Path:
    """Acme with some gaps in both frameworks, one of them major."""
    for item, rating in (("9.2.1 b", "not_conforming"), ("7.5.1 a", "partial"), ("8.4.1 §1", "partial")):
        assert run("rate", acme, item, rating, "--note", "Seen").code == 0
    assert run("rate", acme, "9.2.1 b", "not_conforming", "--finding", "major").code == 0
    for item in ("CM 2.1", "PLAN 2.1"):
        for unit in ("Falcon", "Heron"):
            assert run("rate", acme, item, "PM", "--unit", unit, "--note", "Weak").code == 0
    return acme


def plan_of(run: Run, path: Path, *words: str) -> dict[str, Any]:
    said = run("plan", path, *TODAY, "--json", *words)
    assert (said.code, said.err) == (0, "")
    return dict(json.loads(said.out))


def package(run: Run, path: Path, name: str) -> dict[str, Any]:
    (found,) = [it for it in plan_of(run, path)["packages"] if it["id"] == name]
    return dict(found)


# --- what it shows -----------------------------------------------------------------------------------


def test_the_text_shows_order_dates_gates_forecast_and_saving(run: Run, rated: Path) -> None:
    said = run("plan", rated, *TODAY)
    assert (said.code, said.err) == (0, "")
    assert max(map(len, said.out.splitlines())) <= 80
    for words in (
        "ACME Ltd: the plan of 2026-11-23",
        "Packages in the order of work",
        "id P S C B R G U Z open days",
        "At once, before all else",
        "Certification audit, stage 2",
        "Benchmark appraisal",
        "Critical path: ",
        "Forecast",
        "2026-11-30",
        "modelled, not measured",
    ):
        assert words in " ".join(said.out.split()), words
    assert run("plan", rated, *TODAY) == said


def test_a_plan_with_nothing_open_says_so(run: Run, acme: Path) -> None:
    said = run("plan", acme, *TODAY)
    assert "nothing to plan" in said.out
    assert plan_of(run, acme)["packages"] == []


def test_programs_get_the_format_of_the_product(run: Run, rated: Path) -> None:
    said = plan_of(run, rated)
    assert said["format"] == "gapbench-plan/1"
    assert {it["id"] for it in said["packages"]} == {"WP04", "WP12", "WP19", "WP21"}
    by_name = {it["id"]: it for it in said["packages"]}
    assert by_name["WP04"]["open"] == ["iso9001-2015:7.5.1 a", "cmmi-2.0:CM 2.1"]
    assert by_name["WP21"]["priority"]["S"] == 5
    assert said["now"]["cmmi"]["maturity_level"] == 0


def test_looking_changes_nothing(run: Run, rated: Path, snapshot: Callable[[], dict[str, Any]]) -> None:
    before = snapshot()
    asked: tuple[tuple[str, ...], ...] = (
        (),
        ("best", "30"),
        ("compare",),
        ("audits",),
        ("review",),
        ("actions",),
        ("what-if", "WP04"),
    )
    for words in asked:
        assert run("plan", rated, *TODAY, *words).code == 0
        assert json.loads(run("plan", rated, *words, *TODAY, "--json").out)
    said = (("set", "--capacity", "3"), ("package", "WP04", "--start", "2027-05-03"), ("action", "Write"))
    for words in said:
        assert "Nothing is written" in run("plan", rated, *TODAY, *words, "--dry-run").out
    assert snapshot() == before


# --- what is said for it -------------------------------------------------------------------------------


def test_the_programme_is_said_as_one_step(run: Run, rated: Path) -> None:
    words = (
        "set", "--size", "L", "--begin", "2027-01-11", "--capacity", "12.5", "--month", "2027-08=0",
        "--deadline", "2027-08-31", "--iso-deadline", "2027-10-01", "--cmmi-mandate", "mandatory",
        "--iso-mandate", "scored", "--holiday", "2026-12-24..2027-01-06", "--holiday", "2027-05-01",
    )  # fmt: skip
    said = run("plan", rated, *TODAY, *words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Set the plan.\n")
    assert "Certificate: 2" in said.out  # what moved
    assert plan_of(run, rated)["settings"] == {
        "size": "L",
        "begin": "2027-01-11",
        "capacity": 12.5,
        "capacities": {"2027-08": 0.0},
        "cmmi_mandate": 3,
        "iso_mandate": 1,
        "deadline": "2027-08-31",
        "deadlines": {"iso": "2027-10-01"},
        "holidays": [["2026-12-24", "2027-01-06"], ["2027-05-01", "2027-05-01"]],
    }
    assert run("plan", rated, *TODAY, *words).out == "It is so already; nothing was changed.\n"
    none = (
        "set",
        "--begin",
        "none",
        "--deadline",
        "none",
        "--iso-deadline",
        "none",
        "--month",
        "none",
        "--holiday",
        "none",
    )
    assert run("plan", rated, *TODAY, *none).code == 0
    left = plan_of(run, rated)["settings"]
    assert (left["begin"], left["deadline"], left["deadlines"], left["capacities"], left["holidays"]) == (
        None, None, {}, {}, [],
    )  # fmt: skip
    assert run("undo", rated).out.startswith("Took back: Set the plan")


def test_a_mandate_and_a_deadline_press_the_packages_of_their_track(run: Run, rated: Path) -> None:
    assert package(run, rated, "WP04")["priority"]["C"] == 0
    run("plan", rated, "set", "--cmmi-mandate", "mandatory", "--iso-mandate", "scored", "--cmmi-deadline", "2027-06-01")
    assert package(run, rated, "WP04")["priority"]["C"] == 5
    assert package(run, rated, "WP21")["priority"]["C"] == 1


def test_a_package_is_decided_on_and_left_to_the_model_again(run: Run, rated: Path) -> None:
    said = run("plan", rated, *TODAY, "package", "wp04", "--owner", "Ann", "--status", "started", "--start",
               "2027-02-01", "--due", "2027-02-26", "--effort", "4-8.5", "--pain", "3x4", "--priority", "5",
               "--reason", "The customer asks for it")  # fmt: skip
    assert said.out.startswith("Decide on WP04.\n")
    found = package(run, rated, "WP04")
    assert (found["owner"], found["status"], found["due"], found["effort"]) == (
        "Ann",
        "started",
        "2027-02-26",
        [4, 8.5],
    )
    assert found["start"] >= "2027-02-01"
    assert (found["priority"]["P"], found["priority"]["R"]) == (5, 2.4)
    assert found["priority"]["override"] == "The customer asks for it"
    assert "own figure: The customer asks" in re.sub(r"\n +", " ", run("plan", rated, *TODAY).out)
    for option, text in (("owner", ""), ("status", "planned"), ("start", "none"), ("due", "none"), ("effort", "none"),
                         ("pain", "none"), ("priority", "none")):  # fmt: skip
        assert run("plan", rated, "package", "WP04", f"--{option}", text).code == 0
    with Engagement.open(rated) as engagement:
        assert engagement.decisions() == ()


def test_actions_are_recorded_taken_up_changed_and_removed(run: Run, rated: Path) -> None:
    said = run("plan", rated, *TODAY, "action", "Write the procedure", "--closes", "7.5.1 a", "--effort", "2")
    assert said.out.startswith("Action “Write the procedure” in WP04.\n")
    (mine,) = [it for it in package(run, rated, "WP04")["actions"] if it["recorded"]]
    assert (mine["closes"], mine["effort"], mine["manual"]) == (["iso9001-2015:7.5.1"], 2.0, True)
    assert mine["id"][:8] in run("plan", rated, *TODAY, "actions").out
    said = run("plan", rated, *TODAY, "action", mine["id"][:8], "--status", "done")
    assert said.out.startswith("Action “Write the procedure” done.\n")
    said = run("plan", rated, *TODAY, "action", "Close the major", "--finding", "F-01", "--needs", mine["id"])
    assert said.out.startswith("Action “Close the major” in WP21.\n")
    (proposed,) = [it for it in package(run, rated, "WP12")["actions"] if not it["recorded"]]
    assert run("plan", rated, *TODAY, "action", proposed["id"], "--owner", "Ann").code == 0
    (taken,) = package(run, rated, "WP12")["actions"]
    assert (taken["recorded"], taken["owner"], taken["what"]) == (True, "Ann", proposed["what"])
    assert run("plan", rated, *TODAY, "action", mine["id"], "--drop").out.startswith("Remove the action")
    assert all(it["id"] != mine["id"] for it in package(run, rated, "WP04")["actions"])
    assert run("check", rated).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set",), 2, "says nothing"),
        (("set", "--capacity", "many"), 2, "figure from 0 up"),
        (("set", "--capacity", "0"), 1, "does not end within 20 years"),
        (("set", "--begin", "tomorrow"), 2, "no day; write it as in"),
        (("set", "--begin", "9999-12-31"), 2, "no day of a plan"),
        (("set", "--holiday", "2027-02-01..2027-01-01"), 2, "turn it round"),
        (("set", "--month", "2027-13=4"), 2, "as in 2027-03"),
        (("set", "--size", "XL"), 2, "invalid choice"),
        (("package", "WP99", "--owner", "x"), 2, "no work package WP99"),
        (("package", "WP04"), 2, "says nothing"),
        (("package", "WP04", "--pain", "3x9"), 2, "1 to 5 each"),
        (("package", "WP04", "--effort", "8-4"), 2, "lower to the higher"),
        (("package", "WP04", "--priority", "5"), 2, "of your own wants its reason"),
        (("package", "WP04", "--start", "2027-02-01", "--due", "2027-01-01"), 2, "before it may start"),
        (("action", "", "--package", "WP04"), 2, "says what is to be done"),
        (("action", "x", "--closes", "99.9"), 2, "There is no item"),
        (("action", "x", "--finding", "F-77"), 2, "There is no finding"),
        (("action", "x", "--needs", "y"), 2, "There is no action"),
        (("action", "12345678", "--drop"), 2, "There is no action"),
        (("what-if", "WP25"), 2, "has nothing to do in this plan"),
        (("best", "-x"), 2, "needs DAYS"),
        (("best", "all"), 2, "figure from 0 up"),
        (("dance",), 2, "invalid choice"),
        (("--today", "2026-02-30"), 2, "no day; write it"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence_and_writes_nothing(
    run: Run, rated: Path, snapshot: Callable[[], dict[str, Any]], words: tuple[str, ...], code: int, said: str
) -> None:
    before = snapshot()
    done = run("plan", rated, *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.sentence
    assert snapshot() == before


# --- what it can be asked --------------------------------------------------------------------------------


def test_what_if_runs_the_rules_on_packages_that_are_done(run: Run, rated: Path) -> None:
    every = ",".join(it["id"] for it in plan_of(run, rated)["packages"])
    said = json.loads(run("plan", rated, *TODAY, "what-if", every, "--json", "--unrated-as-met").out)
    assert said["now"]["iso"]["open"] == 3
    assert (said["then"]["iso"]["open"], said["then"]["iso"]["percent"]) == (0, 100.0)
    assert "If WP04 were done" in run("plan", rated, *TODAY, "what-if", "WP04").out


def test_unrated_as_met_looks_beyond_a_session_that_goes_on(run: Run, rated: Path) -> None:
    assert plan_of(run, rated)["forecast"][-1]["cmmi"]["maturity_level"] == 0
    assert plan_of(run, rated, "--unrated-as-met")["forecast"][-1]["cmmi"]["maturity_level"] == 3


def test_so_many_days_give_most_in_these_packages(run: Run, rated: Path) -> None:
    said = json.loads(run("plan", rated, *TODAY, "best", "1000", "--json").out)
    assert {*said["packages"]} == {"WP04", "WP12", "WP19", "WP21"}
    assert any("no major left" in it for it in said["reached"])
    assert "No package" in run("plan", rated, *TODAY, "best", "0").out


def test_the_orders_are_compared(run: Run, rated: Path) -> None:
    said = json.loads(run("plan", rated, *TODAY, "compare", "--json").out)
    assert [it["order"] for it in said["paths"]] == ["together", "iso", "cmmi"]
    assert "CMMI first" in run("plan", rated, *TODAY, "compare").out


def test_audits_and_review_are_one_for_both_frameworks(run: Run, rated: Path) -> None:
    audits = json.loads(run("plan", rated, *TODAY, "audits", "--json").out)
    assert any({ref.split(":")[0] for ref in it["refs"]} == {"iso9001-2015", "cmmi-2.0"} for it in audits["units"])
    assert "Falcon" in run("plan", rated, *TODAY, "audits").out
    review = json.loads(run("plan", rated, *TODAY, "review", "--json").out)
    assert len(review["items"]) == 14
    text = run("plan", rated, *TODAY, "review").out
    assert review["items"][0]["topic"][:40] in re.sub(r"\n +", " ", text)
    assert max(map(len, text.splitlines())) <= 80
