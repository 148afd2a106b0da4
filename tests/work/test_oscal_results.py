"""An engagement in OSCAL: what was asked, what was found, what is to do, and that it all hangs together."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog.oscal import lint
from gapbench.catalog.overlay import overlay_path
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.errors import ExportError
from gapbench.rating.inputs import Finding, Unit
from gapbench.work.example import write_example
from gapbench.work.oscal.folder import documents, save, text_of
from tests.engagement import small
from tests.excel import examples

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
ISO, CMMI = "iso-test", "cmmi-test"
RESULTS, PLAN, POAM = "assessment-results", "assessment-plan", "plan-of-action-and-milestones"


def clock() -> Callable[[], datetime]:
    minutes = count()
    return lambda: datetime(2026, 11, 17, 9, tzinfo=UTC) + timedelta(minutes=next(minutes))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    path = tmp_path_factory.mktemp("example") / "demo.gapbench"
    write_example(path, clock=clock())
    with Engagement.open(path, read_only=True) as opened:
        first, second = documents(opened), documents(opened)
    assert list(map(text_of, first.values())) == list(map(text_of, second.values()))
    return first


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small engagement with every kind of answer."""
    path = tmp_path / "client.gapbench"
    with Engagement.create(path, Profile(client="Northwind"), author="E. Gray", clock=clock()) as it:
        it.put_unit(Unit("", "Alpha", "project"))
        it.put_unit(Unit("", "Beta", "project"))
        it.add_framework(examples.iso())
        it.add_framework(examples.cmmi(), views=("DEV",), target=2)
        it.rate(ISO, [("4.1 a", "")], "conforming", note="Seen: the plan of 3 May")
        it.rate(ISO, [("4.1 b", "")], "partial", note="Half of it")
        it.rate(ISO, [("4.2 a", "")], "not_conforming")
        it.rate(ISO, [("8.1 b", "")], "na", reason="No such thing here")
        units = {unit.name: unit.id for unit in it.units()}
        it.rate(CMMI, [("CM 2.2", units["Alpha"])], "PM", note="Late")
        it.record_finding(Finding("", 0, "minor", ((ISO, "4.1 b"),), requirement="Both", gap="Half", evidence="Plan"))
        it.record_finding(Finding("", 0, "ofi", ((ISO, "4.1 a"),), evidence="Could be shorter"))
    return path


def read(path: Path, only: str = "") -> dict[str, Json]:
    with Engagement.open(path, read_only=True) as engagement:
        return documents(engagement, only)


def result(found: dict[str, Json]) -> Json:
    (only,) = found[f"{RESULTS}.json"][RESULTS]["results"]
    return dict(only)


def value(entry: Json, name: str) -> str:
    return next((prop["value"] for prop in entry.get("props", ()) if prop["name"] == name), "")


def finding_on(found: dict[str, Json], item: str) -> Json:
    return next(each for each in result(found)["findings"] if value(each, "item") == item)


# --- the whole -----------------------------------------------------------------------------------------


def test_the_example_is_sound(example: dict[str, Json]) -> None:
    assert list(example) == [
        f"{PLAN}.json",
        f"{RESULTS}.json",
        f"{POAM}.json",
        "catalog-iso9001-2015.json",
        "catalog-cmmi-2.0.json",
    ]
    controls = frozenset().union(*(lint.controls_of(each) for each in example.values() if "catalog" in each))
    for document in example.values():
        assert list(lint.problems(document, None if "catalog" in document else controls)) == []


def test_ids_and_uuids_are_unique_in_the_example(example: dict[str, Json]) -> None:
    for document in example.values():
        text = json.dumps(document)
        for key in ("id", "uuid"):
            values = [part.split('"', 1)[0] for part in text.split(f'"{key}": "')[1:]]
            assert len(values) == len(set(values))


def test_the_moments_are_those_of_the_steps(example: dict[str, Json]) -> None:
    whole = result(example)
    assert whole["start"] == "2026-11-17T09:00:00Z"
    assert whole["start"] < whole["end"] == example[f"{RESULTS}.json"][RESULTS]["metadata"]["last-modified"]
    assert all(whole["start"] <= each["collected"] <= whole["end"] for each in whole["observations"])


def test_the_results_lead_to_the_plan_and_the_plan_to_the_catalogs(example: dict[str, Json]) -> None:
    assert example[f"{RESULTS}.json"][RESULTS]["import-ap"] == {"href": f"{PLAN}.json"}
    resources = example[f"{PLAN}.json"][PLAN]["back-matter"]["resources"]
    linked = [link["href"] for each in resources for link in each.get("rlinks", ())]
    assert linked == ["catalog-iso9001-2015.json", "catalog-cmmi-2.0.json"]
    assert set(linked) <= set(example)


def test_every_plan_item_closes_a_risk(example: dict[str, Json]) -> None:
    plan = example[f"{POAM}.json"][POAM]
    assert len(plan["poam-items"]) > 20
    assert all(item["related-risks"] for item in plan["poam-items"])
    answered = {prop["value"] for item in plan["poam-items"] for prop in item["props"] if prop["name"] == "answers"}
    assert answered
    assert all(each.startswith("F-") for each in answered)


# --- what stands where ---------------------------------------------------------------------------------


