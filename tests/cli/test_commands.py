"""What each command does when all is well."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from gapbench import __version__
from gapbench.cli import main, new
from gapbench.cli.parser import COMMANDS, of_command
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import PROFILE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

ISO, CMMI = "iso9001-2015", "cmmi-2.0"


def test_the_version_is_said(run: Run) -> None:
    assert run("--version").out == f"gapbench {__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").out
    assert re.findall(r"^  +([a-z]+)  ", shown, re.MULTILINE) == list(COMMANDS)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(run: Run, name: str) -> None:
    said = run(name, "--help")
    assert said.code == 0
    assert said.out.startswith(f"usage: gapbench {name}")
    assert len(of_command(name).description or "") > 40


@pytest.mark.parametrize("verb", ["answers import", "answers export", "catalogs list", "catalogs show"])
def test_each_verb_explains_itself(run: Run, verb: str) -> None:
    assert run(*verb.split(), "--help").out.startswith(f"usage: gapbench {verb}")


# --- new -----------------------------------------------------------------------------------------


def test_new_starts_an_engagement(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.gapbench"
    said = run(
        "new", path, "--client", "Ünïcode & Söhne", "--title", "Gap 2026", "--framework", "ISO9001-2015",
        "--framework", "cmmi-3.0:dev+svc:2", "--unit", "Falcon", "--unit", "Phase: two:site", "--author", "M. Lang",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert "CMMI 3.0 DEV+SVC to level 2" in said.out
    with Engagement.open(path) as made:
        assert (made.profile().client, made.profile().title) == ("Ünïcode & Söhne", "Gap 2026")
        assert [unit.name for unit in made.units()] == ["Falcon", "Phase: two"]
        assert [one.views for one in made.frameworks()] == [(), ("DEV", "SVC")]
        assert {step.author for step in made.history()} == {"M. Lang"}


def test_new_offers_every_field_of_the_profile() -> None:
    assert ("client", *new.PROFILE) == PROFILE_FIELDS


# --- exclude and judge ---------------------------------------------------------------------------


def test_an_area_is_left_out_and_comes_back(run: Run, acme: Path) -> None:
    assert run("exclude", acme, "SAM", "--reason", "Nothing is bought").out == "Leave out SAM.\n"
    assert (
        run("exclude", acme, "sam", "--reason", "Nothing is bought").out == "SAM is so already; nothing was changed.\n"
    )
    assert run("exclude", acme, "SAM", "--reason", "").out == "Bring back SAM.\n"
    assert run("exclude", acme, "SAM", "--unit", "falcon", "--reason", "None here").out == "Leave out SAM for Falcon.\n"
    refused = run("exclude", acme, "CM", "--reason", "x")
    assert (refused.code, "cannot be out of scope" in refused.sentence) == (1, True)


def test_a_judgement_is_recorded_and_taken_away(run: Run, acme: Path) -> None:
    assert run("judge", acme, "CM/2", "significant", "--reason", "Tags").out == "Judge CM/2 significant.\n"
    assert run("judge", acme, "CM/2", "clear").out == "Take away the judgement on CM/2.\n"
    assert "needs its reason" in run("judge", acme, "CM/2", "significant").sentence
    assert run("judge", acme, "CM/2", "harmless", "--reason", "x").code == 2


def test_a_practice_is_found_without_its_mark(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.gapbench"
    run("new", path, "--client", "A", "--framework", "cmmi-dev-1.3")
    assert "CM SP 1.1" in run("rate", path, "cmsp1.1", "FI").out
    assert "CM SP 1.2" in run("rate", path, "CM 1.2", "FI").out
    assert "is asked in each area of CMMI-DEV 1.3" in run("rate", path, "GP 2.1", "FI").sentence


# --- rate ----------------------------------------------------------------------------------------


def value(path: Path, catalog: str, item: str, unit: str = "") -> str:
    with Engagement.open(path, read_only=True) as engagement:
        ids = {each.name: each.id for each in engagement.units()} | {"": ""}
        return engagement.answer(catalog, item, ids[unit]).value


@pytest.mark.parametrize(
    ("item", "word", "stored"),
    [
        ("8.4.1 c", "partial", "partial"),
        ("8.4.1c", "PARTIAL", "partial"),
        ("iso9001-2015:8.4.1 c", "Not Conforming", "not_conforming"),
        ("8.4.1 c", "not-conforming", "not_conforming"),
        ("8.4.1 c", "condition_not_met", "condition_not_met"),
        ("8.4.1 c", "-", "na"),
        ("8.4.1 c", "n/a", "na"),
    ],
)
def test_a_point_is_rated_by_word(run: Run, acme: Path, item: str, word: str, stored: str) -> None:
    said = run("rate", acme, item, word, "--reason", "Nothing is bought")
    assert said.code == 0
    assert "8.4.1 c" in said.out
    assert value(acme, ISO, "8.4.1 c") == stored


@pytest.mark.parametrize("word", ["FM", "fm", "Lm", "PM", "DM", "NY", "NC"])
def test_a_practice_is_rated_in_its_unit(run: Run, acme: Path, word: str) -> None:
    assert run("rate", acme, "cm 2.1", word, "--unit", "FALCON", "--note", "Tags").code == 0
    assert value(acme, CMMI, "CM 2.1", "Falcon") == word.upper()
    assert value(acme, CMMI, "CM 2.1", "Heron") == ""


@pytest.mark.parametrize("word", ["clear", "CLEAR", ""])
def test_a_rating_is_cleared_and_the_note_stays(run: Run, acme: Path, word: str) -> None:
    run("rate", acme, "8.4.1 c", "partial", "--note", "Two of five")
    assert run("rate", acme, "8.4.1 c", word).code == 0
    with Engagement.open(acme) as engagement:
        answer = engagement.answer(ISO, "8.4.1 c", "")
    assert (answer.value, answer.note) == ("", "Two of five")


def test_a_weakness_that_is_missing_is_asked_for_and_the_rating_is_taken(run: Run, acme: Path) -> None:
    said = run("rate", acme, "CM 2.1", "LM", "--unit", "Falcon")
    assert said.code == 0
    assert "--note" in said.sentence
    assert run("rate", acme, "CM 2.1", "LM", "--unit", "Falcon", "--note", "Tags").err == ""


def test_what_is_hardly_ever_not_applicable_is_said(run: Run, acme: Path) -> None:
    assert "hardly ever" in run("rate", acme, "9.2.2 a", "na", "--reason", "x").sentence


def test_rating_a_heading_rates_what_is_unrated_as_one_step(run: Run, acme: Path) -> None:
    run("rate", acme, "8.4.1 c", "partial")
    said = run("rate", acme, "8.4", "conforming")
    assert "20 points of 8.4 conforming" in said.out
    assert "1 of 21 in 8.4 were already rated" in said.out
    assert value(acme, ISO, "8.4.1 c") == "partial"
    assert "nothing was changed" in run("rate", acme, "8.4", "partial").out
    run("undo", acme)
    assert value(acme, ISO, "8.4.1 a") == ""
    assert value(acme, ISO, "8.4.1 c") == "partial"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("8.2.1 e", "Still to be written for 8.2.1 e: the reason, which condition is absent (--reason)."),
        ("8.7.1 a", "Still to be written for 8.7.1 a: the reason, which condition is absent (--reason)."),
        ("9.2.2 a", "9.2.2 a: this point has no condition of its own in our catalog"),
    ],
)
def test_a_condition_that_is_missing_is_asked_for_and_the_rating_is_taken(
    run: Run, acme: Path, item: str, told: str
) -> None:
    said = run("rate", acme, item, "condition_not_met")
    assert (said.code, told in said.err, "weakness" in said.err) == (0, True, False)
    assert value(acme, ISO, item) == "condition_not_met"


def test_a_heading_says_what_is_still_to_be_written(run: Run, acme: Path) -> None:
    said = run("rate", acme, "8.2.3.2", "condition_not_met")
    assert said.code == 0
    assert said.sentence == (
        "gapbench: Still to be written for 2 points of 8.2.3.2: the reason, which condition is absent; "
        "undo and rate again with --reason, or one by one."
    )
    said = run("rate", acme, "CM", "LM", "--unit", "Falcon")
    assert "practices of CM: the weakness; undo and rate again with --note" in said.sentence
    assert run("rate", acme, "CM", "LM", "--unit", "Heron", "--note", "x").err == ""


def test_a_heading_tells_the_cautions_of_its_points_summed_up(run: Run, acme: Path) -> None:
    said = run("rate", acme, "9.2.1", "na", "--reason", "x")
    assert said.sentence.startswith("gapbench: 9.2.1 §1, 9.2.1 a1, 9.2.1 a2 and 9.2.1 b are hardly ever accepted")
    assert run("rate", acme, "8.3", "na", "--reason", "x").err == ""
    told = run("rate", acme, "9.2.2", "condition_not_met").err
    assert "9.2.2 e and 1 more have no condition of their own in our catalog" in told


def test_a_heading_leaves_alternative_routes_alone(run: Run, acme: Path) -> None:
    said = run("rate", acme, "8.7.1", "conforming")
    assert said.out == "Rate 5 points of 8.7.1 conforming; left out: 4 alternative routes.\n"
    assert value(acme, ISO, "8.7.1 a") == ""
    assert "nothing was changed; left out: 4" in run("rate", acme, "8.7.1", "partial").out
    assert "Rate 4 points of 8.7.1 not applicable; 5 of 9" in run("rate", acme, "8.7.1", "na", "--reason", "x").out
    assert value(acme, ISO, "8.7.1 a") == "na"
    assert "Clear 9 points of 8.7.1" in run("rate", acme, "8.7.1", "clear").out


def test_rating_an_area_and_a_practice_group(run: Run, acme: Path) -> None:
    assert run("rate", acme, "CM/2", "FM", "--unit", "Heron").code == 0
    assert value(acme, CMMI, "CM 1.1", "Heron") == ""
    assert run("rate", acme, "CM", "LM", "--unit", "Heron", "--note", "x").code == 0
    assert (value(acme, CMMI, "CM 1.1", "Heron"), value(acme, CMMI, "CM 2.1", "Heron")) == ("LM", "FM")
    assert run("rate", acme, "CM", "clear", "--unit", "Heron").code == 0
    assert value(acme, CMMI, "CM 2.1", "Heron") == ""


def test_a_finding_is_recorded_and_then_changed_as_part_of_the_step(run: Run, acme: Path) -> None:
    run("rate", acme, "9.2.2 a", "not_conforming", "--finding", "minor", "--note", "No programme")
    run("rate", acme, "9.2.2 a", "not_conforming", "--finding", "MAJOR")
    with Engagement.open(acme) as engagement:
        (finding,) = engagement.findings()
        assert (finding.cls, finding.items, finding.evidence) == ("major", ((ISO, "9.2.2 a"),), "No programme")
    run("undo", acme)
    run("undo", acme)
    with Engagement.open(acme) as engagement:
        assert engagement.findings() == ()
        assert engagement.answer(ISO, "9.2.2 a", "").value == ""


def test_a_finding_stands_in_the_history_in_words(run: Run, acme: Path) -> None:
    run("rate", acme, "9.2.2 a", "conforming", "--finding", "ofi")
    assert "finding opportunity for improvement" in " ".join(run("history", acme).out.split())


# --- undo, redo, history, check ------------------------------------------------------------------


def test_a_step_is_taken_back_and_done_again(run: Run, acme: Path) -> None:
    run("rate", acme, "8.4.1 c", "partial")
    assert "Rate 8.4.1 c partial" in run("undo", acme).out
    assert value(acme, ISO, "8.4.1 c") == ""
    assert "Rate 8.4.1 c partial" in run("redo", acme).out
    assert value(acme, ISO, "8.4.1 c") == "partial"


def test_history_lists_steps_newest_first(run: Run, acme: Path) -> None:
    run("--author", "A. One", "rate", acme, "8.4.1 c", "partial")
    run("rate", acme, "8.4.1 b", "partial", "--author", "B. Two")
    lines = run("history", acme, "--limit", "2").out.splitlines()
    assert ["B. Two" in lines[1], "A. One" in lines[2], len(lines)] == [True, True, 3]
    steps = json.loads(run("history", acme, "8.4.1c", "--json").out)
    assert [(step["author"], step["title"], step["undone"]) for step in steps] == [
        ("A. One", "Rate 8.4.1 c partial", False)
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", steps[0]["at"])
    run("undo", acme)
    assert json.loads(run("history", acme, "8.4.1 b", "--json").out)[-1]["undone"] is True
    assert "Nothing was done there yet." in run("history", acme, "4.1 §1").out


def test_a_sound_file_is_said_to_be_sound(run: Run, acme: Path) -> None:
    assert run("check", acme) == run("check", acme)
    assert run("check", acme).out == "acme.gapbench: sound.\n"


# --- readiness -----------------------------------------------------------------------------------


def test_readiness_is_json_by_contract(run: Run, acme: Path) -> None:
    run("rate", acme, "8.4.1 c", "partial")
    run("rate", acme, "CM 2.1", "PM", "--unit", "Falcon", "--note", "x")
    report = json.loads(run("readiness", acme, "--json").out)
    assert (report["format"], report["client"]) == ("gapbench-readiness/1", "ACME Ltd")
    iso, cmmi = report["assessments"]
    assert (iso["verdict"], iso["percent"], iso["coverage"]) == ("incomplete", 50.0, 0.3)
    assert (cmmi["view"], cmmi["target_level"], cmmi["next_level"]) == ("DEV", 3, 1)
    (cm,) = [area for area in cmmi["groups"] if area["id"] == "CM"]
    assert cm["practices"]["CM 2.1"] == {"value": "NC", "allowed": ["NC"], "units": {"Falcon": "PM", "Heron": "NC"}}


def test_readiness_is_readable_in_80_columns(run: Run, acme: Path) -> None:
    run("rate", acme, "9.2", "not_conforming")
    said = run("readiness", acme)
    assert max(map(len, said.out.splitlines())) < 80
    assert "not_" not in said.out
    for words in ("ISO 9001:2015: not ready", "9.2", "CMMI 2.0 DEV: incomplete", "Maturity level 0", "Indicative"):
        assert words in said.out


def test_a_gate_that_is_not_applicable_is_told(run: Run, acme: Path) -> None:
    run("rate", acme, "9.2.1", "na", "--reason", "x")
    said = run("readiness", acme)
    assert max(map(len, said.out.splitlines())) < 80
    flat = " ".join(said.out.split())
    assert "9.2.1, on which certification rests, is declared not applicable: an auditor will not accept that." in flat
    assert "Whatever the verdict, an auditor will question: 9.2.1 Purpose of internal audits: certification" in flat
    (caution,) = json.loads(run("readiness", acme, "--json").out)["assessments"][0]["cautions"]
    assert (caution["item"], caution["value"]) == ("9.2.1", "na")


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("", "The verdict does not follow from the percentage"),
        ("8.4", "8.4 Control of externally"),
        ("9.3.1", "9.3.1"),
        ("8.4.1c", "8.4.1 c"),
        ("cm", "CM"),
        ("CM/2", "CM group 2"),
        ("ml2", "Maturity level 2"),
        ("cmmi-2.0:ML3", "Maturity level 3"),
        ("cmmi-2.0:CM 2.1", "CM 2.1"),
        ("PAD/3", "PAD group 3"),
    ],
)
def test_a_figure_is_explained(run: Run, acme: Path, subject: str, words: str) -> None:
    said = run("readiness", acme, "--explain", subject)
    assert (said.code, said.err) == (0, "")
    assert words in said.out


# --- answers -------------------------------------------------------------------------------------


def test_answers_go_out_and_come_back(run: Run, acme: Path, template: Path) -> None:
    run("rate", acme, "8.4.1 c", "partial", "--note", '=1+1; "quoted",\nsecond line', "--finding", "minor")
    run("rate", acme, "8.3", "na", "--reason", "Kein Entwurf: größer, 東京")
    run("rate", acme, "CM 2.1", "LM", "--unit", "Heron", "--note", "-")
    assert "answers written" in run("answers", "export", acme, "-o", "out.csv").out
    copy = acme.with_name("copy.gapbench")
    copy.write_bytes(template.read_bytes())
    assert "38 answers and 1 finding taken from out.csv" in run("answers", "import", copy, "out.csv").out
    assert run("answers", "export", copy).out.encode() == acme.with_name("out.csv").read_bytes()
    assert "all were there already" in run("answers", "import", copy, "out.csv").out
    with Engagement.open(acme) as one, Engagement.open(copy) as other:
        assert one.answers(ISO) == other.answers(ISO)
        assert [len(each.answers(CMMI)) for each in (one, other)] == [1, 1]


def test_a_form_holds_everything_that_is_asked(run: Run, acme: Path) -> None:
    out = run("answers", "export", acme, "--all").out.splitlines()
    assert len([line for line in out if line.startswith(ISO)]) == 324
    assert "cmmi-2.0,CM 2.1,Heron,,,," in out


# --- catalogs, demo, workbench, completion -------------------------------------------------------


def test_catalogs_are_listed(run: Run) -> None:
    rows: list[dict[str, Any]] = json.loads(run("catalogs", "list", "--json").out)
    counts = {row["id"]: row["items"] for row in rows}
    assert counts.items() >= {"iso9001-2015": 320, "cmmi-2.0": 229, "cmmi-3.0": 276, "cmmi-dev-1.3": 431}.items()
    assert {"id", "title", "edition", "family", "model", "items"} <= set(rows[0])
    table = run("catalogs", "list").out
    assert max(map(len, table.splitlines())) < 80
    assert all(row["id"] in table for row in rows)


def test_a_catalog_is_shown(run: Run) -> None:
    shown = json.loads(run("catalogs", "show", "CMMI-2.0", "--json").out)
    assert set(shown["views"]) == {"DEV", "SVC", "SPM"}
    text = run("catalogs", "show", ISO).out
    assert "8.4.1 c" in text
    assert max(map(len, text.splitlines())) < 80


def test_a_catalog_file_is_validated(run: Run, tmp_path: Path) -> None:
    from gapbench.catalog.shipped import catalogs_folder

    sound = catalogs_folder() / "cmmi" / "cmmi-2.0.yaml"
    assert "a sound catalog" in run("catalogs", "validate", sound).out
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\n")
    said = run("catalogs", "validate", bad)
    assert said.code == 1
    assert "bad.yaml, line 1" in said.out
    assert "correct it and validate again" in said.sentence
    told = run("catalogs", "validate", bad, "--json")
    assert json.loads(told.out)["sound"] is False


def test_demo_writes_the_example(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "defence-software" in run("demo", "--list").out
    assert run("demo", "--no-open", "d.gapbench").code == 0
    again = run("demo", "--no-open", "d.gapbench")
    assert again.code == 1
    assert "was left as it is" in again.sentence
    assert run("demo", "--no-open").code == 0
    assert (tmp_path / "defence-software.gapbench").exists()


def test_the_workbench_is_opened(acme: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    from gapbench.tui import app

    opened: list[tuple[Any, ...]] = []

    def remember(path: Path | None, *, author: str, theme: str, keys: dict[str, str]) -> int:
        opened.append((path, author, theme, keys))
        return 0

    monkeypatch.setattr(app, "run", remember)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("GAPBENCH_AUTHOR", "E. Gray")
    assert main([]) == 0
    assert main([str(acme)]) == 0
    assert main(["--author", "M. Lang", "."]) == 0
    assert main(["demo", "d.gapbench"]) == 0
    assert main(["demo", "d.gapbench"]) == 0
    assert [str(each[0]) for each in opened] == ["None", "acme.gapbench", ".", "d.gapbench", "d.gapbench"]
    assert [each[1] for each in opened] == ["E. Gray", "E. Gray", "M. Lang", "E. Gray", "E. Gray"]


def test_export_writes_the_workbook(run: Run, acme: Path, tmp_path: Path) -> None:
    run("rate", acme, "8.4.1 c", "partial")
    said = run("export", acme, "-o", "client.xlsx")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("client.xlsx: written for ACME Ltd;")
    assert (tmp_path / "client.xlsx").read_bytes()[:2] == b"PK"
    assert run("export", acme, "-o", "client.xlsx").code == 0
