"""Catalogs as OSCAL: sound beyond the schema, the same bytes each time, and what goes out comes in again."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.catalog.importers import recognise
from gapbench.catalog.load import build
from gapbench.catalog.model import Catalog, Group, Item
from gapbench.catalog.oscal import lint
from gapbench.catalog.oscal.export import export
from gapbench.catalog.oscal.parts import Tokens, identifier, line, plain, prop, unescaped
from gapbench.catalog.overlay import overlay_path
from gapbench.catalog.reading import read_bytes
from gapbench.catalog.validate import problems_of
from gapbench.catalog.writing import document_of, written

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def walk(value: Any) -> list[Json]:
    """Every object in a document."""
    if isinstance(value, dict):
        return [value, *(each for inner in value.values() for each in walk(inner))]
    return [each for inner in value for each in walk(inner)] if isinstance(value, list) else []


def tiny(**more: Any) -> Catalog:
    groups = (Group("1", "Counter", note="Where people buy"), Group("1.1", "Orders", parent="1"))
    items = (
        Item("1 a", "1", "Somebody is there", "Who is there?"),
        Item("1.1 a", "1.1", "Orders are kept", "Show me one?", look_for="A date", evidence=("Slip",), ask=("Clerk",)),
    )
    facts: Json = {"title": "Shop rules", "edition": "2026", "family": "Shop rules", "model": "conformity"}
    return Catalog(**{"id": "shop-2026", "revision": 1, "groups": groups, "items": items, **facts, **more})


# --- the catalogs that come with gapbench --------------------------------------------------------------


def test_it_is_sound(catalog: Catalog) -> None:
    document = export(catalog, AT)
    assert list(lint.problems(document)) == []
    entries = walk(document)
    ids = [entry["id"] for entry in entries if "id" in entry]
    uuids = [entry["uuid"] for entry in entries if "uuid" in entry]
    assert len(set(ids)) == len(ids)
    assert len(set(uuids)) == len(uuids)
    assert all(TOKEN.fullmatch(each) for each in ids)
    controls = [entry for entry in entries if "class" in entry and "title" in entry and "groups" not in entry]
    assert len([entry for entry in controls if "statement" in str(entry.get("parts"))]) == len(catalog.items)
    assert not [entry for entry in entries if "groups" in entry and "controls" in entry]
    assert not [key for entry in entries for key, value in entry.items() if value in ("", [], {}, None)]


def test_what_goes_out_comes_in_again(catalog: Catalog) -> None:
    draft = recognise.draft_of(json.dumps(export(catalog, AT)).encode(), "ours.json")
    document = draft.document
    assert [document[key] for key in ("id", "title", "edition")] == [catalog.id, catalog.title, catalog.edition]
    assert [(group["id"], group.get("parent"), group["title"]) for group in document["groups"]] == [
        (group.id, group.parent, group.title) for group in catalog.groups
    ]
    back = [item | {"group": group["id"]} for group in document["groups"] for item in group.get("items", ())]
    assert [(item["id"], item["group"], item["title"], item["text"], item.get("look_for", "")) for item in back] == [
        (item.id, item.group, item.title, item.text, item.look_for) for item in catalog.items
    ]
    assert [(item.get("evidence", []), item.get("ask", [])) for item in back] == [
        (list(item.evidence), list(item.ask)) for item in catalog.items
    ]
    assert problems_of(read_bytes(draft.text.encode(), "ours.yaml"), "ours.yaml") == ()
    told = [each for each in draft.unplaced if each.startswith("levels, views and rules")]
    assert bool(told) == (catalog.model != "conformity")


def test_as_yaml_it_is_whole_and_the_same(catalog: Catalog) -> None:
    text = written(document_of(catalog))
    document = read_bytes(text.encode(), "whole.yaml")
    assert problems_of(document, "whole.yaml") == ()
    assert "extends:" not in text
    again = build(document)
    assert again == replace(catalog, extends="")
    if not catalog.extends:
        assert json.dumps(export(again, AT)) == json.dumps(export(catalog, AT))  # the same bytes, whoever asks


def test_no_word_of_an_overlay_gets_out(iso: Catalog) -> None:
    private = "the licensed words of the clause"
    place = Path(overlay_path(iso.id))
    place.parent.mkdir(parents=True)
    place.write_text(f'gapbench_overlay: 1\ncatalog: {iso.id}\nitems:\n  "4.2 a": {{text: {private}}}\n', "utf-8")
    assert private not in json.dumps(export(iso, AT)) + written(document_of(iso))


# --- ids, text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        (("iso9001-2015", "9.2"), "iso9001-2015-9.2"),
        (("iso9001-2015", "4.4.1 a)"), "iso9001-2015-4.4.1_a"),
        (("cmmi-3.0", "RSK 2.1"), "cmmi-3.0-rsk_2.1"),
        (("x", "4.1 §2"), "x-4.1_s2"),
        (("9001", "1"), "_9001-1"),
        (("é", "1"), "-1"),
    ],
)
def test_an_id_is_a_token(parts: tuple[str, ...], wanted: str) -> None:
    given = Tokens().of(*parts)
    assert TOKEN.fullmatch(given)
    assert given.endswith(wanted)


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=12))
def test_ids_are_tokens_and_no_two_are_alike(numbers: list[str]) -> None:
    tokens = Tokens()
    given_ = {number: tokens.of("x", number) for number in numbers}
    assert all(TOKEN.fullmatch(each) for each in given_.values())
    assert len(set(given_.values())) == len(given_)
    assert {number: tokens.of("x", number) for number in numbers} == given_


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30))
def test_markup_stays_text(text: str) -> None:
    assert unescaped(plain(text)) == text
    for sign in "*`~^<[{":
        assert not re.search(rf"(?<!\\)(?:\\\\)*{re.escape(sign)}", plain(text))


def test_formulas_and_markup_of_a_catalog_come_back_as_they_were() -> None:
    said = "=1+1 *b* _i_ a_b `c` [x](http://example.invalid) {{ insert: param, y }} <z> \\ ~~ ^"
    items = (Item("1 a", "1", f"Title {said}", said, look_for=f"See {said}", evidence=(f"Proof {said}",)),)
    catalog = tiny(groups=(Group("1", said),), items=items)
    document = export(catalog, AT)
    assert list(lint.problems(document)) == []
    (group,) = recognise.draft_of(json.dumps(document).encode(), "ours.json").document["groups"]
    (item,) = group["items"]
    assert (group["title"], item["text"]) == (said, said)
    assert (item["title"], item["look_for"], item["evidence"]) == (f"Title {said}", f"See {said}", [f"Proof {said}"])


def test_what_cannot_be_printed_is_left_out() -> None:
    assert plain("a\x00b\x1b[31m\u202ec\r\nd\te") == "ab\\[31mc\nd e"
    assert line(" a\n b\u200b ") == "a b"
    assert prop("note", " \n") == []


def test_own_items_beside_groups_stand_in_a_group_of_their_own() -> None:
    (group,) = export(tiny(), AT)["catalog"]["groups"]
    assert [inner["title"] for inner in group["groups"]] == ["Counter", "Orders"]
    assert group["groups"][0]["class"] == "own-items"
    assert "controls" not in group


def test_an_identifier_is_the_same_for_the_same_and_no_other() -> None:
    assert identifier("a", "b") == identifier("a", "b") != identifier("ab")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", identifier("a"))


# --- what the lint finds, that a schema lets pass ------------------------------------------------------

U = [identifier("test", str(number)) for number in range(8)]
GOOD: Json = {
    "assessment-results": {
        "uuid": U[0],
        "metadata": {
            "title": "T",
            "last-modified": "2026-01-01T00:00:00Z",
            "version": "1",
            "oscal-version": "1.1.3",
            "parties": [{"uuid": U[1], "type": "organization", "name": "C"}],
            "links": [{"href": f"#{U[5]}"}],
        },
        "results": [
            {
                "uuid": U[2],
                "start": "2026-01-01T00:00:00Z",
                "end": "2026-01-02T00:00:00+01:00",
                "reviewed-controls": {"control-selections": [{"include-controls": [{"control-id": "c-1"}]}]},
                "observations": [
                    {
                        "uuid": U[3],
                        "methods": ["EXAMINE"],
                        "collected": "2026-01-01T00:00:00Z",
                        "props": [{"name": "a", "value": "b"}],
                    }
                ],
                "risks": [
                    {
                        "uuid": U[4],
                        "title": "R",
                        "statement": "S",
                        "status": "open",
                        "remediations": [{"lifecycle": "planned"}],
                    }
                ],
                "findings": [
                    {
                        "uuid": U[6],
                        "target": {"type": "objective-id", "target-id": "c-1", "status": {"state": "satisfied"}},
                        "related-observations": [{"observation-uuid": U[3]}],
                        "related-risks": [{"risk-uuid": U[4]}],
                    }
                ],
            }
        ],
        "back-matter": {"resources": [{"uuid": U[5], "title": "X"}]},
    }
}


def at(*path: str | int, to: Any) -> Callable[[Json], None]:
    def _put(document: Json) -> None:
        place: Any = document["assessment-results"]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return _put


RESULT = ("results", 0)
FINDING = (*RESULT, "findings", 0)
WRONG: dict[str, tuple[Callable[[Json], None], str]] = {
    "an observation that is not there": (
        at(*FINDING, "related-observations", 0, "observation-uuid", to=U[7]),
        f"observation-uuid {U[7]} leads nowhere",
    ),
    "a risk that is not there": (at(*FINDING, "related-risks", 0, "risk-uuid", to=U[7]), "leads nowhere"),
    "a resource that is not there": (at("metadata", "links", 0, "href", to=f"#{U[7]}"), "leads nowhere"),
    "a party that is not there": (at("metadata", "party-uuids", to=[U[7]]), "leads nowhere"),
    "one uuid twice": (at(*FINDING, "uuid", to=U[3]), "stands at"),
    "no uuid": (at(*FINDING, "uuid", to="x"), "the uuid 'x' is none"),
    "an id that begins with a digit": (at(*FINDING, "id", to="9.2"), "the id '9.2' is none"),
    "an end before its start": (at(*RESULT, "end", to="2025-01-01T00:00:00Z"), "it ends before it starts"),
    "a moment without offset": (at(*RESULT, "end", to="2026-01-02T00:00:00"), "is no moment with an offset"),
    "a day": (at(*RESULT, "observations", 0, "collected", to="2026-01-02"), "is no moment with an offset"),
    "a control of no catalog": (
        at(*RESULT, "reviewed-controls", "control-selections", 0, "include-controls", 0, "control-id", to="c-2"),
        "no catalog has c-2",
    ),
    "an objective of no catalog": (at(*FINDING, "target", "target-id", to="c-2"), "no catalog has c-2"),
    "a state": (at(*FINDING, "target", "status", "state", to="partial"), "'partial' is no state of a finding"),
    "a method": (at(*RESULT, "observations", 0, "methods", to=["examine"]), "'examine' is no method"),
    "a status": (at(*RESULT, "risks", 0, "status", to="waived"), "'waived' is no status of a risk"),
    "a lifecycle": (at(*RESULT, "risks", 0, "remediations", 0, "lifecycle", to="soon"), "'soon' is no lifecycle"),
    "a version": (at("metadata", "oscal-version", to="1.0.0"), "oscal-version is '1.0.0', not 1.1.3"),
    "no metadata": (at("metadata", to=None), "no metadata"),
    "nothing in a list": (at(*RESULT, "risks", to=[]), "risks: empty"),
    "an empty text": (at(*RESULT, "observations", 0, "props", 0, "value", to=""), "value: empty"),
    "a property with a blank": (at(*RESULT, "observations", 0, "props", 0, "name", to="a b"), "cannot name a property"),
}


def test_what_is_sound_passes() -> None:
    assert list(lint.problems(GOOD, {"c-1"})) == []


@pytest.mark.parametrize("name", WRONG)
def test_the_lint_finds(name: str) -> None:
    change, wanted = WRONG[name]
    document = copy.deepcopy(GOOD)
    change(document)
    found = list(lint.problems(document, {"c-1"}))
    assert [each for each in found if wanted in each], found


def test_a_plan_item_that_closes_nothing_is_found() -> None:
    body = {"uuid": U[0], "metadata": GOOD["assessment-results"]["metadata"] | {"links": [{"href": "x.json"}]}}
    plan: Json = {"plan-of-action-and-milestones": body | {"poam-items": [{"uuid": U[2], "title": "A"}]}}
    assert list(lint.problems(plan)) == ["poam-items[0]: it closes nothing"]


@pytest.mark.parametrize("document", [{}, {"catalog": {}, "profile": {}}, {"catalog": []}])
def test_a_document_has_one_key_at_the_top(document: Json) -> None:
    assert list(lint.problems(document)) == ["the document has not exactly one key at the top"]


def test_the_id_of_a_system_is_whatever_names_it() -> None:
    body = {"uuid": U[0], "metadata": GOOD["assessment-results"]["metadata"] | {"links": [{"href": "x.json"}]}}
    assert list(lint.problems({"plan-of-action-and-milestones": body | {"system-id": {"id": "4711-0815"}}})) == []
