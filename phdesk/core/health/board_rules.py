"""Rules about a dashboard as a whole."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from msgspec import structs

from phdesk.core.ages import relative
from phdesk.core.charts.text import is_section
from phdesk.core.dates import parse_iso, short_month
from phdesk.core.filter_ranges import range_words, span_of
from phdesk.core.filters import Filter, read_filter
from phdesk.core.grid.placement import Want, default_size, place
from phdesk.core.health.finding import BoardFacts, Finding, Fix, ProjectFacts, Said, Unjudged
from phdesk.core.listing import title_of
from phdesk.core.question import read_question
from phdesk.core.wall.pages import Exhibit, Kind, pages_for, scale_for
from phdesk.models.dashboard import Box, Dashboard, Tile

MOST_TILES = 12  # with numbers
SCREEN_ROWS = 9  # of the grid, below bars and header on a screen of 1080 px
UNOPENED = timedelta(days=90)
NUMBERS = frozenset({"BoldNumber", "Metric"})
WIDE = frozenset(  # kinds and displays that need room for names
    {"FunnelsQuery", "RetentionQuery", "EventsQuery", "HogQLQuery", "ActionsTable", "WorldMap"}
)
OLD_SHARE = timedelta(days=31)
LONG = timedelta(days=366)
WALL = (1920.0, 1080.0)  # px
MOST_PAGES = 4
Rule = Callable[[BoardFacts, ProjectFacts], Iterator[Said]]


def found(board: BoardFacts, **fields: object) -> Finding:
    """Make a finding of a dashboard as a whole."""
    row = board.dashboard.row
    made = Finding(rule="", severity="hint", reason="", board=row.id, board_name=title_of(row))
    return structs.replace(made, **fields)


def numbered(dashboard: Dashboard) -> list[Tile]:
    """List the tiles that show numbers."""
    return [tile for tile in dashboard.tiles if tile.insight is not None]


def boxes_of(dashboard: Dashboard) -> list[Box]:
    """Place the tiles as the server keeps them."""
    wants = []
    for tile in dashboard.tiles:
        kind, display = "text" if tile.text else "button" if tile.button else "", ""
        if tile.insight is not None:
            question = read_question(tile.insight)
            kind, display = question.kind, question.display
        wants.append(Want(tile.sm, *default_size(kind, display)))
    return place(wants, dashboard.compaction)


def board_filter(dashboard: Dashboard) -> Filter:
    """Give the filters that hold for all tiles without filters of their own."""
    return read_filter(dashboard.filters)


def many_tiles(board: BoardFacts, _around: ProjectFacts) -> Iterator[Said]:
    """Find more tiles than one takes in."""
    count = len(numbered(board.dashboard))
    if count > MOST_TILES:
        reason = f"It has {count} tiles with numbers; {MOST_TILES} are taken in at a glance."
        yield found(board, rule="many-tiles", severity="hint", reason=reason)


def first_screen(board: BoardFacts, _around: ProjectFacts) -> Iterator[Said]:
    """Find that nothing can be read without scrolling."""
    tiles = board.dashboard.tiles
    ends = [
        box.y + box.h
        for tile, box in zip(tiles, boxes_of(board.dashboard), strict=True)
        if tile.insight is not None
    ]
    if ends and min(ends) > SCREEN_ROWS:
        reason = (
            f"No number is seen whole without scrolling: the first tile with one ends in row "
            f"{min(ends)}, and a screen of 1080 px shows {SCREEN_ROWS}."
        )
        yield found(board, rule="scroll", severity="warning", reason=reason)


def no_description(board: BoardFacts, _around: ProjectFacts) -> Iterator[Said]:
    """Find that nobody says who it is for."""
    if not board.dashboard.row.description.strip():
        yield found(
            board,
            rule="no-description",
            severity="hint",
            reason="It has no description of who it is for and which question it answers.",
            fix=Fix("describe", "Describe it…"),
        )


def unopened(board: BoardFacts, around: ProjectFacts) -> Iterator[Said]:
    """Find that nobody looked for a quarter of a year."""
    row = board.row
    when = (row.last_viewed_at or row.last_accessed_at) if row is not None else None
    number = board.dashboard.row.id
    made = board.dashboard.row.created_at or (row.created_at if row is not None else None)
    if when is None and made is not None and around.now - made <= UNOPENED:
        return  # it is younger than that
    if when is None:
        why = "PostHog does not tell when it was opened"
        yield Unjudged(rule="unopened", why=why, board=number)
    elif around.now - when > UNOPENED:
        days = (around.now - when).days
        there = " in PostHog" if row is not None and row.last_viewed_at else ""  # not through us
        reason = f"Nobody opened it{there} for {days} days, since {_day(when)}."
        yield found(board, rule="unopened", severity="warning", reason=reason)


def old_share(board: BoardFacts, around: ProjectFacts) -> Iterator[Said]:
    """Find a link that may be forgotten."""
    listed = board.row or board.dashboard.row
    held, number = board.sharing, board.dashboard.row.id
    if not (listed.is_shared or board.dashboard.row.is_shared):
        return
    if held is None:
        yield Unjudged(rule="old-share", why=board.no_sharing or "not known", board=number)
    elif held.enabled and held.created_at is None:
        why = "this server does not tell since when it is shared"
        yield Unjudged(rule="old-share", why=why, board=number)
    elif held.enabled and held.created_at and around.now - held.created_at > OLD_SHARE:
        days = (around.now - held.created_at).days
        guard = "a password" if held.password_required else "no password"
        reason = (
            f"Everybody with its link sees it, with {guard}; it was first shared on "
            f"{_day(held.created_at)}, {days} days ago."
        )
        yield found(
            board,
            rule="old-share",
            severity="warning",
            reason=reason,
            fix=Fix("unshare", "Stop sharing"),
        )


def long_board(board: BoardFacts, around: ProjectFacts) -> Iterator[Said]:
    """Find a range for all tiles that makes each refresh costly."""
    filters = board_filter(board.dashboard)
    words = long_words(filters.date_from, filters.date_to, around)
    if words and numbered(board.dashboard):
        reason = f"Its filter is {words}, so each refresh reads that much for every tile."
        yield found(board, rule="costly", severity="hint", reason=reason)


def wall(board: BoardFacts, _around: ProjectFacts) -> Iterator[Said]:
    """Find more pages than a wall shows in a round that one waits for."""
    tiles = [tile for tile in board.dashboard.tiles if tile.button is None]
    placed = dict(zip((t.id for t in board.dashboard.tiles), boxes_of(board.dashboard),
                      strict=True))  # fmt: skip
    exhibits = [Exhibit(placed[tile.id], _kind(tile), _words(tile)) for tile in tiles]
    pages = pages_for(exhibits, *WALL, scale_for(*WALL, "room"))
    if len(pages) > MOST_PAGES:
        reason = (
            f"On a wall of 1920x1080, to be read from 3 to 5 m, it takes {len(pages)} pages; "
            f"with more than {MOST_PAGES} few people see them all."
        )
        yield found(board, rule="wall", severity="hint", reason=reason)


def long_words(
    date_from: str | None, date_to: str | None, around: ProjectFacts, *, times: int = 1
) -> str:
    """Name a range when it is long, read so many times; empty when it is not.

    Nor is it where it is left to each tile, or ended on a certain day: of such a range PostHog
    calculates nothing anew (reference 4.3).
    """
    if date_from is None:
        return ""
    span = span_of(date_from, date_to, *clock(around))
    if parse_iso(date_to) is not None and span.end < around.now.replace(tzinfo=None):
        return ""
    if span.start is not None and (span.end - span.start).days * times <= LONG.days:
        return ""
    return f"“{range_words(date_from, date_to, around.now)}”"


def clock(around: ProjectFacts) -> tuple[datetime, int]:
    """Give what ranges are worked out by: now, and the weekday on which weeks begin."""
    return around.now, around.week_start


def ago(when: datetime, around: ProjectFacts) -> str:
    """Say how long ago something was, and on which day."""
    return f"{relative(when, around.now)} ago ({_day(when)})"


def _day(when: datetime) -> str:
    return f"{when.day} {short_month(when)} {when.year}"


def _kind(tile: Tile) -> Kind:
    if tile.text is not None:
        return "heading" if not tile.color and is_section(tile.text.body) else "text"
    if tile.insight is None:
        return "chart"
    question = read_question(tile.insight)
    if question.display in NUMBERS:
        return "number"
    if question.kind.startswith("Paths"):
        return "paths"
    drawn = question.kind == "HogQLQuery" and question.display != "ActionsTable"
    named = {question.kind, question.display} & WIDE
    return "wide" if named and not drawn else "chart"


def _words(tile: Tile) -> str:
    return tile.text.body if tile.text is not None else ""


LISTED: tuple[Rule, ...] = (no_description, unopened, old_share)  # that need no tile
RULES: tuple[Rule, ...] = (
    many_tiles,
    first_screen,
    no_description,
    unopened,
    old_share,
    long_board,
    wall,
)
