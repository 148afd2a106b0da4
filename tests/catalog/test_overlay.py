"""A person's own words beside ours: read late, checked, and kept to themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gapbench import config
from gapbench.catalog.overlay import BY_YOU, DUE, NOTHING, overlay_for, overlay_path, template
from gapbench.catalog.shipped import load_shipped
from gapbench.catalog.validate import validate

LICENSED = "the quick brown licence jumps over the lazy clause"

GOOD = f"""\
gapbench_overlay: 1
catalog: iso9001-2026
owner: M. Lang, licence 4711
items:
  "4.1 §1":
    text: |-
      {LICENSED}
      on two lines: with "quotes" and [/brackets]
    checked: true
  "4.2 a": {{title: House title, note: ask twice}}
  "4.2 b": {{title: "", text: "", note: "", checked: false}}
"""


@pytest.fixture
def place() -> Path:
    path = Path(overlay_path("iso9001-2026"))
    path.parent.mkdir(parents=True)
    return path


def test_without_a_file_there_is_nothing() -> None:
    overlay = overlay_for("iso9001-2026")
    assert not overlay
    assert overlay.of("4.1 §1") is NOTHING
    assert (dict(overlay.items), overlay.owner, overlay.problem) == ({}, "", "")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b", "A B", "x" * 500])
def test_a_name_that_is_no_id_leads_nowhere(name: str) -> None:
    assert overlay_path(name) == ""
    assert not overlay_for(name)


def test_its_words_stand_by_item(place: Path) -> None:
    place.write_text(GOOD, "utf-8")
    overlay = overlay_for("iso9001-2026")
    assert overlay
    assert overlay.of("4.1 §1").text.splitlines()[0] == LICENSED
    assert overlay.of("4.2 a").title == "House title"
    assert not overlay.of("4.2 b")
    assert set(overlay.items) == {"4.1 §1", "4.2 a"}
    assert overlay.owner == "M. Lang, licence 4711"


def test_who_has_proof_read_is_said(place: Path) -> None:
    place.write_text(GOOD, "utf-8")
    items = load_shipped("iso9001-2026").item
    overlay = overlay_for("iso9001-2026")
    assert overlay.proof(items["4.1 §1"]) == BY_YOU
    assert overlay.proof(items["4.2 a"]) == DUE
    assert overlay_for("iso9001-2015").proof(load_shipped("iso9001-2015").item["4.1 §1"]) == ""


def test_no_word_of_it_gets_into_a_log(place: Path) -> None:
    place.write_text(GOOD, "utf-8")
    overlay = overlay_for("iso9001-2026")
    assert LICENSED in overlay.of("4.1 §1").text
    assert LICENSED not in repr(overlay) + repr(overlay.of("4.1 §1")) + str(overlay.of("4.1 §1"))


BROKEN = {
    "not YAML": f"{LICENSED}: [\n",
    "text that is a list": GOOD.replace("title: House title", f"title: [{LICENSED}]"),
    "overlong": GOOD.replace("House title", LICENSED * 10),
    "two lines as key": GOOD.replace('"4.2 a"', f'"{LICENSED}"'),
    "unknown key": GOOD.replace("note: ask twice", f"{LICENSED.replace(' ', '_')[:30]}: 1"),
    "another catalog": GOOD.replace("catalog: iso9001-2026", "catalog: iso9001-2015"),
    "a letter that cannot be shown": GOOD.replace("House title", f'"{LICENSED} \\e[31m"'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_that_is_not_sound_is_a_sentence_and_shows_nothing(place: Path, name: str) -> None:
    place.write_text(BROKEN[name], "utf-8")
    overlay = overlay_for("iso9001-2026")
    assert overlay.of("4.1 §1") is NOTHING
    assert overlay.problem.startswith("iso9001-2026.yaml")
    assert LICENSED not in overlay.problem
    assert all(LICENSED not in problem for problem in validate(place))


def test_validate_names_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "iso9001-2026.yaml"
    path.write_text(GOOD, "utf-8")
    assert validate(path) == ()
    path.write_text(GOOD.replace('"4.2 a"', '"4.2 q"').replace("4.2 b", "4.2 r"), "utf-8")
    assert validate(path) == (
        "iso9001-2026.yaml, line 10: items: 4.2 q: there is no such item in iso9001-2026.",
        "iso9001-2026.yaml, line 11: items: 4.2 r: there is no such item in iso9001-2026.",
    )
    other = tmp_path / "other.yaml"
    other.write_text(GOOD, "utf-8")
    assert "must be called iso9001-2026.yaml to be found" in validate(other)[0]
    other.write_text(GOOD.replace("catalog: iso9001-2026", "catalog: iso9001-1994"), "utf-8")
    assert "gapbench has no framework 'iso9001-1994'" in validate(other)[-1]


@pytest.mark.parametrize("name", ["iso9001-2015", "cmmi-dev-1.3", "sw-cmm-1.1"])
def test_an_empty_one_is_sound(tmp_path: Path, name: str) -> None:
    catalog = load_shipped(name)
    path = tmp_path / f"{name}.yaml"
    path.write_text(template(catalog), "utf-8")
    assert validate(path) == ()


PROGRAM = """
import sys
from gapbench.catalog.overlay import overlay_for
overlay = overlay_for(sys.argv[1])
print(bool(overlay), sorted({"yaml", "jsonschema", "pathlib"} & set(sys.modules)))
"""


@pytest.mark.parametrize(("name", "said"), [("iso9001-2015", "False []"), ("iso9001-2026", "True ['pathlib']")])
def test_asking_for_one_reads_nothing(place: Path, name: str, said: str) -> None:
    place.write_text(GOOD, "utf-8")
    there = {**os.environ, "PYTHONPATH": str(Path(config.__file__).parents[1])}
    command = [sys.executable, "-S", "-c", PROGRAM, name]  # without site, which loads pathlib itself
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=there)
    assert done.stdout.strip() == said
