"""Frameworks that somebody else wrote, as catalogs: what becomes of each of their parts, what is said of the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog.importers import ciso, foreign, recognise, wording
from gapbench.catalog.importers.numbering import Numbers
from gapbench.catalog.reading import read_bytes
from gapbench.catalog.validate import problems_of
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.importers.draft import Draft

Json = dict[str, Any]

LIBRARY = """\
urn: urn:x:risk:library:shop
locale: en
ref_id: SHOP
name: Shop rules 2024
description: How a shop is run
copyright: The owner of the shop
version: 3
publication_date: 2024-05-01
objects:
  framework:
    urn: urn:x:risk:framework:shop
    ref_id: SHOP
    name: Shop rules 2024
    min_score: 1
    max_score: 4
    scores_definition: [{score: 1, name: poor}, {score: 4, name: fine}]
    implementation_groups_definition: [{ref_id: B, name: Basic}]
    requirement_nodes:
    - {urn: "n:8", assessable: false, depth: 1, ref_id: 8, name: Counter, description: Where people buy.}
    - urn: n:8.10
      assessable: true
      depth: 2
      parent_urn: n:8
      ref_id: 8.10
      name: Orders
      description: Every order is written down.
      annotation: Because people forget.
      typical_evidence: |-
        Order book
        Three slips
      weight: 2
      implementation_groups: [B]
      reference_controls: [c:1]
      translations: {fr: {name: Commandes}}
    - {urn: "n:8.1", assessable: true, depth: 2, parent_urn: "n:8", ref_id: "8.1", description: No order is lost.}
    - {urn: "n:9", assessable: false, depth: 1, ref_id: "9", name: Nobody is asked}
  threats: [{urn: t, ref_id: T}]
