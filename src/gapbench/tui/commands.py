"""The command palette: every key's action and every number of the frameworks, found by words."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from gapbench.tui.keys import Key, keys_of, shown_key
from gapbench.tui.widgets.canvas import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.tui.app import GapbenchApp


_MOVES = frozenset({"move", "page", "edge"})


class Palette(CommandPalette):
    """Textual's palette, which would end the program on a page key while nothing is found or laid out."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)


class GapbenchCommands(Provider):
    """Commands of the screen that is up."""

    @property
    def _bench(self) -> GapbenchApp:
        return cast("GapbenchApp", self.app)

    def _commands(self) -> Iterator[Key]:
        name = getattr(self.screen, "NAME", "")
        seen: set[str] = set()
        for key in keys_of(name):
            if key.action and key.action.partition("(")[0] not in _MOVES and key.help not in seen:
                seen.add(key.help)
                yield key

    def _label(self, key: Key) -> str:
        return f"{key.help}  ({shown_key(key, self._bench.user_keys)})"

    async def discover(self) -> Hits:
        """What stands there before a word is typed."""
        for key in self._commands():
            yield DiscoveryHit(self._label(key), partial(self.screen.run_action, key.action), help=None)

    async def search(self, query: str) -> Hits:
        """Commands whose words match, then clauses, areas and items."""
        matcher = self.matcher(query)
        for key in self._commands():
            score = matcher.match(key.help)
            if score > 0:
                yield Hit(score, matcher.highlight(self._label(key)), partial(self.screen.run_action, key.action))
        for hit in self._places(query):
            yield hit

    def _places(self, query: str) -> Iterator[Hit]:
        desk = self._bench.desk
        if desk is None or len(query) < 2:
            return
        words = query.casefold().split()
        found = 0
        for line in desk.walk.lines:
            text = f"{line.id} {line.title}" if line.kind != "framework" else line.title
            if found < 12 and all(word in text.casefold() for word in words):
                found += 1
                go = partial(self._bench.go_to, line.catalog, line.id)
                yield Hit(0.4, Content(printable(f"go to {text}")), go, text=text)
