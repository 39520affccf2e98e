"""The menu of a tile, made anew each time that it is opened: most tiles never need one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from phdesk.core.charts.spec import IN_POSTHOG, TileView, XYBody
from phdesk.core.palette import accent
from phdesk.core.team_edits import COLORS
from phdesk.views.dashboard.title_line import bare

if TYPE_CHECKING:
    from phdesk.views.dashboard.tile import TileWidget

ALERTS = "Alerts…"
SUBSCRIPTIONS = "Subscriptions…"
SHARE = "Share…"
ADD = "Add to a board…"
EDIT = "Edit insight…"
WATCH = "Watch a number…"
WHY = "Why this number…"
OF_BOARD = (
    ("Open its dashboard", "source"),
    ("Name it on this board…", "title"),
    ("Add to another board…", "add"),
    ("Remove from the board", "remove"),
)
Entry = tuple[str, Callable[[], object], bool]


def tile_menu(tile: "TileWidget", view: TileView | None, *, as_table: bool) -> QMenu:
    """Make the menu; what a tile cannot do is shown disabled."""
    menu = QMenu(tile)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(f"Menu of {view.title}" if view is not None else "Menu of the tile")
    has_table = view is not None and bool(view.table.columns)
    is_insight = view is not None and bool(view.short_id)
    local, later = bool(tile.card_state.local), tile.card_state.refresh_from
    reads = tile.card_state.reads
    entries = (
        ("Open large", tile.ask_open, view is not None and not bare(view)),
        ("Show as chart" if as_table else "Show as table", tile.toggle_table, has_table),
        (_refreshing(later), tile.ask_refresh, is_insight and not (later or reads)),
        *([(_undoing(view), tile.reset_chart, True)] if local else []),
        None,
        ("Copy as table", tile.copy_table, has_table),
        ("Copy as image", tile.copy_image, True),
        ("Export…", partial(tile.wishes.export_requested.emit, tile.tile_id), view is not None),
        *(() if reads else _watching(tile, is_insight)),
        *(() if reads else _placing(tile)),
        None,
        *(() if reads or tile.card_state.on_board else _editing(tile, is_insight)),
        *(() if reads else _asking(tile, is_insight)),
        ("Details…", tile.ask_details, view is not None),
        (IN_POSTHOG, tile.ask_browser, view is not None and reads != "alone"),
    )
    for entry in (*_of_stop(tile), *entries):
        if entry is None:
            menu.addSeparator()
            continue
        text, slot, enabled = entry
        action = menu.addAction(text)
        action.triggered.connect(slot)
        action.setEnabled(enabled)
    menu.addSeparator()
    on_board, source = tile.card_state.on_board, tile.card_state.source
    if source:
        menu.addAction(f"From {source}".replace("&", "&&")).setEnabled(False)
    for text, what in () if reads else OF_BOARD if on_board else ((ADD, "add"),):
        action = menu.addAction(text)
        action.triggered.connect(partial(tile.wishes.board_requested.emit, tile.tile_id, what))
        action.setEnabled(tile.tile_id > 0 and view is not None)
    if not on_board and not reads:
        menu.addMenu(_for_team(tile, view, menu))
    return menu


def _watching(tile: "TileWidget", is_insight: bool) -> tuple[Entry | None, ...]:  # noqa: FBT001
    """Give what tells about the tile's numbers: here, or PostHog for the team."""
    watch: Entry = (WATCH, partial(tile.wishes.watch_requested.emit, tile.tile_id), is_insight)
    alerts: Entry = (ALERTS, partial(tile.wishes.alerts_requested.emit, tile.tile_id), is_insight)
    if tile.card_state.on_board:
        return (None, watch)
    sends = partial(tile.wishes.edit_requested.emit, tile.tile_id, "subscriptions", None)
    shares = partial(tile.wishes.edit_requested.emit, tile.tile_id, "share", None)
    passing_on: tuple[Entry, ...] = (
        (SUBSCRIPTIONS, sends, is_insight),
        (SHARE, shares, is_insight),
    )
    return (None, watch, alerts, *passing_on)


def _editing(tile: "TileWidget", is_insight: bool) -> tuple[Entry, ...]:  # noqa: FBT001
    """Give what changes the insight itself, wherever it is shown."""
    return (
        (EDIT, partial(tile.wishes.edit_requested.emit, tile.tile_id, "insight", None), is_insight),
    )


def _asking(tile: "TileWidget", is_insight: bool) -> tuple[Entry, ...]:  # noqa: FBT001
    """Give what explains the numbers."""
    return ((WHY, partial(tile.wishes.edit_requested.emit, tile.tile_id, "why", None), is_insight),)


def _placing(tile: "TileWidget") -> tuple[Entry | None, ...]:
    """Give what places a tile by numbers."""
    return (
        None,
        ("Move to…", partial(tile.wishes.place_requested.emit, tile.tile_id, "move"), True),
        ("Size…", partial(tile.wishes.place_requested.emit, tile.tile_id, "size"), True),
    )


def _refreshing(later: str) -> str:
    """Name the refresh; where PostHog wants to be spared, with the time."""
    return f"Refresh this tile ({later})" if later else "Refresh this tile"


def _undoing(view: TileView | None) -> str:
    is_bucketed = view is not None and isinstance(view.body, XYBody)
    return "Show all series and buckets" if is_bucketed else "Show all again"


def _for_team(tile: "TileWidget", view: TileView | None, menu: QMenu) -> QMenu:
    """Make the part of the menu that changes the dashboard for everyone."""
    inner = QMenu("Change for the team", menu)
    colors = inner.addMenu("Colour")
    for name in (None, *COLORS):
        action = colors.addAction((name or "none").capitalize())
        action.setCheckable(True)
        action.setChecked(view is not None and view.accent == accent(name))
        action.triggered.connect(
            partial(tile.wishes.edit_requested.emit, tile.tile_id, "color", name)
        )
    is_insight = view is not None and bool(view.short_id)
    shown = view is not None and bool(view.description)
    described = inner.addAction("Hide the description" if shown else "Show the description")
    described.setEnabled(is_insight)
    described.triggered.connect(
        partial(tile.wishes.edit_requested.emit, tile.tile_id, "description", not shown)
    )
    is_text = view is not None and view.kind == "text"
    worded = inner.addAction("Edit text…")
    worded.setVisible(is_text)
    worded.triggered.connect(tile.ask_text)
    copied = inner.addAction("Duplicate")
    copied.setEnabled(is_insight or is_text)
    copied.triggered.connect(
        partial(tile.wishes.edit_requested.emit, tile.tile_id, "duplicate", None)
    )
    inner.addSeparator()
    gone = inner.addAction("Remove from the dashboard")
    gone.triggered.connect(partial(tile.wishes.edit_requested.emit, tile.tile_id, "remove", None))
    return inner


def _of_stop(tile: "TileWidget") -> tuple[Entry | None, ...]:
    """Give what can be done with the stop of a path that is pointed at."""
    stop = tile.probe.stop() if tile.has_probe else None
    if stop is None:
        return ()
    name = stop.label.replace("&", "&&")
    only = ("Show all paths again", tile.reset_chart, True)
    if not tile.card_state.local:
        only = (f"Show only what is linked with {name}", tile.probe.follow, True)
    return (only, (f"Copy the name {name}", tile.probe.copy_stop, True), None)
