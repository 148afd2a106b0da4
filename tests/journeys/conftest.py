"""Journeys start where the screens' tests start."""

from tests.tui.conftest import example, file, quick_keys, utc

__all__ = ["example", "file", "quick_keys", "utc"]
