"""Whole sittings by keyboard: what the screens said, and what the file holds afterwards."""
