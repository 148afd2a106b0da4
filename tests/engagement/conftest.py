"""An engagement in a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from tests.engagement.small import CMMI, ISO, PROFILE, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the engagement of a test lies."""
    return tmp_path / "acme.gapbench"


@pytest.fixture
def engagement(path: Path) -> Iterator[Engagement]:
    """Acme: both frameworks, two projects and a function."""
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        furnish(made)
        yield made


@pytest.fixture
def resting(path: Path) -> Path:
    """An engagement at rest, with some answers."""
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        furnish(made)
        made.rate(ISO, [("8.1 a", "")], "partial", note="Seen in one project only")
        made.rate(CMMI, [("CM 1.1", "falcon"), ("CM 1.1", "heron")], "FM")
        made.rate(ISO, [("8.1 b", "")], "na", reason="Nothing is bought")
    return path