"""


def library(*nodes: Json, **framework: Any) -> bytes:
    """A library with these nodes, as JSON, which CISO Assistant takes as well."""
    whole = {"ref_id": "X", "name": "Rules", **framework, "requirement_nodes": list(nodes)}
    return json.dumps({"name": "Rules", "objects": {"framework": whole}}).encode()


def node(ref: str, asked: bool = True, above: str = "", **said: Any) -> Json:
    return {
        "urn": f"n:{ref}",
        "assessable": asked,
        "ref_id": ref,
        **({"parent_urn": f"n:{above}"} if above else {}),
        **said,
    }


def catalog(**body: Any) -> bytes:
    """An OSCAL catalog with this content."""
    head = {"title": "Rules", "version": "2.0", "oscal-version": "1.1.3", "last-modified": "2024-05-01T00:00:00Z"}
    return json.dumps({"catalog": {"uuid": "11111111-2222-4333-8444-555555555555", "metadata": head, **body}}).encode()


def control(name: str, *parts: Json, **said: Any) -> Json:
    label = said.pop("label", name)
    props = [{"name": "label", "value": label}] if label else []
    return {"id": name, "title": f"Title of {name}", "props": props, "parts": list(parts), **said}


def statement(prose: str, *items: Json) -> Json:
    return {"name": "statement", "prose": prose, "parts": list(items)}


def drafted(data: bytes, which: str = "") -> Draft:
    draft = recognise.draft_of(data, "theirs.yaml", which=which)
    assert problems_of(read_bytes(draft.text.encode(), "ours.yaml"), "ours.yaml") == ()
    assert draft.used
    return draft


def groups(draft: Draft) -> list[Json]:
    return list(draft.document["groups"])


def items(draft: Draft) -> list[Json]:
    return [item for group in groups(draft) for item in group.get("items", ())]


def numbers(rows: Iterable[Json]) -> list[str]:
    return [row["id"] for row in rows]


# --- CISO Assistant ------------------------------------------------------------------------------------


def test_a_library_becomes_a_catalog() -> None:
    draft = drafted(LIBRARY.encode())
    assert draft.form == "CISO Assistant library, version 3"
    head = draft.document
    assert (head["id"], head["title"], head["edition"]) == ("shop", "Shop rules", "2024")
    assert head["notice"].startswith("The owner of the shop. The words are those of the source")
    assert head["provenance"] == "Imported: CISO Assistant library urn:x:risk:library:shop version 3 of 2024-05-01"
    assert groups(draft)[0]["note"] == "Where people buy."
    first, second = items(draft)
    assert first == {
        "id": "8.10",
        "title": "Orders",
        "text": "Every order is written down.",
        "look_for": "Because people forget.",
        "evidence": ["Order book", "Three slips"],
    }
    assert (second["id"], second["title"], second["text"]) == ("8.1", "No order is lost.", "No order is lost.")


def test_a_library_says_what_became_of_everything() -> None:
    draft = drafted(LIBRARY.encode())
    assert draft.used == (
        "2 requirements as 2 items in 1 group",
        "1 explanation",
        "2 pieces of evidence",
        "the framework SHOP",
    )
    assert draft.ignored == (
        "threats of the library",
        "1 implementation group (B): every item is asked, none is a view",
        "the scores from 1 to 4: an item is rated conforming, partial or not conforming",
        "1 row with references to controls",
        "1 row with weights: every item counts the same here",
        "translations (fr): a catalog speaks one language",
        "1 heading below which nothing is asked",
    )
    assert draft.unplaced == ()


NODES: dict[str, tuple[list[Json], list[str], list[str]]] = {
    "a tree by parents": (
        [node("1", False), node("1.1", False, "1"), node("1.1.1", above="1.1", description="Do it.")],
        ["1", "1.1"],
        ["1.1.1"],
    ),
    "a tree by depth alone": (
        [node("1", False, depth="1"), node("1.1", depth="2", description="Do it.")],
        ["1"],
        ["1.1"],
    ),
    "nothing above": ([node("1", description="Do it."), node("2", description="Do that.")], ["G1"], ["1", "2"]),
    "a parent that is missing": ([node("1", above="0", description="Do it.")], ["G1"], ["1"]),
    "a parent that is itself": ([node("1", above="1", description="Do it.")], ["G1"], ["1"]),
    "a circle": (
        [node("1", False, "2"), node("2", False, "1"), node("3", above="2", description="Do it.")],
        ["1", "2"],
        ["3"],
    ),
    "numbers twice": (
        [node("1", False), node("a", above="1", description="Do it."), node("a", above="1", description="Do that.")],
        ["1"],
        ["a", "a no 2"],
    ),
    "no numbers": ([node("", False, name="G"), node("", description="Do it.")], ["G1"], ["G1 §1"]),
    "a number that is too long": ([node("x" * 40, description="Do it.")], ["G1"], ["G1 §1"]),
    "a number with signs": ([node("A/1:2", description="Do it.")], ["G1"], ["A-1.2"]),
    "a paragraph": ([node("§ 12", description="Do it.")], ["G1"], ["§ 12"]),
    "letters below a requirement": (
        [node("1", description="Do:"), node("a)", False, "1", description="this"), node("", False, "1", name="Why")],
        ["G1"],
        ["1"],
    ),
}


@pytest.mark.parametrize("name", NODES)
def test_nodes_become_groups_and_items(name: str) -> None:
    nodes, wanted, asked = NODES[name]
    draft = drafted(library(*nodes))
    assert (numbers(groups(draft)), numbers(items(draft))) == (wanted, asked)


def test_what_stands_below_a_requirement_is_part_of_its_words() -> None:
    nodes = NODES["letters below a requirement"][0]
    (item,) = items(drafted(library(*nodes)))
    assert (item["text"], item["look_for"]) == ("Do: a) this", "Why")


def test_a_row_that_is_astray_is_told() -> None:
    draft = drafted(library(*NODES["a circle"][0], node("4", above="0", description="Do that.")))
    assert draft.unplaced[0].startswith("2 rows whose row above is missing or goes in a circle")


def test_questions_are_asked_and_the_words_looked_for() -> None:
    said = {"q1": {"text": "Do you?", "choices": [{"value": "yes"}, {"value": "no"}]}, "q2": {"text": "Since when?"}}
    draft = drafted(library(node("1", description="It is done.", questions=said)))
    first, second = items(draft)
    assert (first["text"], first["look_for"]) == ("Do you?", "It is done.")
    assert (second["id"], second["text"]) == ("1 part 2", "Since when?")
    assert second["provenance"] == "1 in the source"
    assert "2 choices of answer: an item is rated on the scale of conformity" in draft.ignored


def test_a_long_requirement_loses_no_word() -> None:
    words = " ".join(f"Word {number}, and more of it;" for number in range(200))
    draft = drafted(library(node("1", name="Long", description=words)))
    parts = items(draft)
    assert len(parts) > 5
    assert parts[0]["title"] == f"Long (1 of {len(parts)})"
    assert " ".join(f"{part['text']} {part.get('look_for', '')}".strip() for part in parts) == words


def test_a_long_explanation_is_counted_and_kept_for_an_overlay() -> None:
    long = "Because of this and that. " * 30
    draft = drafted(library(node("1", description="Do it.", annotation=long)))
    assert draft.unplaced == ("1 explanation longer than 200 characters, or without a free look-for: 1",)
    assert draft.words == {"1": long.strip()}


def test_the_same_words_twice_are_two_questions() -> None:
    draft = drafted(library(node("1", description="Do it."), node("2", description="Do it.")))
    assert [item["text"] for item in items(draft)] == ["Do it.", "Do it. (2)"]


def test_one_framework_of_several_is_chosen() -> None:
    frameworks = [{"ref_id": name, "name": name, "requirement_nodes": [node("1", description=name)]} for name in "AB"]
    data = json.dumps({"objects": {"frameworks": frameworks}}).encode()
    first, second = drafted(data), drafted(data, "b")
    assert [each.document["title"] for each in (first, second)] == ["A", "B"]
    assert first.unplaced == ("1 framework more in the library: B; import each with --framework",)
    with pytest.raises(CatalogError, match=r"has no framework 'C'; it has A, B\."):
        recognise.draft_of(data, "theirs.yaml", which="C")


def test_more_items_than_a_group_takes_go_on_in_another() -> None:
    rows = [node(str(number), description=f"Do {number}.") for number in range(1, 602)]
    draft = drafted(library(node("G", False, name="All"), *(row | {"parent_urn": "n:G"} for row in rows)))
    assert [group["title"] for group in groups(draft)] == ["All", "All, continued"]
    assert len(items(draft)) == 601


def test_more_headings_than_a_catalog_takes_go_up() -> None:
    rows = [
        row for n in range(1200) for row in (node(f"1.{n}", False, "1"), node(f"1.{n} a", above=f"1.{n}", name=f"N{n}"))
    ]
    draft = drafted(library(node("1", False), *rows))
    assert len(groups(draft)) <= 1000
    assert len(items(draft)) == 1200
    assert "headings whose rows went to the heading above" in draft.unplaced[0]


NO_FRAMEWORK = {
    "only threats": ({"objects": {"threats": [{"ref_id": "T"}]}}, "it holds threats;"),
    "a mapping": ({"objects": {"requirement_mapping_sets": [{}]}}, "it holds mappings to other frameworks;"),
    "nothing": ({"objects": {}}, "has no framework;"),
    "nothing to ask": ({"objects": {"framework": {"requirement_nodes": [node("1", False)]}}}, "no requirement to ask"),
    "another file": ({"name": "x", "on": "push"}, "is no framework that gapbench knows (it begins with name, on)"),
    "an OSCAL profile": ({"profile": {}}, "is an OSCAL profile; only an OSCAL catalog"),
    "an empty catalog": ({"catalog": {}}, "no requirement to ask"),
}


@pytest.mark.parametrize("name", NO_FRAMEWORK)
def test_a_file_without_a_framework_is_a_sentence(name: str) -> None:
    document, said = NO_FRAMEWORK[name]
    with pytest.raises(CatalogError) as caught:
        recognise.draft_of(json.dumps(document).encode(), "theirs.json")
    assert said in str(caught.value)
    assert str(caught.value).startswith("theirs.json")


# --- OSCAL ---------------------------------------------------------------------------------------------


def test_groups_and_controls_become_groups_and_items() -> None:
    first = control(
        "a-1", statement("Write it down."), {"name": "guidance", "prose": "So that nobody forgets."}, label="A-1"
    )
    data = catalog(groups=[{"id": "a", "title": "Access", "controls": [first, control("a-2", statement("Keep it."))]}])
    draft = drafted(data)
    assert draft.form == "OSCAL catalog 1.1.3"
    assert (draft.document["title"], draft.document["edition"]) == ("Rules", "2.0")
    assert [(group["id"], group["title"]) for group in groups(draft)] == [("a", "Access")]
    assert items(draft)[0] == {
        "id": "A-1",
        "title": "Title of a-1",
        "text": "Write it down.",
        "look_for": "So that nobody forgets.",
    }


def test_enhancements_make_a_group_of_their_control() -> None:
    inner = control("a-1.1", statement("Do more."), label="A-1(1)")
    whole = control("a-1", statement("Do it."), label="A-1", controls=[inner])
    draft = drafted(
        catalog(groups=[{"id": "a", "title": "Access", "controls": [whole, control("a-2", statement("X."))]}])
    )
    assert [(group["id"], group.get("parent")) for group in groups(draft)] == [("a", None), ("A-1", "a"), ("a-2", "a")]
    assert [item["text"] for item in items(draft)] == ["Do it.", "Do more.", "X."]
    assert "1 of them enhancements, as items of their control or group" in draft.used


def test_a_long_statement_gives_an_item_for_each_letter() -> None:
    letters = [
        {"name": "item", "props": [{"name": "label", "value": f"{letter}."}], "prose": f"Part {letter}. " + "x " * 150}
        for letter in "ab"
    ]
    draft = drafted(catalog(controls=[control("a-1", statement("Do:", *letters))]))
    assert items(draft)[0]["text"].startswith("Do: Part a.")
    assert any(number.startswith("a-1 b") for number in numbers(items(draft)))
    assert "1 long statement, with an item for each lettered part" in draft.used


def test_parameters_are_replaced_by_their_label() -> None:
    params = [
        {"id": "p1", "label": "how often"},
        {"id": "p2", "select": {"how-many": "one-or-more", "choice": ["daily", "{{ insert: param, p1 }}"]}},
        {"id": "p3", "select": {"choice": ["{{ insert: param, p3 }}"]}},
    ]
    prose = "At {{ insert: param, p1 }}, {{ insert: param, p2 }}, {{ insert: param, p3 }}, {{ insert: param, gone }}."
    draft = drafted(catalog(controls=[control("a-1", statement(prose), params=params)]))
    assert items(draft)[0]["text"] == "At [how often], [one or more of: daily; [how often]], [one of: [p3]], [gone]."
    assert "3 parameters, replaced by the label in brackets" in draft.used
    assert draft.unplaced == ("1 parameter that the catalog does not have, shown by id",)


def test_methods_say_what_to_see_and_whom_to_ask() -> None:
    def method(word: str, prose: str) -> Json:
        objects = {"name": "assessment-objects", "prose": prose}
        return {"name": "assessment-method", "props": [{"name": "method", "value": word}], "parts": [objects]}

    parts = [method("EXAMINE", "[SELECT FROM: Policy; plan]"), method("INTERVIEW", "Owner"), method("TEST", "Machine")]
    draft = drafted(catalog(controls=[control("a-1", statement("Do it."), *parts)]))
    (item,) = items(draft)
    assert (item["evidence"], item["ask"]) == (["Policy", "plan"], ["Owner"])
    assert draft.ignored == ("parts: 1 assessment-method",)


def test_withdrawn_controls_stay_out() -> None:
    gone = control("a-2", props=[{"name": "status", "value": "Withdrawn"}])
    draft = drafted(
        catalog(controls=[control("a-1", statement("Do it.")), gone], **{"back-matter": {"resources": [{}]}})
    )
    assert numbers(items(draft)) == ["a-1"]
    assert draft.ignored == ("1 withdrawn control", "the back matter and the links to it")


def test_another_oscal_is_told() -> None:
    data = catalog(controls=[control("a-1", statement("Do it."))]).replace(b"1.1.3", b"2.0.0")
    assert drafted(data).unplaced == ("whatever differs from OSCAL 1: the file says version 2.0.0",)


def test_escaped_markup_is_the_text_it_stands_for() -> None:
    draft = drafted(catalog(controls=[control("a-1", statement(r"Not \*bold\*, \[no link\], 2 \< 3."))]))
    assert items(draft)[0]["text"].startswith("Not *bold*, [no link")


# --- numbers, words, the account -----------------------------------------------------------------------


def test_numbers_that_are_said_alike_are_not_given_twice() -> None:
    given = Numbers(["1.1 a", "1.1a", "x"])
    assert [given.take(each, "", "R") for each in ("1.1 a", "1.1a", "", "x", "1.1(A)")] == [
        "1.1 a",
        "1.1a no 2",
        "R1",
        "x",
        "1.1(A) no 3",
    ]
    assert (given.made, given.doubled) == (1, 2)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A.5.1", "A.5.1"),
        ("PR.AA-01", "PR.AA-01"),
        ("§ 25a", "§ 25a"),
        ("1\u20132", "1-2"),
        ("É.1", "E.1"),
        ("品質", ""),
        ("  =1+1", "1 1"),
        ("a[1]", "a(1)"),
        ("...", ""),
    ],
)
def test_a_number_is_spelled_as_ours_may_be(text: str, wanted: str) -> None:
    assert wording.plain_number(text) == wanted


@pytest.mark.parametrize("text", ["one two " * 100, "x" * 900, "a, " * 300, "Sätze. Noch einer! " * 40, "品" * 700])
def test_pieces_hold_every_letter(text: str) -> None:
    parts = list(wording.pieces([wording.clean(text)], 200))
    assert max(map(len, parts)) <= 200
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("number", "what", "said"),
    [
        (1, "piece of evidence", "1 piece of evidence"),
        (2, "piece of evidence", "2 pieces of evidence"),
        (3, "person to ask", "3 people to ask"),
        (1200, "item", "1,200 items"),
    ],
)
def test_counts_are_said_as_people_say_them(number: int, what: str, said: str) -> None:
    assert wording.many(number, what) == said


def test_another_id_is_held_against_the_rules() -> None:
    draft = drafted(LIBRARY.encode())
    assert draft.named("my-shop").text.startswith("gapbench_catalog: 1\nid: my-shop\n")
    with pytest.raises(CatalogError, match=r"^--as cannot be made a catalog; .*id"):
        draft.named("My Shop")


def test_yaml_and_json_of_the_same_are_the_same() -> None:
    document = foreign.parse(LIBRARY.encode(), "x.yaml")
    again = foreign.parse(json.dumps(document).encode(), "x.json")
    assert ciso.draft(document, "x").document == ciso.draft(again, "x").document
    assert document["objects"]["framework"]["requirement_nodes"][1]["ref_id"] == "8.10"
