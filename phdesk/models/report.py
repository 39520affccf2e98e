"""A report as a person describes it: sections of tiles or questions, a period, a schedule."""

from typing import Literal

from msgspec import Struct

Show = Literal["sentences", "chart", "table"]
Count = Literal["events", "people"]
Every = Literal["day", "week", "month"]
ReportFormat = Literal["pdf", "html", "md"]
USUAL: tuple[Show, ...] = ("sentences", "chart")


class Section(Struct, frozen=True, kw_only=True):
    """Tiles of a dashboard, or one question about events: one of the three."""

    title: str = ""
    text: str = ""  # words of the person's own
    dashboard: str = ""  # number or address
    tiles: tuple[str, ...] = ()  # titles or short ids; empty: all with numbers
    numbers: tuple[str, ...] = ()  # names of series and steps; empty: as the rules choose
    event: str = ""  # that is counted
    count: Count = "events"
    funnel: tuple[str, ...] = ()  # events, the first step first
    show: tuple[Show, ...] = USUAL


class Schedule(Struct, frozen=True, kw_only=True):
    """When a report is made by itself, where it is put, and what is run then."""

    every: Every = "week"
    weekday: int = 0  # 0 Monday; of a weekly one
    day: int = 1  # of the month, 1 to 28; of a monthly one
    at: int = 7 * 60  # minutes since midnight, on this computer's clock
    folder: str = ""
    formats: tuple[ReportFormat, ...] = ("pdf",)
    command: tuple[str, ...] = ()  # and its arguments; `{file}` is the first file


class Report(Struct, frozen=True, kw_only=True):
    """What is asked of which project, for which period."""

    title: str
    text: str = ""
    period: str = "last week"
    compare: bool = True
    host: str = ""  # empty: that of the dashboards, or of the account used last
    project: int | None = None
    sections: tuple[Section, ...] = ()
    schedule: Schedule | None = None
