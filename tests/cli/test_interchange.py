"""Other people's frameworks in, ours and an engagement's results out, on the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from gapbench import config
from gapbench.catalog import library
from gapbench.catalog.overlay import overlay_for, overlay_path
from gapbench.catalog.shipped import template_file
from gapbench.catalog.validate import validate
from gapbench.cli import oscal
from tests.catalog.test_importers import LIBRARY, catalog, control, node, statement
from tests.catalog.test_importers import library as library_of
from tests.excel.test_ciso_sheets import TABS, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shop() -> Path:
    path = Path("shop.yaml")
    path.write_text(LIBRARY, "utf-8")
    return path


def own(catalog_id: str) -> Path:
    """Where one's own catalog of that id lies."""
    return Path(config.library(), f"{catalog_id}.yaml")


def nothing_of_ones_own() -> bool:
    folder = Path(config.library())
    return not folder.exists() or not [each for each in folder.rglob("*") if each.is_file()]


# --- in ------------------------------------------------------------------------------------------------


def test_a_library_comes_in(run: Run, shop: Path) -> None:
    said = run("catalogs", "import", shop)
    assert (said.code, said.err) == (0, "")
    text = " ".join(said.out.split())
    for part in (
        "shop.yaml: CISO Assistant library, version 3",
        "Used: 2 requirements as 2 items in 1 group",
        "Ignored: threats of the library",
        "shop: Shop rules 2024, 2 items in 1 group.",
        f"{own('shop')}: written.",
        "Look at it: gapbench catalogs preview shop",
    ):
        assert part in text
    assert max(map(len, (line for line in said.out.splitlines() if "written" not in line))) <= 80
    assert validate(own("shop")) == ()
    assert [line.id for line in library.look().lines] == ["shop"]
    assert "Every order is written down." in run("catalogs", "preview", "shop").out


def test_a_dry_run_writes_nothing(run: Run, shop: Path) -> None:
    said = run("catalogs", "import", shop, "--dry-run")
    assert said.code == 0
    assert "Nothing was written." in " ".join(said.out.split())
    assert nothing_of_ones_own()


def test_for_programs(run: Run, shop: Path) -> None:
    said = run("catalogs", "import", shop, "--json", "--as", "our-shop")
    told = json.loads(said.out)
    assert (told["format"], told["id"], told["from"]) == (
        "gapbench-import/1",
        "our-shop",
        "CISO Assistant library, version 3",
    )
    assert (told["groups"], told["items"], told["written"]) == (1, 2, [str(own("our-shop"))])
    assert told["used"]
    assert told["ignored"]
    assert told["unplaced"] == []
    assert json.loads(run("catalogs", "import", shop, "--json", "--dry-run").out)["written"] == []


def test_nothing_is_replaced_unasked(run: Run, shop: Path) -> None:
    run("catalogs", "import", shop)
    own("shop").write_text(own("shop").read_text("utf-8").replace("Orders", "Mine"), "utf-8")
    said = run("catalogs", "import", shop)
    assert said.code == 1
    assert said.sentence.endswith("choose another id with --as, or say --replace.")
    assert "Mine" in own("shop").read_text("utf-8")
    assert run("catalogs", "import", shop, "--replace").code == 0
    assert "Orders" in own("shop").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "code", "wanted"),
    [
        ("iso9001-2015", 1, "is a framework that comes with gapbench; choose another id with --as."),
        ("Bad Id", 1, "--as cannot be made a catalog"),
        ("../x", 1, "--as cannot be made a catalog"),
    ],
)
def test_an_id_that_will_not_do(run: Run, shop: Path, name: str, code: int, wanted: str) -> None:
    said = run("catalogs", "import", shop, "--as", name)
    assert said.code == code
    assert wanted in said.sentence
    assert nothing_of_ones_own()


def test_an_oscal_catalog_comes_in(run: Run) -> None:
    Path("o.json").write_bytes(catalog(controls=[control("a-1", statement("Write it down."))]))
    assert run("catalogs", "import", "o.json", "--as", "oscal-rules").code == 0
    assert validate(own("oscal-rules")) == ()


def test_a_workbook_of_ciso_assistant_comes_in(run: Run) -> None:
    workbook(Path("w.xlsx"), TABS)
    assert run("catalogs", "import", "w.xlsx").code == 0
    assert validate(own("shop")) == ()


def test_our_own_template_comes_in_from_yaml_and_excel(run: Run) -> None:
    Path("house.yaml").write_bytes(template_file("conformity").read_bytes())
    said = run("catalogs", "import", "house.yaml")
    assert (said.code, said.err) == (0, "")
    assert own("supplier-check-2026").read_text("utf-8") == Path("house.yaml").read_text("utf-8")
    run("catalogs", "template", "house.xlsx")
    assert run("catalogs", "import", "house.xlsx", "--as", "from-excel").code == 0
    assert validate(own("from-excel")) == ()