def test_each_answer_is_an_observation(path: Path) -> None:
    seen = {each["title"]: each for each in result(read(path))["observations"]}
    first = seen["ISO test:2015 4.1 a: Context, point a"]
    assert first["description"] == "Rated conforming. Seen: the plan of 3 May."
    assert (value(first, "rating"), value(first, "note")) == ("conforming", "Seen: the plan of 3 May")
    assert first["methods"] == ["INTERVIEW", "EXAMINE"]
    assert first["subjects"][0]["type"] == "party"
    of_unit = next(each for title, each in seen.items() if "CM 2.2" in title)
    assert (of_unit["subjects"][0]["type"], of_unit["subjects"][0]["title"]) == ("component", "Alpha")
    remark = next(each for each in seen.values() if each["types"] == ["finding"])
    assert remark["description"] == "Seen: Could be shorter."


@pytest.mark.parametrize(
    ("item", "state", "rating"),
    [
        ("4.1 a", "satisfied", "conforming"),
        ("4.1 b", "not-satisfied", "partial"),
        ("4.2 a", "not-satisfied", "not_conforming"),
    ],
)
def test_each_rated_item_is_a_finding(path: Path, item: str, state: str, rating: str) -> None:
    found = read(path)
    finding = finding_on(found, item)
    assert finding["target"]["status"] == {"state": state}
    assert finding["target"]["target-id"] == f"iso-test-{item.replace(' ', '_')}-obj"
    assert value(finding, "rating") == rating
    uuids = {each["uuid"] for each in result(found)["observations"]}
    assert {each["observation-uuid"] for each in finding["related-observations"]} <= uuids


def test_what_is_open_or_not_applicable_is_no_finding(path: Path) -> None:
    found = read(path)
    rated = {value(each, "item") for each in result(found)["findings"]}
    assert not {"8.1 b", "4.1 c"} & rated
    aside = next(each for each in result(found)["observations"] if "8.1 b" in each["title"])
    assert value(aside, "reason") == "No such thing here"


def test_each_gap_and_each_nonconformity_is_a_risk(path: Path) -> None:
    risks = result(read(path))["risks"]
    recorded = next(each for each in risks if value(each, "finding") == "F-01")
    assert recorded["title"] == "F-01 minor: Both"
    assert recorded["statement"] == "Half"
    assert (recorded["status"], value(recorded, "severity")) == ("open", "minor")
    gaps = [each for each in risks if value(each, "action")]
    assert gaps
    assert all(each["remediations"][0]["lifecycle"] == "recommendation" for each in gaps)


# --- bad and strange -----------------------------------------------------------------------------------

HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "*x* [y](z) {{ a }} <b>",
    "a\x1b[31mb\u202e",
    "x\ny",
    "品質",
    "\U0001f9ea" * 50,
    "\\ ` ~ ^",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_clients_text_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.gapbench"
    with Engagement.create(path, Profile(client=text, title=text, in_scope=text), author="E", clock=clock()) as it:
        it.put_unit(Unit("", text.replace("\n", " "), "project", text))
        it.add_framework(small.points())
        it.rate(small.ISO, [("8.1 a", "")], "partial", note=text)
        it.record_finding(Finding("", 0, "major", ((small.ISO, "8.1 a"),), requirement=text, gap=text, cause=text))
    found = read(path)
    assert len(found) == 4
    note = value(result(found)["observations"][0], "note")
    assert note == " ".join(text.replace("\x1b", "\ufffd").replace("\u202e", "").split())


def test_an_empty_engagement_has_results_but_no_plan_of_action(tmp_path: Path) -> None:
    path = tmp_path / "x.gapbench"
    with Engagement.create(path, Profile(client="C"), author="E", clock=clock()) as it:
        it.add_framework(small.points())
    assert list(read(path)) == [f"{PLAN}.json", f"{RESULTS}.json", f"catalog-{small.ISO}.json"]
    with pytest.raises(ExportError, match="There is no gap"):
        read(path, "poam")


@pytest.mark.parametrize(("only", "files"), [("poam", 1), ("assessment-results", 2), ("catalogs", 2)])
def test_one_kind_alone(path: Path, only: str, files: int) -> None:
    assert len(read(path, only)) == files


def test_no_word_of_an_overlay_gets_out(path: Path) -> None:
    private = "the licensed words of the point"
    place = Path(overlay_path(ISO))
    place.parent.mkdir(parents=True)
    place.write_text(f'gapbench_overlay: 1\ncatalog: {ISO}\nitems:\n  "4.1 b": {{text: {private}}}\n', "utf-8")
    assert private not in "".join(map(text_of, read(path).values()))


def test_all_files_or_none(path: Path, tmp_path: Path) -> None:
    found = read(path)
    folder = tmp_path / "out"
    (folder / f"{RESULTS}.json").mkdir(parents=True)
    with pytest.raises(ExportError, match=r"assessment-results\.json is a folder"):
        save(folder, found)
    assert [each.name for each in folder.iterdir()] == [f"{RESULTS}.json"]
    (folder / f"{RESULTS}.json").rmdir()
    save(folder, found)
    assert {each.name for each in folder.iterdir()} == set(found)
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written to"):
        save(tmp_path / "file" / "below", found)
