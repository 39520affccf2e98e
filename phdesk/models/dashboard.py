"""Dashboards and their tiles, as the API returns them (reference sections 3.1 to 3.3)."""

from datetime import datetime

from msgspec import Raw, Struct

from phdesk.models.insight import NULL, Insight


class Box(Struct, frozen=True, gc=False):
    """A rectangle in grid cells: 12 columns wide, rows without end."""

    x: int
    y: int
    w: int
    h: int


class StoredBox(Struct, frozen=True, gc=False):
    """A box as it was stored: any part may be missing or of no use (then it is None)."""

    x: int | None = None
    y: int | None = None
    w: int | None = None
    h: int | None = None


class TextCard(Struct, frozen=True, gc=False):
    """A text tile; the body is Markdown."""

    body: str
    whole: Raw = NULL  # all that the server says of it, to be sent back with another body


class ButtonCard(Struct, frozen=True, gc=False):
    """A button tile; the address is http(s) or relative to the host."""

    text: str
    url: str
    primary: bool = True
    placement: str = "left"


class WidgetCard(Struct, frozen=True, gc=False):
    """A tile of another product of PostHog, of which only name and settings are known."""

    widget_type: str
    name: str
    description: str = ""
    config: Raw = Raw(b"{}")


class Tile(Struct, frozen=True, gc=False, kw_only=True):
    """One rectangle of a dashboard: exactly one of its four contents is set, or none is known."""

    id: int
    insight: Insight | None = None
    text: TextCard | None = None
    button: ButtonCard | None = None
    widget: WidgetCard | None = None
    sm: StoredBox | None = None
    layouts: Raw = Raw(b"{}")  # whole, to be sent back with unknown keys kept
    color: str | None = None
    error: str | None = None  # the saved query could not be read by the server, or by us
    own_filters: bool = False  # the dashboard's filters do not apply to this tile
    own: Raw = NULL  # these filters, whole, to be sent back
    show_description: bool | None = None
    transparent: bool = False
    raw: Raw = Raw(b"{}")  # the tile as it came, for the cache


class DashboardRow(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard in a list: everything but its tiles."""

    id: int
    name: str
    description: str = ""
    pinned: bool = False
    tags: tuple[str, ...] = ()
    folder: str | None = None
    created_at: datetime | None = None
    last_accessed_at: datetime | None = None
    last_viewed_at: datetime | None = None
    is_shared: bool = False
    editable: bool = True  # by the user's access, not by the key's scopes
    created_by: str = ""
    access_level: str = ""  # viewer, editor, manager; empty where the server has none (before 2025)
    privilege: int | None = None  # of the user: 21 may view, 37 may edit
    restriction: int | None = None  # of the dashboard: 21 all may edit, 37 collaborators alone


class DashboardDraft(Struct, frozen=True, gc=False, kw_only=True):
    """What a dashboard is to be made with."""

    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    folder: str | None = None  # None: wherever the server puts it


class Dashboard(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard with its tiles, in the order in which they came."""

    row: DashboardRow
    tiles: tuple[Tile, ...] = ()
    filters: Raw = Raw(b"{}")  # effective: saved and override together
    saved_filters: Raw = NULL  # null: the server does not tell them apart (before 2025)
    variables: Raw = Raw(b"{}")  # values of SQL variables, by id; effective as well
    breakdown_colors: tuple[tuple[str, str], ...] = ()  # breakdown value, colour token
    data_color_theme_id: int | None = None
    compaction: str = "vertical"
    spacing: int = 16  # pixels between tiles
