"""The worked example: what every new user opens first, and what the pictures show."""

import csv
import re
import tomllib
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import count
from pathlib import Path

import pytest

from gapbench.catalog.guide import guide
from gapbench.cli import demo
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow
from gapbench.errors import FileError, UsageError
from gapbench.planning.advice import advise
from gapbench.rating.inputs import ORGANISATION, Answer
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.work.example import DEFAULT, EXAMPLES, write_example

ISO, CMMI = "iso9001-2015", "cmmi-2.0"
OTHERS = tuple(name for name in EXAMPLES if name != DEFAULT)


def _files(name: str) -> list[Traversable]:
    return sorted((files("gapbench.work") / "examples" / name).iterdir(), key=lambda entry: entry.name)


def _sittings(name: str) -> list[Traversable]:
    return [entry for entry in _files(name) if entry.name.endswith(".csv")]


FILES = _files(DEFAULT)
EVERY_FILE = [pytest.param(entry, id=f"{name}/{entry.name}") for name in EXAMPLES for entry in _files(name)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "demo.gapbench"
    write_example(path)
    return path


@pytest.fixture
def engagement(written: Path) -> Iterator[Engagement]:
    with Engagement.open(written, read_only=True) as opened:
        yield opened


@pytest.fixture
def iso(engagement: Engagement) -> ConformityResult:
    case = engagement.case(ISO)
    result = model_of(case.scope).assess(case)
    assert isinstance(result, ConformityResult)
    return result


@pytest.fixture
def cmmi(engagement: Engagement) -> LevelResult:
    case = engagement.case(CMMI)
    result = model_of(case.scope).assess(case)
    assert isinstance(result, LevelResult)
    return result


def _answers(engagement: Engagement) -> list[Answer]:
    return [
        answer for framework in engagement.frameworks() for answer in engagement.answers(framework.catalog).values()
    ]


# --- the case ----------------------------------------------------------------------------------


def test_three_projects_a_support_function_and_both_frameworks(engagement: Engagement) -> None:
    assert [(unit.name, unit.kind) for unit in engagement.units()] == [
        ("Falcon", "project"),
        ("Heron", "project"),
        ("Kestrel", "project"),
        ("Process Group", "function"),
    ]
    first, second = engagement.frameworks()
    assert first.catalog == ISO
    assert (second.catalog, tuple(second.views), second.target) == (CMMI, ("DEV",), 3)


def test_the_first_of_two_days_is_done(iso: ConformityResult, engagement: Engagement) -> None:
    assert iso.tally.scored == 320
    assert iso.tally.coverage is not None
    assert 55 <= iso.tally.coverage <= 65
    assert iso.verdict == "incomplete"
    untouched = {leaf for leaf, result in iso.leaves.items() if not result.tally.rated}
    done = {leaf for leaf, result in iso.leaves.items() if result.tally.rated == result.tally.scored}
    assert {"8.6", "9.1.3", "10.2.1"} <= untouched
    assert {"4.3", "8.3.6", "9.2.1", "9.2.2", "9.3.2"} <= done
    assert engagement.profile().dates.startswith("Day one")


def test_two_majors_are_recorded_and_none_is_proposed(iso: ConformityResult) -> None:
    majors = [finding for finding in iso.findings if finding.cls == "major"]
    assert iso.majors == 2
    assert [finding.label for finding in majors] == ["F-01", "F-02"]
    leaves = [{item.split()[0] for owner, item in major.items if owner == ISO} for major in majors]
    assert leaves == [{"9.2.1", "9.2.2"}, {"8.3.6"}]
    assert all(major.cause for major in majors)


def test_findings_of_every_class_and_one_that_is_closed(engagement: Engagement, iso: ConformityResult) -> None:
    findings = engagement.findings()
    assert [finding.number for finding in findings] == list(range(1, 19))
    assert Counter(finding.cls for finding in findings) == {
        "major": 2,
        "minor": 11,
        "ofi": 2,
        "observation": 1,
        "strength": 2,
    }
    assert [finding.number for finding in findings if finding.status == "closed"] == [13]
    assert any(finding.proposed for finding in iso.findings)


def test_level_one_with_level_two_in_reach(cmmi: LevelResult) -> None:
    assert (cmmi.maturity_level, cmmi.next_level, cmmi.verdict) == (1, 2, "incomplete")
    assert [blocker.item for blocker in cmmi.blockers] == [
        "CM 2.4",
        "CM 2.6",
        "EST 2.2",
        "GOV 2.3",
        "MC 2.4",
        "MPM 2.2",
        "PQA 2.2",
    ]
    assert cmmi.coverage is not None
    assert 55 <= cmmi.coverage <= 65


def test_every_area_of_level_two_is_characterized(cmmi: LevelResult) -> None:
    asked = [area for area in cmmi.areas if area.asked_from == 2]
    assert {area.id for area in asked} == set(
        "CM EST GOV II MC MPM PLAN PQA RDM SAM".split()  # noqa: SIM905 (read as people say it)
    )
    for area in asked:
        assert area.practice_groups[1] == "satisfied", area.id
        assert area.practice_groups[2] != "not_rated", area.id


def test_judgements_recorded_and_due(engagement: Engagement, cmmi: LevelResult) -> None:
    recorded = engagement.judgements(CMMI)
    assert {subject: entry.value for subject, entry in recorded.items()} == {
        "EST 3.2": "PM",
        "RDM 2.6": "LM",
    }
    assert all(len(entry.reason) > 40 for entry in recorded.values())
    assert "GOV 2.3" in cmmi.judgements_due
    assert not set(recorded) & set(cmmi.judgements_due)


def test_something_is_left_due_on_purpose(iso: ConformityResult, cmmi: LevelResult) -> None:
    due = {practice.id for area in cmmi.areas for practice in area.practices.values() if practice.due}
    assert due == {"PLAN 3.1", "RDM 3.3", "RSK 2.1"}
    assert not [point.id for leaf in iso.leaves.values() for point in leaf.points.values() if point.due]


def test_answers_of_every_value(engagement: Engagement) -> None:
    iso = Counter(answer.value for answer in engagement.answers(ISO).values())
    cmmi = Counter(answer.value for answer in engagement.answers(CMMI).values())
    assert set(iso) == {"conforming", "partial", "not_conforming", "na", "condition_not_met", ""}
    assert set(cmmi) == {"FM", "LM", "PM", "DM", "NY", ""}
    assert (iso["na"], iso["condition_not_met"], cmmi["NY"]) == (7, 5, 11)
    assert sum(iso.values()) - iso[""] == 198
    assert sum(cmmi.values()) - cmmi[""] == 310
    assert sum(answer.flag for answer in _answers(engagement)) == 13


# --- what it is like to read -------------------------------------------------------------------


def test_notes_are_many_and_each_says_something_of_its_own(engagement: Engagement) -> None:
    for framework in engagement.frameworks():
        notes = [a.note for a in engagement.answers(framework.catalog).values() if a.note]
        assert len(notes) >= 120
        assert len(notes) == len(set(notes))
        assert all(len(note) <= 260 for note in notes)
    reasons = {"na", "condition_not_met"}
    assert all(bool(a.reason) == (a.value in reasons) for a in _answers(engagement))


@pytest.mark.parametrize("entry", EVERY_FILE)
def test_text_is_plain_british_english(entry: Traversable) -> None:
    lines = entry.read_text(encoding="utf-8").splitlines()
    assert set().union(*lines) <= {chr(code) for code in range(32, 127)} | {"§"}
    assert not [line for line in lines if re.search(r"\bshall\b|organiz|authoriz|\s$| ,|\S  ", line)]


def test_sittings_are_in_the_format_of_the_answers_import() -> None:
    header = ["catalog", "item", "unit", "rating", "finding", "note", "reason"]
    assert len(_sittings(DEFAULT)) == 10
    for entry in (entry for name in EXAMPLES for entry in _sittings(name)):
        rows = list(csv.reader(entry.read_text(encoding="utf-8").splitlines(keepends=True)))
        assert rows[0] == header
        assert {len(row) for row in rows} == {len(header)}


# --- the file ----------------------------------------------------------------------------------


def test_the_file_is_sound_and_each_sitting_is_a_step(engagement: Engagement) -> None:
    assert engagement.check() == ()
    titles = [step.title for step in reversed(engagement.history())]
    assert "Interview: quality manager" in titles
    assert titles.index("Findings of day one") < titles.index("Debrief: evidence brought in the afternoon")
    assert titles[-1] == "Flag what to come back to on day two"


def test_the_last_step_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "demo.gapbench"
    write_example(path)
    with Engagement.open(path) as engagement:
        engagement.undo()
        assert not any(answer.flag for answer in _answers(engagement))
        engagement.redo()
        assert sum(answer.flag for answer in _answers(engagement)) == 13
        assert engagement.check() == ()


def test_the_clock_is_the_one_given(tmp_path: Path) -> None:
    start, ticks = datetime(2026, 11, 17, 8, 45, tzinfo=UTC), count()
    path = tmp_path / "demo.gapbench"
    write_example(path, clock=lambda: start + timedelta(minutes=next(ticks)))
    with Engagement.open(path, read_only=True) as engagement:
        times = [step.at for step in reversed(engagement.history())]
    assert times == sorted(times)
    assert times[0].date() == times[-1].date() == start.date()


def test_what_is_there_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "client.gapbench"
    path.write_bytes(b"a client's own")
    with pytest.raises(FileError):
        write_example(path)
    assert path.read_bytes() == b"a client's own"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_example_is_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="defence-software"):
        write_example(tmp_path / "demo.gapbench", "bakery")
    assert not list(tmp_path.iterdir())


