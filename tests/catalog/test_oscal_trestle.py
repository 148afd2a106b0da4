"""The verdict of compliance-trestle on our OSCAL, where trestle is installed (`pip install compliance-trestle`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.oscal.export import export
from gapbench.engagement.engagement import Engagement
from gapbench.work.example import write_example
from gapbench.work.oscal.folder import documents, text_of

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

AT = datetime(2026, 1, 2, tzinfo=UTC)
FOLDERS = {
    "catalog": "catalogs",
    "assessment-plan": "assessment-plans",
    "assessment-results": "assessment-results",
    "plan-of-action-and-milestones": "plan-of-action-and-milestones",
}
BESIDE = Path(sys.executable).with_name("trestle")
TRESTLE = shutil.which("trestle") or (str(BESIDE) if BESIDE.exists() else "")

pytestmark = pytest.mark.skipif(
    not TRESTLE,
    reason="OUR OSCAL IS NOT CHECKED BY AN INDEPENDENT VALIDATOR: put trestle (compliance-trestle) on PATH",
)


def trestle(workspace: Path, *words: str) -> str:
    done = subprocess.run([TRESTLE, *words], cwd=workspace, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_everything_that_goes_out_is_valid(tmp_path: Path, shipped: dict[str, Catalog]) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    trestle(workspace, "init", "--full")
    found = {f"c-{name}": export(catalog, AT) for name, catalog in shipped.items()}
    write_example(tmp_path / "demo.gapbench")
    with Engagement.open(tmp_path / "demo.gapbench", read_only=True) as engagement:
        found |= documents(engagement)
    for name, document in found.items():
        (kind,) = document
        place = workspace / FOLDERS[kind] / name.removesuffix(".json").replace(".", "-") / f"{kind}.json"
        place.parent.mkdir(parents=True)
        place.write_text(text_of(document), "utf-8")
    said = trestle(workspace, "validate", "-a")
    assert said.count("VALID: ") == len(found) == len(shipped) + 5
    assert "INVALID" not in said
