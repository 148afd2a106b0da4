"""The person's own catalogs: found, listed without YAML, told when they are wrong, and never in anybody's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gapbench import config
from gapbench.catalog import library
from gapbench.catalog.known import CircleError, find_known, list_known, load_known
from gapbench.catalog.shipped import catalogs_folder, list_shipped, template_file
from gapbench.catalog.validate import validate
from gapbench.errors import CatalogError, UsageError

TEMPLATE = template_file("conformity").read_text("utf-8")


@pytest.fixture
def own() -> Path:
    folder = Path(config.library())
    folder.mkdir(parents=True)
    return folder


def put(folder: Path, name: str, **head: str) -> Path:
    """The example as a file of one's own, with other values at its head."""
    text = TEMPLATE
    for key, value in head.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key}:"))
        text = text.replace(line, f"{key}: {value}", 1)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_it_lies_beside_the_settings_or_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config.where()
    assert settings is not None
    assert Path(config.library()) == settings.parent / "catalogs"
    monkeypatch.setenv("GAPBENCH_CATALOGS", "elsewhere")
    assert config.library() == "elsewhere"


def test_without_a_folder_there_are_the_shipped_ones() -> None:
    assert list_known() == list_shipped()
    assert library.look().problems == ()


def test_one_of_ones_own_is_listed_last_and_loaded(own: Path) -> None:
    put(own, "supplier.yaml")
    lines = list_known()
    assert lines[:-1] == list_shipped()
    assert (lines[-1].id, lines[-1].own, lines[-1].items) == ("supplier-check-2026", True, 6)
    assert load_known("Supplier-Check-2026").item["1.1 a"].ask == ("Sales", "Planning")


def test_the_folder_that_the_environment_names_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPBENCH_CATALOGS", str(tmp_path))
    put(tmp_path, "supplier.yml")
    assert list_known()[-1].id == "supplier-check-2026"


PROGRAM = """
import sys
from gapbench.catalog.known import list_known
print(list_known()[-1].id, sorted({"yaml", "jsonschema"} & set(sys.modules)))
"""


def loaded() -> str:
    return subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout.strip()


def test_yaml_is_read_only_for_a_file_that_has_changed(own: Path) -> None:
    path = put(own, "supplier.yaml")
    assert loaded() == "supplier-check-2026 ['jsonschema', 'yaml']"
    assert loaded() == "supplier-check-2026 []"
    status = path.stat()
    put(own, "supplier.yaml", id="supplier-check-2027")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert loaded() == "supplier-check-2027 ['jsonschema', 'yaml']"
    assert loaded() == "supplier-check-2027 []"


def test_a_broken_one_is_a_sentence_and_hinders_nothing(own: Path) -> None:
    put(own, "good.yaml")
    (own / "broken.yaml").write_text("title: [", "utf-8")
    (own / "binary.yaml").write_bytes(bytes(range(256)))
    put(own, "wrong.yaml", model="hopes")
    (own / "folder.yaml").mkdir()
    for _ in range(2):  # read, then from the index
        found = library.look()
        assert [line.id for line in found.lines] == ["supplier-check-2026"]
        assert [problem.partition(",")[0] for problem in found.problems] == ["binary.yaml", "broken.yaml", "wrong.yaml"]
    assert load_known("supplier-check-2026").title == "Supplier check"


def test_what_is_broken_says_so_when_it_is_asked_for(own: Path) -> None:
    put(own, "wrong.yaml", family='""')
    with pytest.raises(CatalogError, match=r"wrong\.yaml, line 9: family: is empty"):
        load_known("supplier-check-2026")
    assert find_known("supplier-check-2026") is None


def test_no_own_one_hides_a_shipped_one(own: Path) -> None:
    put(own, "mine.yaml", id="iso9001-2015")
    found = library.look()
    assert found.lines == ()
    assert "its id iso9001-2015 is that of a framework that comes with gapbench" in found.problems[0]
    assert len(load_known("iso9001-2015").items) == 324


def test_two_of_one_id_are_told(own: Path) -> None:
    put(own, "a.yaml")
    put(own, "b.yaml")
    found = library.look()
    assert [line.file for line in found.lines] == ["a.yaml"]
    assert found.problems == ("b.yaml: its id supplier-check-2026 is that of a.yaml; choose another id.",)


NONSENSE = {
    "empty": b"",
    "binary": bytes(range(256)),
    "another format": b'{"format": "x/9", "gapbench": "0", "files": {}}',
    "a list": b"[]",
    "nested": b"[" * 100_000,
    "rows that are none": b'{"format": "gapbench-own/1", "gapbench": "0.1.0", "files": {"supplier.yaml": 5}}',
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_nonsense_index_is_made_again(own: Path, name: str) -> None:
    put(own, "supplier.yaml")
    (own / library.INDEX).write_bytes(NONSENSE[name])
    assert [line.id for line in library.look().lines] == ["supplier-check-2026"]
    assert json.loads((own / library.INDEX).read_text("utf-8"))["files"]["supplier.yaml"]["line"]["items"] == 6


def test_an_index_with_values_of_another_type_is_made_again(own: Path) -> None:
    put(own, "supplier.yaml")
    library.look()
    place = own / library.INDEX
    document = json.loads(place.read_text("utf-8"))
    document["files"]["supplier.yaml"]["line"]["title"] = ["[red]"]
    place.write_text(json.dumps(document), "utf-8")
    assert library.look().lines[0].title == "Supplier check"


def test_a_folder_that_takes_no_index_is_read_each_time(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(own, "supplier.yaml")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert [line.id for line in library.look().lines] == ["supplier-check-2026"]
    assert not (own / library.INDEX).exists()
    assert [path.name for path in own.iterdir()] == ["supplier.yaml"]


def test_a_machine_without_a_home_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "library", lambda: "")
    assert list_known() == list_shipped()
    with pytest.raises(UsageError, match="There is no framework 'mine-1'"):
        load_known("mine-1")


# --- one inside or after another ---------------------------------------------------------------------


def extending(folder: Path, name: str, inside: str, key: str = "extends") -> Path:
    path = folder / f"{name}.yaml"
    more = ", change: new, change_note: n" if key == "base" else ""
    path.write_text(
        f'gapbench_catalog: 1\nid: {name}\ntitle: T\nedition: "1"\nfamily: F\nmodel: conformity\nrevision: 1\n'
        f"{key}: {inside}\ngroups:\n  - id: A{name}\n    title: A\n    items:\n"
        f"      - {{id: A{name} 1, title: T, text: What of {name}?{more}}}\n",
        "utf-8",
    )
    return path


def test_one_of_ones_own_contains_another(own: Path) -> None:
    extending(own, "house-1", "iso9001-2015")
    extending(own, "line-1", "house-1")
    assert library.look().problems == ()
    assert len(load_known("line-1").items) == 326


@pytest.mark.parametrize("key", ["extends", "base"])
def test_circles_are_refused(own: Path, key: str) -> None:
    one = extending(own, "one-1", "two-1", key)
    extending(own, "two-1", "three-1", key)
    extending(own, "three-1", "one-1", key)
    assert library.look().lines == ()
    assert any("rests on itself (one-1, two-1, three-1, one-1)" in problem for problem in validate(one))
    with pytest.raises(CatalogError, match="rests on itself"):
        load_known("two-1")
    with pytest.raises(CircleError):
        load_known("one-1", inside=("one-1",))


def test_a_template_is_sound_and_what_it_says() -> None:
    for path in sorted((catalogs_folder() / "templates").glob("*.yaml")):
        assert validate(path) == ()
        assert f"\nmodel: {path.stem}\n" in path.read_text("utf-8")
