"""What questions are made of: events, actions, properties, SQL variables (reference section 10)."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class EventDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """An event that the project has had."""

    name: str
    last_seen_at: datetime | None = None  # None: never, or the server does not tell
    description: str = ""


class ActionDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """Events under one name, as a team put them together."""

    id: int
    name: str = ""
    description: str = ""


class CohortDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """People whom a team put together."""

    id: int
    name: str = ""
    count: int | None = None  # of people, when it was last worked out


class PropertyDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """A property that events, persons, sessions or groups have had."""

    name: str
    kind: str = "event"  # person, session, group; element of what autocapture saw
    type: str = "String"  # DateTime, Numeric, Boolean, Duration; others exist
    group: int | None = None  # the number of its type of group


class Choice(Struct, frozen=True, gc=False):
    """A value that a variable may hold, and what people read in its place."""

    value: str
    label: str = ""


class VariableDefinition(Struct, frozen=True, gc=False, kw_only=True):
    """An SQL variable: the name that people see, and what it may hold."""

    id: str
    name: str = ""
    code_name: str = ""
    type: str = "String"  # Number, Boolean, List, Date; others exist
    choices: tuple[str, ...] = ()
    choices_query: str = ""  # SQL whose rows are the choices, where none are written down
    connection: str = ""  # of another database, against which that is asked
    several: bool = False  # whether it holds a list of them
    default: Any = None  # JSON: what holds where a query gives no value