def test_nothing_half_finished_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Engagement, "judge", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_example(tmp_path / "demo.gapbench")
    assert not list(tmp_path.iterdir())


def test_every_example_has_a_line_about_it() -> None:
    assert DEFAULT in EXAMPLES
    assert all(line and "\n" not in line for line in EXAMPLES.values())


# --- the other clients -------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """What the rules have to say of one framework of an example.

    Attributes:
        percent: Degree of conformity, in whole per cent; or the maturity level.
        open: Majors recorded and open; or practices that the next level waits for, rated or not.
    """

    example: str
    catalog: str
    verdict: str
    coverage: int
    percent: int
    open: int


STORIES = (
    Story("aerospace-components", "as9100d", "incomplete", 80, 86, 2),
    Story("aerospace-components", "cmmi-2.0", "incomplete", 89, 1, 19),
    Story("commercial-software", "iso9001-2026", "incomplete", 89, 89, 0),
    Story("it-services-federal", "iso9001-2015", "incomplete", 70, 79, 1),
    Story("it-services-federal", "cmmi-3.0", "incomplete", 78, 1, 37),
    Story("start-up", "iso9001-2015", "not_ready", 42, 43, 4),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Every other example, written once."""
    folder = tmp_path_factory.mktemp("examples")
    paths = {name: folder / f"{name}.gapbench" for name in OTHERS}
    for name, path in paths.items():
        write_example(path, name)
    return paths


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, library: Mapping[str, Path]) -> Iterator[Engagement]:
    with Engagement.open(library[request.param], read_only=True) as opened:
        yield opened


