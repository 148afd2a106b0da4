"""A catalog file that is wrong is refused: file, line, entry and key are named."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gapbench.catalog.load import load
from gapbench.catalog.reading import LIMIT, VALUES
from gapbench.catalog.shipped import catalogs_folder
from gapbench.catalog.validate import MOST, validate
from gapbench.errors import CatalogError, FileError

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "catalogs.md"

GOOD = """\
gapbench_catalog: 1
id: small-1
title: Small
edition: "1"
family: Small
model: practice_groups
revision: 1
levels: 5
principles:
  customer: Customer first
views:
  - id: ALL
    title: All of it
    from_level_2: [CM]
groups:
  - id: TOP
    title: Everything
  - id: CM
    parent: TOP
    title: Configuration
    ask: [Engineers]
    principles: [customer]
    items:
      - id: CM 1.1
        title: Versions exist
        text: Show me the version before this one.
        level: 1
      - id: CM 2.1
        title: A list of what is controlled
        text: What is on your list, and who put it there?
        level: 2
        na: no
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_good_one_is_good(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert validate(path) == ()
    catalog = load(path)
    assert catalog.item["CM 2.1"].ask == ("Engineers",)
    assert catalog.item["CM 2.1"].na == "no"
    assert catalog.item["CM 2.1"].principles == ("customer",)
    assert catalog.view["ALL"].areas == {"CM": 2}
    assert catalog.confidence == "high"


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert validate(path) == ()


def test_the_example_of_the_guide_is_good(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert example
    path = written(tmp_path, example[1])
    assert validate(path) == ()
    item = load(path).item["1.1 b"]
    assert (item.ask, item.provenance) == (("Sales", "Shop manager"), "agreed with the owner")


def test_the_guide_names_every_key() -> None:
    schema = json.loads((catalogs_folder() / "schema/catalog.schema.json").read_text("utf-8"))
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", ())}
    guide = GUIDE.read_text("utf-8")
    assert sorted(key for key in keys if key not in guide) == []


def test_the_schema_is_a_schema() -> None:
    schema = json.loads((catalogs_folder() / "schema/catalog.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)


CASES = {
    "broken": ("title: Small", "title: [Small", "line 4: not YAML"),
    "a tab": ("    title: All", "\ttitle: All", "line 13: not YAML.*not with tabs"),
    "colon": ("text: Show me", "text: Show: me", "line 26: not YAML.*in quotes"),
    "anchor": ("title: Small", "title: &a Small", "line 3: title: the anchor &a is not allowed"),
    "alias": ("title: Small", "title: *a", "line 3: title: the reference \\*a is not allowed"),
    "tag": ("title: Small", "title: !!python/name:os.system x", "line 3: title: the tag .*system"),
    "tagged list": ("[Engineers]", "!!set {a, b}", "line 21: ask: the tag .*set"),
    "key twice": ("family: Small", "family: A\nfamily: B", "line 6: family: given twice .*line 5"),
    "odd key": ("family: Small", "family: A\n? [a]\n: b", "line 6: a key must be a plain word"),
    "hostile key": ("family: Small", '"\\e[31m": 1', "line 5: \\?\\[31m: this key cannot be"),
    "hostile tag": ("title: Small", "title: !%1b[31m x", "line 3: "),
    "long id": ("- id: CM 2.1", "- id: CM" + " 2" * 9000, "line 28: CM 2 2.*: id: .* cannot be"),
    "two documents": ("groups:", "---\ngroups:", "line 15: a second document begins"),
    "escape": ("title: Small", 'title: "S\\e[31m"', "line 3: title: .*unprintable .*U\\+001B"),
    "deep": ("title: Small", "title: [[[[[[[[[[1]]]]]]]]]]", "line 3: title: too many levels"),
    "item twice": ("- id: CM 2.1", "- id: CM 1.1", "line 28: CM 1.1: id: .*item .* line 24"),
    "said alike": ("- id: CM 2.1", "- id: CM1.1", "line 28: CM1.1: id: .*said like 'CM 1.1'"),
    "group twice": ("- id: TOP", "- id: CM", "line 18: CM: id: this group stands on line 16"),
    "unknown parent": ("parent: TOP", "parent: X", "line 19: CM: parent: there is no group 'X'"),
    "circle": ("- id: TOP", "- id: TOP\n    parent: CM", "line 17: TOP: parent: .*circle"),
    "own parent": ("parent: TOP", "parent: CM", "line 19: CM: parent: .*circle"),
    "childless": ("parent: TOP\n    ", "", "line 16: TOP: items: no items"),
    "unknown area": ("[CM]", "[CM, XX]", "line 14: ALL: from_level_2: there is no area 'XX'"),
    "area twice": ("[CM]", "[CM, CM]", "line 14: ALL: from_level_2: 'CM' is listed twice"),
    "empty view": ("\n    from_level_2: [CM]", "", "line 12: ALL: the view has no areas"),
    "view level": ("from_level_2", "from_level_7", "line 14: ALL: from_level_7: out of range"),
    "odd view key": ("from_level_2", "from_level_0", "ALL: unknown key 'from_level_0'"),
    "principle": ("[customer]", "[client]", "line 22: CM: principles: there is no principle"),
    "level 6": ("level: 2", "level: 6", "line 31: CM 2.1: level: 6 is out of range; .* 1 to 5"),
    "level 0": ("level: 2", "level: 0", "line 31: CM 2.1: level: 0 is too small"),
    "level word": ("level: 2", "level: two", "line 31: CM 2.1: level: must be a whole number"),
    "no level": ("\n        level: 2", "", "line 28: CM 2.1: level: missing"),
    "no levels": ("levels: 5\n", "", "levels: missing; this model has levels"),
    "no views": (
        "views:\n  - id: ALL\n    title: All of it\n    from_level_2: [CM]\n",
        "",
        "views: missing; this model needs one at least",
    ),
    "na": ("na: no", "na: maybe", "line 32: CM 2.1: na: 'maybe' is not one of no, rare"),
    "flag": ("ask: [Engineers]", "always: yes", "line 21: CM: always: must be true or false"),
    "overlong": ("Show me", "Show me" + " more" * 60, "line 26: CM 1.1: text: .* at most 200"),
    "empty question": ("Show me the version before this one.", '""', "CM 1.1: text: is empty"),
    "no question": ("Show me the version before this one.", "", "CM 1.1: text: has no value"),
    "missing key": (
        "        text: Show me the version before this one.\n",
        "",
        "line 24: CM 1.1: ",
    ),
    "missing word": ("        text: Show me the version before this one.\n", "", "key 'text' is"),
    "same question": (
        "Show me the version before this one.",
        "what is on your list, and  who put it there?",
        "line 30: CM 2.1: text: the same question as CM 1.1",
    ),
    "unknown key": ("title: Versions", "titel: Versions", "CM 1.1: unknown key 'titel' .*'title'"),
    "number as id": ("- id: TOP", "- id: 4", "line 16: 4: id: must be text, write it in quotes"),
    "number as title": ("title: Small", "title: 4", "line 3: title: must be text, write it"),
    "list as title": ("title: Small", "title: [a]", "line 3: title: must be text"),
    "two lines": ("title: Small", "title: |\n  a\n  b", "line 3: title: must be one line"),
    "text as list": ("[Engineers]", "Engineers", "line 21: CM: ask: must be a list"),
    "no list": ("[Engineers]", "", "line 21: CM: ask: has no value"),
    "empty items": (
        "title: Everything",
        "title: E\n    items: []",
        "TOP: items: the list is empty",
    ),
    "newer": ("gapbench_catalog: 1", "gapbench_catalog: 2", "line 1: gapbench_catalog: must be 1"),
    "not one of ours": ("gapbench_catalog: 1\n", "", "the key 'gapbench_catalog' is missing"),
    "model": ("practice_groups", "hopes", "line 6: model: 'hopes' is not one of conformity, pr"),
    "id": ("id: small-1", "id: Small 1", "line 2: id: 'Small 1' cannot be used here"),
    "revision": ("revision: 1", "revision: 0", "line 7: revision: 0 is too small; at least 1"),
    "counts": ("levels: 5", "levels: 5\ncounts: {items: 3}", "counts: items: says 3, .* holds 2"),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_refusals(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    problems = validate(path)
    assert any(re.search(said, problem) for problem in problems), problems
    assert all(problem.startswith("mine.yaml") for problem in problems)
    assert all(problem.endswith(".") and problem.isprintable() for problem in problems)
    assert max(map(len, problems)) < 300
    with pytest.raises(CatalogError, match=r"^mine\.yaml"):
        load(path)


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"# only a remark\n", "is empty"),
        (b"just words", "is it a catalog"),
        (b"- a\n- b\n", "is it a catalog"),
        (b"null", "is it a catalog"),
        (bomb().encode(), "line 1: a0: the anchor &a0 is not allowed"),
        (GOOD.replace("Small", "Größe", 1).encode("latin-1"), "line 3: not UTF-8"),
        (GOOD.encode("utf-16"), "line 1: not UTF-8"),
        (GOOD.replace("Small", "Sm\0all", 1).encode(), "line 3: a NUL character"),
        (b"PK\x03\x04\x14\x00\x08\x08", "mine.yaml, line 1"),
        (b"a: " + b"x" * LIMIT, "larger than 4 MB"),
        (b"a: " + b"[" * 100_000, "too many levels|not YAML"),
        (b"a:\n" + b"- b\n" * (VALUES + 1), f"more than {VALUES} values"),
        (b"a: \xed\xa0\x80", "not UTF-8"),
        (b'a: "\\ud800"', "mine.yaml, line 1"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = written(tmp_path, content)
    problems = validate(path)
    assert len(problems) == 1
    assert re.search(said, problems[0]), problems
    with pytest.raises(CatalogError, match=said):
        load(path)


def test_every_problem_is_shown_and_the_first_is_counted(tmp_path: Path) -> None:
    text = GOOD.replace("level: 2", "level: two").replace("title: Versions", "titel: Versions")
    path = written(tmp_path, text)
    assert len(validate(path)) == 3
    with pytest.raises(CatalogError, match=r"\(2 more; see `gapbench catalogs validate mine.yaml"):
        load(path)


def test_problems_without_end_are_cut(tmp_path: Path) -> None:
    item = "      - id: CM 3.{n}\n        title: T\n        text: Q{n}?\n        level: nine\n"
    path = written(tmp_path, GOOD + "".join(item.format(n=n) for n in range(3000)))
    assert len(validate(path)) == MOST


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(FileError, match="cannot be read"):
            load(path)
        with pytest.raises(FileError, match="check the path"):
            validate(path)
