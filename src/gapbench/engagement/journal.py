"""Every change is one transaction, written down, and can be taken back."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from gapbench.engagement import ledger, proof, sentences
from gapbench.engagement.rows import JOURNALLED, Cell, Key, Row, Shape, key_json
from gapbench.engagement.text import clean_text
from gapbench.engagement.values import Change, Kind
from gapbench.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gapbench.engagement.file import File
    from gapbench.engagement.values import Cell as Answered
    from gapbench.engagement.values import StepKind

KINDS: dict[str, Kind] = {
    "profile": "profile",
    "framework": "scope",
    "unit": "scope",
    "exclusion": "scope",
    "answer": "answers",
    "judgement": "judgements",
    "finding": "findings",
    "finding_item": "findings",
    "succession": "scope",
    "carried": "answers",
    "work_package": "plan",
    "action": "plan",
    "planning": "plan",
}

_OF_CELLS = frozenset({"answer", "carried"})

_LONGEST_TITLE = 200  # a line of the history; whoever imports a file may have named it with more

_MANY = 1000  # rows from which reading the whole table beats asking for each

_SNAPSHOT = "INSERT INTO snapshot (sha, catalog, text) VALUES (?, ?, ?) ON CONFLICT (sha) DO NOTHING"

Line = tuple[Key, tuple[Cell, ...] | None]
"""Key and the other cells; None deletes."""

_Touched = dict[tuple[str, Key], tuple[str | None, str | None]]


class Writer:
    """What a verb may do to rows inside a step; each row before and after is kept.

    A transaction begins with the first row that differs, so a verb that changes nothing leaves the
    file byte for byte as it was.

    Attributes:
        change: What came of it, once the step has ended.
        begun: Something was written.
    """

    def __init__(self, journal: Journal, title: str, begin: Callable[[], None]) -> None:
        self.change = Change(title)
        self.begun = False
        self._journal = journal
        self._begin = begin
        self._connection = journal.file.connection
        self._touched: _Touched = {}
        self._snapshots: list[tuple[str, str, str]] = []

    def begin(self) -> None:
        """Be ready to write."""
        if not self.begun:
            self._begin()
            self.begun = True

    def put(self, table: str, row: Row) -> None:
        """Write one whole row."""
        self.put_all(table, (row,))

    def put_all(self, table: str, rows: Iterable[Row]) -> None:
        """Write many whole rows; those that do not differ are passed over."""
        shape = self._journal.shape(table)
        split = len(shape.keys)
        self.write(table, [(cells[:split], cells[split:]) for cells in map(shape.cells, rows)])

    def drop(self, table: str, keys: Iterable[Key]) -> None:
        """Delete rows by key; those that are not there are passed over."""
        self.write(table, [(tuple(key), None) for key in keys])

    def now(self, table: str, keys: Sequence[Key]) -> dict[Key, str]:
        """The rows of these keys as they stand, and perhaps others, as JSON."""
        shape = self._journal.shape(table)
        ask = self._connection.execute
        if len(keys) < _MANY:
            asked = ((key, ask(shape.one, key).fetchone()) for key in keys)
            return {key: shape.json(found[: len(shape.others)]) for key, found in asked if found}
        split = len(shape.keys)
        return {cells[:split]: shape.json(cells[split:]) for cells in ask(shape.all)}

    def write(self, table: str, lines: Sequence[Line], now: dict[Key, str] | None = None) -> None:
        """Write or (without other cells) delete rows.

        Args:
            table: A journalled table.
            lines: Key, and the other cells in the order of `Shape.others`.
            now: The rows of these keys as they stand, where that is known.
        """
        shape = self._journal.shape(table)
        now = self.now(table, [key for key, _ in lines]) if now is None else now
        written, gone = [], []
        touched = self._touched
        for key, others in lines:
            before = now.pop(key, None)
            after = None if others is None else shape.json(others)
            if after is not None:
                now[key] = after
            if after == before:
                continue
            if others is None:
                gone.append(key)
            else:
                written.append((*key, *others))
            first = touched.get((table, key))
            touched[table, key] = (first[0] if first else before, after)
        self._run(shape, written, gone)

    def _run(self, shape: Shape, written: Sequence[Key], gone: Sequence[Key]) -> None:
        if not written and not gone:
            return
        self.begin()
        if written:
            self._connection.executemany(shape.upsert, written)
        if gone:
            self._connection.executemany(shape.delete, gone)

    def keep_snapshot(self, sha: str, catalog: str, text: str) -> None:
        """Keep the copy of a catalog, once."""
        self.begin()
        self._snapshots.append((sha, catalog, text))
        self._connection.execute(_SNAPSHOT, self._snapshots[-1])

    def absorb(self, part: Writer) -> None:
        """Take over what a verb inside this step did."""
        for name, (before, after) in part._touched.items():
            first = self._touched.get(name)
            self._touched[name] = (first[0] if first else before, after)
        self._snapshots += part._snapshots

    def write_again(self) -> None:
        """Write in one go what this step came to, after what it wrote was rolled back."""
        self._connection.executemany(_SNAPSHOT, self._snapshots)
        lines: dict[str, tuple[list[Key], list[Key]]] = {}
        for (table, key), (before, after) in self._touched.items():
            if before == after:
                continue
            written, gone = lines.setdefault(table, ([], []))
            if after is None:
                gone.append(key)
            else:
                written.append((*key, *(self._journal.shape(table).read(after) or ())))
        for table, (written, gone) in lines.items():
            self._run(self._journal.shape(table), written, gone)

    def differences(self) -> list[ledger.Difference]:
        """Rows that are not as they were, in the order in which they were touched."""
        return [
            (table, key_json(key), before, after)
            for (table, key), (before, after) in self._touched.items()
            if before != after
        ]

    def finish(self, step: str = "", at: str = "") -> None:
        """Say what came of it."""
        differing = [name for name, (was, now) in self._touched.items() if was != now]
        self.change = Change(
            self.change.title,
            frozenset(KINDS[table] for table, _ in differing),
            cast("frozenset[Answered]", frozenset(key for table, key in differing if table in _OF_CELLS)),
            step,
            datetime.fromisoformat(at) if at else None,
        )


class Journal:
    """The only way to change an engagement.

    Attributes:
        file: The open file.
        author: Who is at the keyboard; kept with every step.
    """

    def __init__(self, file: File, author: str = "", clock: Callable[[], datetime] | None = None) -> None:
        self.file = file
        self.author = clean_text(author)
        self._clock = clock or (lambda: datetime.now(UTC))
        self._shapes: dict[str, Shape] = {}
        self._open: Writer | None = None
        self._proved = False

    @property
    def in_step(self) -> bool:
        """Whether several verbs are being written as one step."""
        return self._open is not None

    def shape(self, table: str) -> Shape:
        """Columns and key of a journalled table."""
        if table not in self._shapes:
            self._shapes[table] = Shape.of(self.file.connection, JOURNALLED[JOURNALLED.index(table)])
        return self._shapes[table]

    @contextmanager
    def step(self, title: str, kind: StepKind = "do", target: str = "", *, rehearse: bool = False) -> Iterator[Writer]:
        """One named step: all of it or nothing; without a difference nothing is written.

        Inside another step it is a part of that one.

        Args:
            title: Its name in the history.
            kind: What it does.
            target: The step that it takes back or does again.
            rehearse: It may be refused when some of it is written: the first one of a session
                reaches the file only when it is whole.
        """
        title = clean_text(title[:_LONGEST_TITLE])
        if self._open is not None:
            with self._part(self._open, title) as part:
                yield part
            return
        try:
            with self.file.speaking("this step"):
                self.file.refuse_read_only()
                writer = self._open = Writer(self, title, partial(self._begin, rehearse=rehearse))
                yield writer
                self._commit(writer, self._entry(title, kind, target))
        finally:
            self._open = None
            self.file.roll_back()

    def _entry(self, title: str, kind: StepKind, target: str) -> ledger.Entry:
        at = self._clock().astimezone(UTC).isoformat(timespec="microseconds")
        return ledger.Entry(title, self.author, kind, target, at)

    def _commit(self, writer: Writer, entry: ledger.Entry) -> None:
        changes = writer.differences()
        if not changes:
            return
        self._refuse_lost()
        if self.file.rehearsing:
            self.file.roll_back()
            self.file.begin()
            writer.write_again()
        name = ledger.append(self.file.connection, entry, changes)
        self.file.connection.execute("COMMIT")
        writer.finish(name, entry.at)

    @contextmanager
    def _part(self, whole: Writer, title: str) -> Iterator[Writer]:
        connection = self.file.connection
        part = self._open = Writer(self, title, partial(self._begin_part, whole))
        try:
            with self.file.speaking("this step"):
                yield part
        except BaseException:
            if part.begun and connection.in_transaction:  # a full disk has taken back everything by itself
                connection.execute("ROLLBACK TO part")
                connection.execute("RELEASE part")
            raise
        finally:
            self._open = whole
        if part.begun:
            self._refuse_lost()
            connection.execute("RELEASE part")
        whole.absorb(part)
        part.finish()

    def _begin(self, *, rehearse: bool) -> None:
        """Start the transaction of a step, in a session's first one after a look at the last step."""
        if not self._proved:
            proof.last_step(self.file)
            self._proved = True
        if rehearse and not self.file.written:
            self.file.rehearse()
        else:
            self.file.begin()

    def _begin_part(self, whole: Writer) -> None:
        whole.begin()
        self._refuse_lost()
        self.file.connection.execute("SAVEPOINT part")

    def _refuse_lost(self) -> None:
        """Refuse to go on when a full disk has taken back what this step had written."""
        if not self.file.connection.in_transaction:
            raise sentences.no_space("this step")

    def forbid_inside(self, doing: str) -> None:
        """Refuse what makes no sense in the middle of a step."""
        if self.in_step:
            raise RefusedError(f"A step is being written; {doing} when it is done.")
