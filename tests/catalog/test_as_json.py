"""The JSON that programs rely on."""

import json

from gapbench.catalog.as_json import catalog_as_json, lines_as_json
from gapbench.catalog.model import Catalog
from gapbench.catalog.shipped import list_shipped


def test_the_list() -> None:
    rows = lines_as_json(list_shipped())
    assert rows[0] == {
        "id": "iso9001-2015",
        "title": "ISO 9001",
        "edition": "2015 + Amd 1:2024",
        "family": "ISO 9001",
        "model": "conformity",
        "items": 320,
        "points": 324,
        "leaves": 65,
        "areas": 65,
        "views": [],
        "revision": 2,
        "confidence": "high",
        "own": False,
    }
    by_id = {row["id"]: row for row in rows}
    assert by_id["cmmi-2.0"]["views"] == ["DEV", "SVC", "SPM"]
    assert by_id["iso9001-2026"]["base"] == "iso9001-2015"
    assert by_id["as9100d"]["extends"] == "iso9001-2015"


def test_iso(iso: Catalog) -> None:
    document = json.loads(json.dumps(catalog_as_json(iso)))
    assert len(document["items"]) == 324
    assert sum(item["scored"] for item in document["items"]) == 320
    assert "views" not in document
    assert not any("level" in row for row in document["groups"] + document["items"])
    assert document["groups"][0]["parent"] is None
    item = next(row for row in document["items"] if row["id"] == "8.7.2 a")
    assert set(item) == {
        *("id", "group", "title", "text", "look_for", "scored", "kind", "documented", "na"),
        *("conditional", "principles", "evidence", "ask", "confidence", "provenance"),
    }
    assert item["documented"] == "retain"
    assert item["ask"] == ["Quality control"]


def test_cmmi(cmmi2: Catalog) -> None:
    document = json.loads(json.dumps(catalog_as_json(cmmi2)))
    assert list(document["views"]) == ["DEV", "SVC", "SPM"]
    assert document["views"]["DEV"]["areas"]["CM"] == 2
    levels = {row["id"]: row["level"] for row in document["groups"]}
    assert (levels["CM"], levels["TS"], levels["SDM"]) == (2, 3, 2)
    item = next(row for row in document["items"] if row["id"] == "CM 2.1")
    assert set(item) == {
        *("id", "group", "title", "text", "look_for", "level", "scored"),
        *("evidence", "ask", "confidence", "provenance"),
    }
    area = next(row for row in document["groups"] if row["id"] == "GOV")
    assert area["always"] is True
    assert "gate" not in area


def test_the_step_from_the_edition_before(shipped: dict[str, Catalog]) -> None:
    document = json.loads(json.dumps(catalog_as_json(shipped["iso9001-2026"])))
    assert document["base"] == "iso9001-2015"
    rows = document["items"]
    assert {row["change"] for row in rows} == {"same", "wording", "moved", "changed", "new"}
    assert all(row["change_note"] for row in rows if row["change"] != "same")
    assert {row["verify"] for row in rows} == {"due"}
    assert any(row.get("disputed") for row in rows)


def test_areas_goals_and_schemes(shipped: dict[str, Catalog]) -> None:
    document = json.loads(json.dumps(catalog_as_json(shipped["cmmi-dev-1.3"])))
    assert document["views"]["CONTINUOUS"]["scheme"] == "continuous"
    groups = {row["id"]: row for row in document["groups"]}
    assert groups["CM"]["area"] is True
    assert groups["CM GG 2"]["level"] == 2
    assert "change" not in document["items"][0]
    answers = catalog_as_json(shipped["sw-cmm-1.1"])
    assert (answers["scale"], answers["units"]) == ("answers", "organisation")
