"""Keep events and persons in an in-memory SQLite database that follows the clock."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from phdesk.demo.ranges import iso, ms

EventRow = tuple[int, str, int, str]
"""Milliseconds since 1970, event, number of the person, properties as JSON text."""

_SCHEMA = """
create table persons (
    id text primary key, number integer, distinct_id text, created_at text, created_ms integer,
    properties text
);
create table events (
    id integer primary key, ts integer, timestamp text, event text, person_id text,
    distinct_id text, properties text,
    uuid text generated always as
        (printf('01990000-0000-7000-8000-%012x', id)) virtual
);
"""
_INDEXES = """
create index if not exists events_event on events (event, ts);
create index if not exists events_ts on events (ts);
create index if not exists events_person on events (person_id, event, ts);
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with events; properties are those of this moment."""

    number: int
    created: datetime
    properties: dict[str, Any]

    @property
    def distinct_id(self) -> str:
        """Name the person as the events do."""
        return f"user_{self.number:05d}"

    @property
    def id(self) -> str:
        """Give the person's UUID, made from the number."""
        return str(UUID(int=0x01990000_0000_4000_8000_0000_0000_0000 + self.number))


@dataclass(frozen=True, slots=True)
class Event:
    """One event as tests plant it."""

    name: str
    at: datetime
    person: int
    properties: dict[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """Where a world gets its people and events from, day by day."""

    first_day: date

    def persons(self, today: date) -> list[Person]:
        """List everyone who has appeared up to and including today."""

    def events(self, day: date) -> Iterable[EventRow]:
        """List the events of one day; the same day always gives the same list."""


class PlantedSource:
    """A fixed list of events, for worlds small enough to count by hand."""

    def __init__(
        self, events: Sequence[Event], traits: dict[int, dict[str, Any]] | None = None
    ) -> None:
        self._events = sorted(events, key=_event_time)
        self._traits = traits or {}
        self.first_day = self._events[0].at.date() if self._events else datetime.now(UTC).date()

    def persons(self, today: date) -> list[Person]:
        """List each person who has an event by today, created with the first one."""
        created: dict[int, datetime] = {}
        for event in self._events:
            if event.at.date() <= today:
                created.setdefault(event.person, event.at)
        return [Person(n, at, self._traits.get(n, {})) for n, at in created.items()]

    def events(self, day: date) -> Iterator[EventRow]:
        """List the planted events of one day."""
        for event in self._events:
            if event.at.date() == day:
                yield ms(event.at), event.name, event.person, json.dumps(event.properties)


class World:
    """All that has happened so far, ready to be asked with SQL.

    ``lock`` guards the connection: hold it while reading rows.
    """

    def __init__(self, source: Source, now: Callable[[], datetime]) -> None:
        self.now = now
        self.lock = threading.RLock()
        self.traits: dict[str, dict[str, Any]] = {}
        self.created: dict[str, int] = {}
        self.database = sqlite3.connect(":memory:", check_same_thread=False)
        self.database.executescript(_SCHEMA)
        self.database.create_function("person_property", 2, self.trait, deterministic=True)
        self._source = source
        self._people: dict[int, Person] = {}
        self._next_day = source.first_day
        self._waiting: list[EventRow] = []
        self.sync()

    @property
    def earliest(self) -> datetime:
        """Give the start of the first day that can have events."""
        return datetime.combine(self._source.first_day, datetime.min.time(), UTC)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def sync(self) -> None:
        """Bring in whatever has happened between the last look and now."""
        with self.lock:
            now = self.now()
            if self._next_day <= now.date():
                self._meet(now.date())
                self._fetch_days(now.date())
            self._let_in(ms(now))

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one trusted query and return all its rows."""
        with self.lock:
            return self.database.execute(sql, parameters).fetchall()

    def trait(self, person_id: str, key: str) -> str | int | float | None:
        """Read one property of a person, in a form SQLite takes."""
        value = self.traits.get(person_id, {}).get(key)
        return str(value) if isinstance(value, dict | list) else value

    def _meet(self, today: date) -> None:
        people = self._source.persons(today)
        self._people = {person.number: person for person in people}
        self.traits = {person.id: person.properties for person in people}
        self.created = {person.id: ms(person.created) for person in people}
        self.database.execute("delete from persons")
        self.database.executemany(
            "insert into persons values (?, ?, ?, ?, ?, ?)", map(_person_row, people)
        )

    def _fetch_days(self, today: date) -> None:
        while self._next_day <= today:
            self._waiting.extend(self._source.events(self._next_day))
            self._next_day += timedelta(days=1)
        self._waiting.sort()

    def _let_in(self, now_ms: int) -> None:
        count = 0
        while count < len(self._waiting) and self._waiting[count][0] <= now_ms:
            count += 1
        if not count:
            return
        due, self._waiting = self._waiting[:count], self._waiting[count:]
        self.database.executemany(
            "insert into events (ts, timestamp, event, person_id, distinct_id, properties)"
            " values (?, ?, ?, ?, ?, ?)",
            self._event_rows(due),
        )
        self.database.executescript(_INDEXES)

    def _event_rows(self, due: list[EventRow]) -> Iterator[tuple[Any, ...]]:
        names = {n: (person.id, person.distinct_id) for n, person in self._people.items()}
        day_ms, prefix = -1, ""
        for at, event, number, properties in due:
            day, rest = divmod(at, 86_400_000)
            if day != day_ms:
                day_ms, prefix = day, date.fromordinal(719_163 + day).isoformat()
            minutes, milli = divmod(rest, 60_000)
            text = f"{prefix}T{minutes // 60:02}:{minutes % 60:02}:{milli // 1000:02}"
            person_id, distinct_id = names[number]
            yield at, f"{text}.{milli % 1000:03}000Z", event, person_id, distinct_id, properties


def _person_row(person: Person) -> tuple[Any, ...]:
    return (
        person.id,
        person.number,
        person.distinct_id,
        iso(person.created),
        ms(person.created),
        json.dumps(person.properties),
    )


def _event_time(event: Event) -> datetime:
    return event.at