def test_long_explanations_go_into_a_private_overlay(run: Run) -> None:
    long = "Because: of *this* and 'that', \"so\" # it is. " * 9
    Path("x.json").write_bytes(library_of(node("1", description="Do it.", annotation=long), ref_id="LONG"))
    said = run("catalogs", "import", "x.json", "--overlay", "--json")
    assert json.loads(said.out)["written"] == [str(own("long")), overlay_path("long")]
    assert " ".join(overlay_for("long").of("1").text.split()) == " ".join(long.split())
    assert validate(Path(overlay_path("long"))) == ()
    assert "Because" not in own("long").read_text("utf-8")
    again = run("catalogs", "import", "x.json", "--overlay", "--as", "long")
    assert again.code == 1


def test_without_long_explanations_there_is_no_overlay(run: Run, shop: Path) -> None:
    said = run("catalogs", "import", shop, "--overlay")
    assert said.code == 0
    assert "There is nothing for an overlay" in said.sentence
    assert not Path(overlay_path("shop")).exists()


@pytest.mark.parametrize(
    "text", ["=cmd|'/C calc'!A0", "[red]x[/] [@click=app.quit]y[/]", "@SUM(1)", "<b>&amp;</b>", "a\x1b[31mb"]
)
def test_what_they_wrote_stays_text(run: Run, text: str) -> None:
    Path("x.json").write_bytes(library_of(node("1", name=text, description=f"Do {text}."), ref_id="x-rules", name=text))
    said = run("catalogs", "import", "x.json", "--as", "x-rules")
    assert said.code == 0
    clean = text.replace("\x1b", "")
    document = yaml.safe_load(own("x-rules").read_text("utf-8"))
    assert (document["title"], document["groups"][0]["items"][0]["title"]) == (clean, clean)
    preview = run("catalogs", "preview", "x-rules").out
    assert f"Do {clean}." in " ".join(preview.split())
    assert "\x1b" not in said.out + preview


