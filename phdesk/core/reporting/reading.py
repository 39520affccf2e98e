"""Read the file that describes a report, or say all that is wrong with it: file, line and key."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from phdesk.core.dates import DAYS
from phdesk.core.numbering import LARGEST_ID
from phdesk.core.reporting.boards import PREFIX, board_in
from phdesk.core.reporting.periods import PeriodError, period_of
from phdesk.core.sources import Noun, SourceError, parse_source
from phdesk.core.wall.lines import Path, line_of, located, syntax_fault, written
from phdesk.core.wall.secrets import scrubbed, secret_lines, secret_paths
from phdesk.core.wall.tables import Notes, Scheme, each, table, value
from phdesk.core.wall.values import WrongValueError, near, one_of, shown, text, truth, whole
from phdesk.core.wall.values import clock as clock_of
from phdesk.models.report import Report, Schedule, Section

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_KEYS = "keys never stand in this file; sign in, or set PHDESK_API_KEY where it is run"
MOST_STEPS = 20
MIDNIGHT = 24 * 60  # minutes


class Bad(Struct, frozen=True, gc=False):
    """What is wrong with a file, one sentence a fault, in the order of its lines."""

    faults: tuple[str, ...]


def read_report(content: str, name: str) -> Report | Bad:
    """Read a file; `name` stands before each fault."""
    hidden = secret_lines(content)
    try:
        parsed = tomllib.loads(content)
    except tomllib.TOMLDecodeError as why:
        line, words = syntax_fault(why, content)
        return _bad([(line, f"not TOML: {words}"), *((each, NO_KEYS) for each in hidden)], name)
    except RecursionError:
        return _bad([(1, "is nested too deep")], name)
    notes = Notes()
    try:
        good: Mapping[str, Any] = table(REPORT, {"schedule": SCHEDULE})(parsed, (), notes)
    except WrongValueError as why:  # pragma: no cover  a document is a table
        notes.add((), str(why))
        good = {}
    sections = _sections(good, notes)
    schedule = _schedule(good, notes)
    if "title" not in good and "title" not in parsed:
        notes.add((), 'title is missing: title = "Weekly report"')
    for path in secret_paths(parsed):
        notes.add(path, NO_KEYS)
    if notes.faults or hidden:
        return _bad([*_located(notes, content), *((each, NO_KEYS) for each in hidden)], name)
    plain = {key: good[key] for key in ("title", "text", "period", "compare", "host", "project")
             if key in good}  # fmt: skip
    return Report(**plain, sections=sections, schedule=schedule)


def _located(notes: Notes, content: str) -> list[tuple[int, str]]:
    lines = located(content)
    return [(line_of(one.path, lines), _place(one.path) + one.words) for one in notes.faults]


def _place(path: Path) -> str:
    return f"{written(path)}: " if path else ""


def _bad(faults: list[tuple[int, str]], name: str) -> Bad:
    said = dict.fromkeys(f"{name}:{line}: {scrubbed(words)}" for line, words in sorted(set(faults)))
    return Bad(tuple(said))


def _sections(good: Mapping[str, Any], notes: Notes) -> tuple[Section, ...]:
    found = []
    sections = good.get("section", ())
    if not sections:
        notes.add((), "there is no [[section]]: nothing would be told")
    for place, fields in enumerate(sections):
        at: Path = ("section", place)
        wrong = {fault.path[2] for fault in notes.faults if fault.path[:2] == at and fault.path[2:]}
        asked = [key for key in ("dashboard", "event", "funnel") if key in fields or key in wrong]
        if len(asked) != 1:
            had = " and ".join(asked) or "none"
            notes.add(at, f"must have one of dashboard, event and funnel, not {had}")
        if "tiles" in fields and "dashboard" not in fields:
            notes.add((*at, "tiles"), "are of a dashboard, and none is named")
        if "count" in fields and "event" not in fields:
            notes.add((*at, "count"), "is of an event, and none is named")
        found.append(Section(**fields))
    return tuple(found)


def _schedule(good: Mapping[str, Any], notes: Notes) -> Schedule | None:
    fields = good.get("schedule")
    if fields is None:
        return None
    every = fields.get("every", "week")
    for key, of in (("weekday", "week"), ("day", "month")):
        if key in fields and every != of:
            notes.add(("schedule", key), f'goes with every = "{of}"')
    if "folder" not in fields:
        notes.add(("schedule",), 'folder is missing: folder = "~/Reports"')
    if not fields.get("formats", True):
        notes.add(("schedule", "formats"), 'must name one of "pdf", "html" and "md"')
    return Schedule(**fields)


def _period(held: object) -> str:
    said = text(held)
    try:
        period_of(said, date(2026, 1, 1))
    except PeriodError as why:
        raise WrongValueError(str(why)) from None
    return said


def _host(held: object) -> str:
    said = text(held)
    if said.lower() in ("us", "eu"):
        return f"https://{said.lower()}.posthog.com"
    try:
        parts = urlsplit(said if "://" in said else f"https://{said}")
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, a port of too many digits
        good = False
    if not good or " " in said:
        raise WrongValueError(f'must be "us", "eu" or an address, not {shown(held)}')
    if parts.username is not None:
        raise WrongValueError("must be an address without a name or a password in it")
    return f"{parts.scheme}://{parts.netloc.lower()}"  # as the addresses of dashboards are read


def _dashboard(held: object) -> str:
    number = isinstance(held, int) and not isinstance(held, bool)
    said = str(held) if number else text(held)
    if board := board_in(said):
        return f"{PREFIX}{board}"
    try:
        source = parse_source(said)
    except SourceError:
        source = None
    if source is None or source.noun is not Noun.DASHBOARD or not source.id:
        raise WrongValueError(
            f"must be a dashboard's number or address, or 'board:NAME', not {shown(held)}"
        )
    return said


def _at(held: object) -> int:
    minutes = clock_of(held)
    if minutes == MIDNIGHT:
        raise WrongValueError('"24:00" is the next day: write "00:00" for it')
    return minutes


def _folder(held: object) -> str:
    said = text(held)
    if any(ord(sign) < ord(" ") for sign in said):
        raise WrongValueError(f"must be the path of a folder, not {shown(held)}")
    return said


def _weekday(held: object) -> int:
    said = text(held).lower()
    short = [day.lower() for day in DAYS]
    for names in (WEEKDAYS, short):
        if said in names:
            return list(names).index(said)
    raise WrongValueError(f"must be a day of the week, not {shown(held)}{near(said, WEEKDAYS)}")


def _funnel(held: object) -> tuple[str, ...]:
    if not isinstance(held, list) or not 2 <= len(held) <= MOST_STEPS:
        raise WrongValueError(f"must be a list of 2 to {MOST_STEPS} events")
    return tuple(text(one) for one in held)


def _command(held: object) -> tuple[str, ...]:
    if not isinstance(held, list) or not held:
        raise WrongValueError('must be a list of words, such as ["notify-send", "{file}"]')
    return tuple(text(one) for one in held)


TEXT, TRUTH = value(text), value(truth)
SECTION: Scheme = {
    "title": TEXT,
    "text": TEXT,
    "dashboard": value(_dashboard),
    "tiles": each(TEXT, "a list of titles"),
    "numbers": each(TEXT, "a list of names"),
    "event": TEXT,
    "count": value(one_of("events", "people")),
    "funnel": value(_funnel),
    "show": each(
        value(one_of("sentences", "chart", "table")), 'a list of "sentences", "chart" and "table"'
    ),
}
SCHEDULE: Scheme = {
    "every": value(one_of("day", "week", "month")),
    "weekday": value(_weekday),
    "day": value(whole(1, 28)),
    "at": value(_at),
    "folder": value(_folder),
    "formats": each(value(one_of("pdf", "html", "md")), 'a list of "pdf", "html" and "md"'),
    "command": value(_command),
}
REPORT: Scheme = {
    "title": TEXT,
    "text": TEXT,
    "period": value(_period),
    "compare": TRUTH,
    "host": value(_host),
    "project": value(whole(1, LARGEST_ID)),
    "section": each(table(SECTION), "tables, as [[section]]"),
    "schedule": table(SCHEDULE),
}
