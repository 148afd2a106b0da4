"""What is stored: the one authority of the schema.

Imported only to create, upgrade or check a file: SQLModel costs more than the first screen. While a
file is open the journal learns columns and keys from the file itself (`rows.py`).

Keys are natural or made by us, never counted up by the database, so that two files can be merged.
Step by step: a new column is one line here and one function in `upgrades.py`.
"""
# No `from __future__ import annotations` here: SQLModel reads the types while the classes are made.

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, MetaData, Text, UniqueConstraint, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import registry
from sqlalchemy.pool import StaticPool
from sqlmodel import Field, SQLModel

_COMPACT = {"sqlite_with_rowid": False}  # one tree, in the order of the key


class Table(SQLModel, registry=registry(metadata=MetaData())):
    """Base of our tables, apart from any other SQLModel in the process."""


class Profile(Table, table=True):
    """Who the client is, a row for each field."""

    __tablename__ = "profile"
    __table_args__ = (_COMPACT,)

    field: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class Framework(Table, table=True):
    """A framework of the engagement; `snapshot` names the copy of its catalog."""

    __tablename__ = "framework"
    __table_args__ = (
        CheckConstraint("target BETWEEN 0 AND 5", name="framework_target"),
        CheckConstraint("evaluation IN (0, 1)", name="framework_evaluation"),
        CheckConstraint("major_threshold >= 1", name="framework_major_threshold"),
        _COMPACT,
    )

    catalog: str = Field(primary_key=True, sa_type=Text)
    snapshot: str = Field(sa_type=Text, min_length=64, max_length=64)
    views: str = Field(sa_type=Text)  # JSON list
    target: int = Field(sa_type=Integer)
    evaluation: int = Field(sa_type=Integer)
    major_threshold: int = Field(sa_type=Integer)
    position: int = Field(sa_type=Integer)


class Unit(Table, table=True):
    """A project, support function or site."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("id <> ''", name="unit_id"),  # "" is the organisation
        CheckConstraint("kind IN ('project', 'function', 'site')", name="unit_kind"),
        _COMPACT,
    )

    id: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text, min_length=1)
    kind: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    position: int = Field(sa_type=Integer)


class Answer(Table, table=True):
    """What was said of one item in one unit; no row says nothing."""

    __tablename__ = "answer"
    __table_args__ = (CheckConstraint("flag IN (0, 1)", name="answer_flag"), _COMPACT)

    catalog: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)
    unit: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    flag: int = Field(sa_type=Integer)


class Judgement(Table, table=True):
    """A decision where the rules leave a choice."""

    __tablename__ = "judgement"
    __table_args__ = (_COMPACT,)

    catalog: str = Field(primary_key=True, sa_type=Text)
    subject: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text, min_length=1)
    reason: str = Field(sa_type=Text, min_length=1)


class Exclusion(Table, table=True):
    """An area that is out, for a unit or (unit "") for the organisation."""

    __tablename__ = "exclusion"
    __table_args__ = (_COMPACT,)

    catalog: str = Field(primary_key=True, sa_type=Text)
    area: str = Field(primary_key=True, sa_type=Text)
    unit: str = Field(primary_key=True, sa_type=Text)
    reason: str = Field(sa_type=Text, min_length=1)


class Finding(Table, table=True):
    """A recorded finding; what it rests on stands in `finding_item`."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint("number >= 1", name="finding_number"),
        CheckConstraint("cls IN ('major', 'minor', 'ofi', 'observation', 'strength')", name="finding_cls"),
        CheckConstraint("status IN ('open', 'closed')", name="finding_status"),
        _COMPACT,
    )

    id: str = Field(primary_key=True, sa_type=Text, min_length=1)
    number: int = Field(sa_type=Integer)
    cls: str = Field(sa_type=Text)
    requirement: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    gap: str = Field(sa_type=Text)
    cause: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)


class FindingItem(Table, table=True):
    """An item that a finding rests on."""

    __tablename__ = "finding_item"
    __table_args__ = (_COMPACT,)

    finding: str = Field(primary_key=True, sa_type=Text)
    catalog: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)


class Succession(Table, table=True):
    """A framework that follows another edition, in its place or beside it; one framework follows one."""

    __tablename__ = "succession"
    __table_args__ = (
        UniqueConstraint("former", name="succession_former"),
        CheckConstraint("mode IN ('transition', 'dual')", name="succession_mode"),
        CheckConstraint("former <> catalog", name="succession_other"),
        _COMPACT,
    )

    catalog: str = Field(primary_key=True, sa_type=Text)
    former: str = Field(sa_type=Text)
    mode: str = Field(sa_type=Text)


class Carried(Table, table=True):
    """An answer that came along from the edition before, and that nobody has confirmed since."""

    __tablename__ = "carried"
    __table_args__ = (_COMPACT,)

    catalog: str = Field(primary_key=True, sa_type=Text)
    item: str = Field(primary_key=True, sa_type=Text)
    unit: str = Field(primary_key=True, sa_type=Text)
    origin: str = Field(sa_type=Text, min_length=1)