BAD: dict[str, tuple[str, bytes | None, tuple[str, ...], int]] = {
    "missing": ("gone.yaml", None, (), 1),
    "a folder": (".", None, (), 1),
    "empty": ("x.yaml", b"", (), 1),
    "not UTF-8": ("x.yaml", LIBRARY.encode("utf-16"), (), 1),
    "an anchor": ("x.yaml", b"a: &a [b]\n", (), 1),
    "a tag": ("x.yaml", b"a: !!python/name:os.system\n", (), 1),
    "too deep": ("x.json", b'{"a":' * 100_000, (), 1),
    "NUL": ("x.yaml", b"a: \0\n", (), 1),
    "something else": ("x.yaml", b"on: push\n", (), 1),
    "a broken pack of ours": ("x.yaml", b"gapbench_catalog: 1\nid: x\n", (), 1),
    "an overlay of ours": ("x.yaml", b"gapbench_overlay: 1\ncatalog: x\nitems: {}\n", (), 1),
    "a cut workbook": ("x.xlsx", b"PK\x03\x04", (), 1),
    "an old workbook": ("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, (), 1),
    "no such framework": ("x.yaml", LIBRARY.encode(), ("--framework", "other"), 1),
    "a wrong form": ("x.yaml", LIBRARY.encode(), ("--from", "pack"), 2),
    "a workbook as OSCAL": ("x.xlsx", b"PK\x03\x04", ("--from", "oscal"), 2),
    "CISO as OSCAL": ("x.yaml", LIBRARY.encode(), ("--from", "oscal"), 1),
    "an unknown form": ("x.yaml", LIBRARY.encode(), ("--from", "word"), 2),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_nothing_is_written(run: Run, name: str) -> None:
    file, content, more, code = BAD[name]
    if content is not None:
        Path(file).write_bytes(content)
    said = run("catalogs", "import", file, *more)
    assert (said.code, said.out) == (code, "")
    assert said.sentence.startswith("gapbench: ")
    assert said.sentence.isprintable()
    assert nothing_of_ones_own()


def test_a_library_folder_that_is_a_file(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").write_text("x", "utf-8")
    monkeypatch.setenv(config.LIBRARY, str(Path("file").absolute()))
    said = run("catalogs", "import", shop)
    assert said.code == 1
    assert "cannot be written" in said.sentence
    assert Path("file").read_text("utf-8") == "x"


# --- out -----------------------------------------------------------------------------------------------


def test_a_catalog_goes_out_and_comes_in_again(run: Run) -> None:
    said = run("catalogs", "export", "iso14001-2015", "-o", "o.json")
    assert (said.code, said.out) == (0, "o.json: ISO 14001:2015 written, 89 items.\n")
    first = Path("o.json").read_bytes()
    assert run("catalogs", "export", "iso14001-2015", "-o", "again.json").code == 0
    assert Path("again.json").read_bytes() == first
    told = json.loads(run("catalogs", "import", "o.json", "--as", "mine", "--json").out)
    assert (told["items"], told["from"]) == (89, "OSCAL catalog 1.1.3")


def test_a_catalog_goes_out_as_yaml_written_out_in_full(run: Run) -> None:
    told = json.loads(run("catalogs", "export", "as9100d", "-o", "whole.yaml", "--json").out)
    assert told == {"path": "whole.yaml", "id": "as9100d", "format": "yaml", "items": 486}
    assert validate(Path("whole.yaml")) == ()
    assert run("catalogs", "import", "whole.yaml", "--as", "our-as9100").code == 0


OUT: dict[str, tuple[tuple[str, ...], int, str]] = {
    "a file that is there": (("iso9001-2015", "-o", "there.json"), 1, "say --replace"),
    "a folder": (("iso9001-2015", "-o", "folder.json", "--replace"), 1, "is a folder; name a file."),
    "no such folder": (("iso9001-2015", "-o", "gone/x.json"), 1, "cannot be written"),
    "no form": (("iso9001-2015", "-o", "x.txt"), 2, "say --format oscal or --format yaml"),
    "no catalog": (("iso9001-1994", "-o", "x.json"), 2, "iso9001-1994"),
    "no file": (("iso9001-2015",), 2, "-o"),
}


@pytest.mark.parametrize("name", OUT)
def test_what_cannot_go_out_is_one_sentence(run: Run, name: str, tmp_path: Path) -> None:
    words, code, wanted = OUT[name]
    Path("there.json").write_text("mine", "utf-8")
    Path("folder.json").mkdir()
    said = run("catalogs", "export", *words)
    assert said.code == code
    assert wanted in said.sentence
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.json", "there.json"]
    assert Path("there.json").read_text("utf-8") == "mine"


def test_an_engagement_goes_out(run: Run, acme: Path) -> None:
    run("rate", acme, "8.4.1 a", "partial", "--note", "=1+1 *x*")
    said = run("oscal", acme, "-o", "out")
    assert said.code == 0
    names = {each.name for each in Path("out").iterdir()}
    assert names == {
        "assessment-plan.json",
        "assessment-results.json",
        "plan-of-action-and-milestones.json",
        "catalog-iso9001-2015.json",
        "catalog-cmmi-2.0.json",
    }
    first = {name: Path("out", name).read_bytes() for name in names}
    assert run("oscal", acme, "-o", "out").code == 0
    assert {name: Path("out", name).read_bytes() for name in names} == first
    results: Any = json.loads(first["assessment-results.json"])
    seen = results["assessment-results"]["results"][0]["observations"]
    assert "=1+1 \\*x\\*" in seen[0]["description"]


def test_one_kind_of_document_alone(run: Run, acme: Path) -> None:
    for only in oscal.CHOICES:
        said = run("oscal", acme, "-o", only, "--only", only)
        if only == "poam":
            assert (said.code, said.sentence.startswith("gapbench: There is no gap")) == (1, True)
            assert not Path(only).exists()
        else:
            assert said.code == 0
            assert Path(only).is_dir()
    assert "no gap" in run("oscal", acme, "-o", "all").out


@pytest.mark.parametrize(
    ("words", "code"), [(("gone.gapbench", "-o", "x"), 1), (("acme.gapbench", "-o", "acme.gapbench"), 1)]
)
def test_an_engagement_that_cannot_go_out(run: Run, acme: Path, words: tuple[str, ...], code: int) -> None:
    before = acme.read_bytes()
    said = run("oscal", *words)
    assert said.code == code
    assert said.sentence.startswith("gapbench: ")
    assert acme.read_bytes() == before


def test_the_manual_names_every_option() -> None:
    """docs/interchange.md and the commands keep up with each other."""
    from gapbench.cli import catalog_export, catalog_import

    manual = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text("utf-8")
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers()
    catalog_import.arguments(verbs)
    catalog_export.arguments(verbs)
    oscal.arguments(verbs.add_parser("oscal"))
    options = {
        option
        for verb in verbs.choices.values()
        for action in verb._actions
        for option in action.option_strings
        if option.startswith("--") and option not in ("--help", "--output")
    }
    assert sorted(option for option in options if option not in manual) == []