def test_every_example_is_sound_and_says_whom_it_is_about(other: Engagement) -> None:
    assert other.check() == ()
    profile = other.profile()
    assert all((profile.sites, profile.in_scope, profile.out_of_scope, profile.dates, profile.sampling))
    assert other.units()
    assert all(unit.note for unit in other.units())
    assert other.history()[0].title.startswith("Flag what")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.example}-{story.catalog}")
def test_readiness_is_what_the_story_says(library: Mapping[str, Path], story: Story) -> None:
    with Engagement.open(library[story.example], read_only=True) as engagement:
        case = engagement.case(story.catalog)
    result = model_of(case.scope).assess(case)
    assert result.verdict == story.verdict
    if isinstance(result, ConformityResult):
        majors = [finding for finding in case.findings if finding.cls == "major" and finding.status == "open"]
        said = (result.tally.coverage, result.tally.percent, len(majors))
    else:
        assert isinstance(result, LevelResult)
        said = (result.coverage, result.maturity_level, len(result.blockers))
    coverage, reached, waiting = said
    assert coverage is not None
    assert 25 <= coverage <= 90
    assert reached is not None
    assert (round(coverage), round(reached), waiting) == (story.coverage, story.percent, story.open)


def test_every_framework_has_a_story(other: Engagement) -> None:
    told = {story.catalog for story in STORIES if story.example in other.path.name}
    assert {framework.catalog for framework in other.frameworks()} == told


def test_a_start_up_has_more_to_build_than_to_show(library: Mapping[str, Path]) -> None:
    with Engagement.open(library["start-up"], read_only=True) as engagement:
        case = engagement.case(ISO)
    result = model_of(case.scope).assess(case)
    assert isinstance(result, ConformityResult)
    assert [leaf.id for leaf in result.leaves.values() if leaf.missing] == ["9.2.1", "9.3.1"]
    counts = result.tally.counts
    assert counts["partial"] + counts["not_conforming"] > 3 * counts["conforming"]


