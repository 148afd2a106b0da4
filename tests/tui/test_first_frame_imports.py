"""The first frame with the engagement's rows comes before anything heavy is loaded."""

from pathlib import Path

from gapbench.work.example import write_example
from tests.bench.imports import FIRST_FRAME, HEAVY, OPENING, loaded


def test_the_first_frame_loads_nothing_heavy(tmp_path: Path) -> None:
    write_example(tmp_path / "example.gapbench")
    found = loaded(FIRST_FRAME, tmp_path / "example.gapbench")
    assert "textual" in found  # the detector detects
    assert not found & set(HEAVY)


def test_opening_reads_no_yaml(tmp_path: Path) -> None:
    write_example(tmp_path / "example.gapbench")
    found = loaded(OPENING, tmp_path / "example.gapbench")
    assert "sqlite3" in found
    assert "yaml" not in found
