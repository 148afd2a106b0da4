"""Journeys start where the screens' tests start."""

from tests.tui.conftest import example, file, utc

__all__ = ["example", "file", "utc"]