def test_what_a_supplier_would_be_asked_is_left_out_with_a_reason(library: Mapping[str, Path]) -> None:
    with Engagement.open(library["aerospace-components"], read_only=True) as engagement:
        stand = next(unit.id for unit in engagement.units() if unit.name == "Stand 3")
        assert engagement.exclusions(CMMI)["SAM", stand].startswith("The upgrade buys nothing")


@pytest.mark.parametrize("example", ["aerospace-components", "it-services-federal"])
def test_judgements_of_the_others_have_reasons(library: Mapping[str, Path], example: str) -> None:
    with Engagement.open(library[example], read_only=True) as engagement:
        level = engagement.frameworks()[1].catalog
        judgements = engagement.judgements(level)
    assert judgements
    assert all(len(judgement.reason) > 40 for judgement in judgements.values())


def test_every_finding_rests_on_rated_items(other: Engagement) -> None:
    rated = {
        (framework.catalog, item)
        for framework in other.frameworks()
        for (item, _), answer in other.answers(framework.catalog).items()
        if answer.value
    }
    findings = other.findings()
    assert len(findings) >= 12
    assert {"minor", "ofi", "observation", "strength"} <= {finding.cls for finding in findings}
    assert [finding.number for finding in findings if finding.status == "closed"]
    for finding in findings:
        assert set(finding.items) <= rated, finding.label
        assert finding.requirement, finding.label
        assert finding.evidence, finding.label
        assert finding.gap or finding.cls == "strength", finding.label


def test_notes_of_the_others_say_something_of_their_own(other: Engagement) -> None:
    for framework in other.frameworks():
        by_points = framework.catalog in (ISO, "iso9001-2026", "as9100d")
        answers = other.answers(framework.catalog)
        notes = [answer.note for answer in answers.values() if answer.note]
        assert len(notes) >= 60
        assert len(notes) == len(set(notes))
        assert all(len(note) <= 260 for note in notes)
        weak = {"partial", "not_conforming"} if by_points else {"LM", "PM", "DM"}
        assert all(answer.note for answer in answers.values() if answer.value in weak)
        out = {"na", "condition_not_met"}
        assert all(bool(answer.reason) == (answer.value in out) for answer in answers.values())
    assert any(answer.flag for answer in _answers(other))


@pytest.mark.parametrize("name", OTHERS)
def test_no_row_is_refused(library: Mapping[str, Path], name: str) -> None:
    with Engagement.open(library[name], read_only=True) as engagement:
        ids = {unit.name: unit.id for unit in engagement.units()} | {"": ORGANISATION}
        for entry in _sittings(name):
            lines = entry.read_text(encoding="utf-8").splitlines(keepends=True)
            rows = [
                AnswerRow(row["catalog"], row["item"], ids[row["unit"]], row["rating"], row["note"], row["reason"])
                for row in csv.DictReader(lines)
            ]
            assert rows
            assert engagement.refused(rows) == (), entry.name


@pytest.mark.parametrize("name", OTHERS)
def test_each_sitting_stands_in_the_example(name: str) -> None:
    facts = tomllib.loads((files("gapbench.work") / "examples" / name / "engagement.toml").read_text("utf-8"))
    assert [sitting["file"] for sitting in facts["sittings"]] == [entry.name for entry in _sittings(name)]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("aerospace-components", "AS9100_PLUS_CMMI"),
        ("commercial-software", "ISO_ONLY"),
        ("it-services-federal", "BOTH_INTEGRATED"),
        ("start-up", "ISO_FIRST_LIGHT"),
    ],
)
def test_the_advisor_sends_each_client_where_the_example_went(name: str, path: str) -> None:
    facts = tomllib.loads((files("gapbench.work") / "examples" / name / "engagement.toml").read_text("utf-8"))
    told = facts["advice"]
    advice = advise(guide(), told["inputs"])
    assert (advice.path, advice.rule) == (told["path"], told["rule"])
    assert advice.path == path


def test_the_list_shows_all_five(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.run(Namespace(list=True)) == 0
    first = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1].strip()]
    assert first == ["name", *EXAMPLES]
    assert len(EXAMPLES) == 5
