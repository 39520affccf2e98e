"""A team's budget, for people to look at: who spent what in the last hour, and what is left."""

from msgspec import Struct

from phdesk.core.budget import SHARE

NAMES = {
    "insights": "calculations and insights",
    "queries": "queries",
    "values": "lists of values",
    "other": "dashboards and the rest",
}


class Class(Struct, frozen=True, gc=False, kw_only=True):
    """What was spent of one class of calls in the last hour, and what is left."""

    name: str
    limit: int  # calls an hour
    interactive: int = 0
    background: int = 0
    background_limit: int = 0
    left: int = 0  # calls that may be made at once now
    wait: float = 0.0  # seconds until the next call may be made
    background_wait: float | None = 0.0  # None: never, because its share is nothing


class Report(Struct, frozen=True, gc=False, kw_only=True):
    """A team's budget, for people to look at."""

    host: str
    project: int
    classes: tuple[Class, ...]
    dashboards: tuple[tuple[int, int], ...] = ()  # id and calculations, the most first; 0: others
    share: float = SHARE
    places: int = 2


def budget_lines(report: Report) -> list[str]:
    """Say it in lines, calculations first; classes of which nothing was spent are left out."""
    shown = [one for one in report.classes if one.name == "insights" or spent(one)]
    lines = [f"{NAMES.get(one.name, one.name)}: {class_words(one)}" for one in shown]
    boards = [f"{_board(number)} {calls}" for number, calls in report.dashboards]
    if boards:
        lines.append(f"of the calculations: {', '.join(boards)}")
    if report.places == 1:
        lines.append("one calculation at a time, because the organization is busy")
    return lines


def spent(one: Class) -> int:
    """Count the calls of the last hour."""
    return one.interactive + one.background


def class_words(one: Class) -> str:
    """Say what was spent of a class and what is left."""
    words = f"{spent(one):,} of {one.limit:,} this hour"
    if one.background:
        words += f", {one.background:,} of {one.background_limit:,} in the background"
    if one.wait > 0:
        words += f"; the next in {duration(one.wait)}"
    return words


def duration(seconds: float) -> str:
    """Say a time to wait, rounded up: "40 s", "12 min"."""
    whole = max(1, -int(-seconds // 1))
    return f"{whole} s" if whole < 120 else f"{-(-whole // 60)} min"


def _board(number: int) -> str:
    return f"dashboard {number}" if number else "no dashboard"