class WorkPackage(Table, table=True):
    """What was decided on one work package; what is empty, or 0, is left to the model.

    Days are ISO dates and figures decimals, all as text: the journal keeps texts and whole numbers.
    """

    __tablename__ = "work_package"
    __table_args__ = (
        CheckConstraint("status IN ('planned', 'started', 'done', 'verified')", name="work_package_status"),
        CheckConstraint("likelihood BETWEEN 0 AND 5", name="work_package_likelihood"),
        CheckConstraint("impact BETWEEN 0 AND 5", name="work_package_impact"),
        CheckConstraint("(likelihood = 0) = (impact = 0)", name="work_package_pain"),
        CheckConstraint("(effort_low = '') = (effort_high = '')", name="work_package_effort"),
        _COMPACT,
    )

    package: str = Field(primary_key=True, sa_type=Text, min_length=1)
    owner: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    start: str = Field(sa_type=Text)
    due: str = Field(sa_type=Text)
    effort_low: str = Field(sa_type=Text)
    effort_high: str = Field(sa_type=Text)
    likelihood: int = Field(sa_type=Integer)
    impact: int = Field(sa_type=Integer)
    priority: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)


class Action(Table, table=True):
    """A recorded action of the plan; what the plan proposes is made from the answers and not stored."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("status IN ('planned', 'started', 'done', 'verified')", name="action_status"),
        CheckConstraint("manual IN (0, 1)", name="action_manual"),
        _COMPACT,
    )

    id: str = Field(primary_key=True, sa_type=Text, min_length=1)
    package: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text, min_length=1)
    closes: str = Field(sa_type=Text)  # JSON list of [catalog, leaf clause or practice]
    owner: str = Field(sa_type=Text)
    effort: str = Field(sa_type=Text)
    start: str = Field(sa_type=Text)
    due: str = Field(sa_type=Text)
    status: str = Field(sa_type=Text)
    needs: str = Field(sa_type=Text)  # JSON list of ids
    finding: str = Field(sa_type=Text)
    manual: int = Field(sa_type=Integer)
    position: int = Field(sa_type=Integer)


class Planning(Table, table=True):
    """What the client said about the programme, a row for each setting, its value as JSON."""

    __tablename__ = "planning"
    __table_args__ = (_COMPACT,)

    name: str = Field(primary_key=True, sa_type=Text, min_length=1)
    value: str = Field(sa_type=Text, min_length=1)


class Snapshot(Table, table=True):
    """A catalog as it was when the framework was added; rows are added, never changed.

    Not journalled, as it would be written twice: the framework's row names it by its SHA-256.
    """

    __tablename__ = "snapshot"

    sha: str = Field(primary_key=True, sa_type=Text, min_length=64, max_length=64)
    catalog: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)


class Step(Table, table=True):
    """A line of the journal; `seq` is the order in this file, `id` the hash of the content."""

    __tablename__ = "step"
    __table_args__ = (
        CheckConstraint("kind IN ('do', 'undo', 'redo')", name="step_kind"),
        CheckConstraint("(kind = 'do') = (target = '')", name="step_target"),
        # What undo asks of each step it meets: who spoke of you last?
        Index("step_mentions", "target", sqlite_where=text("target <> ''")),
    )

    seq: int = Field(primary_key=True, sa_type=Integer)
    id: str = Field(sa_type=Text, unique=True, min_length=64, max_length=64)
    parents: str = Field(sa_type=Text)  # JSON list
    at: str = Field(sa_type=Text)
    author: str = Field(sa_type=Text)
    device: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)


class RowChange(Table, table=True):
    """One row before and after a step, as JSON of the columns that are not its key."""

    __tablename__ = "change"
    __table_args__ = (
        Index("change_row", "table_name", "key"),  # the history of one item
        _COMPACT,
    )

    step: int = Field(primary_key=True, foreign_key="step.seq", sa_type=Integer)
    n: int = Field(primary_key=True, sa_type=Integer)
    table_name: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text)  # JSON list
    before: str | None = Field(default=None, sa_type=Text, nullable=True)
    after: str | None = Field(default=None, sa_type=Text, nullable=True)


TABLES: dict[str, type[Table]] = {
    str(table.__tablename__): table
    for table in (
        Profile,
        Framework,
        Unit,
        Answer,
        Judgement,
        Exclusion,
        Finding,
        FindingItem,
        Succession,
        Carried,
        WorkPackage,
        Action,
        Planning,
        Snapshot,
        Step,
        RowChange,
    )
}


def create_all(connection: Any, marks: Iterable[str] = ()) -> None:
    """Create every table over the one sqlite3 connection, in one transaction.

    Args:
        connection: An open connection to an empty file.
        marks: Statements of the same transaction.
    """
    connection.isolation_level = None  # we say when a transaction begins
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    try:
        with engine.connect() as over:  # has looked around and rolled back: begin only now
            connection.execute("BEGIN EXCLUSIVE")
            for mark in marks:
                connection.execute(mark)
            Table.metadata.create_all(over)
            over.commit()
    except DBAPIError as problem:
        raise problem.orig or problem from problem  # what SQLite said, as from any statement
