"""What the app knows now, as one frozen value."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Raw, Struct

from phdesk.core.answers import is_good
from phdesk.core.filters import AS_SAVED, Override
from phdesk.models.account import Account, Project
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, Tile
from phdesk.models.failure import Failure
from phdesk.models.group_type import GroupType
from phdesk.models.insight import Insight


class Progress(Struct, frozen=True, gc=False):
    """How far a refresh is: "Refreshed 4 of 12"."""

    done: int
    total: int
    until: datetime | None = None  # the limits let nothing more go before


class RowsState(Struct, frozen=True, gc=False, kw_only=True):
    """The list of dashboards, with what is known about it."""

    items: tuple[DashboardRow, ...] = ()
    fetched_at: datetime | None = None  # None: never fetched, so an empty list means nothing
    failure: Failure | None = None
    loading: bool = False
    from_cache: bool = False


class Around(Struct, frozen=True, gc=False):
    """Facts from around the tiles, which charts use where they are known; all are optional."""

    annotations: tuple[Annotation, ...] = ()
    color_themes: tuple[ColorTheme, ...] = ()
    group_types: tuple[GroupType, ...] = ()


NOTHING_AROUND = Around()


class AlertsState(Struct, frozen=True, gc=False, kw_only=True):
    """PostHog's alerts of the project, as they were last seen."""

    items: tuple[Alert, ...] = ()
    fetched_at: datetime | None = None  # None: never seen, so none in it means nothing
    failure: Failure | None = None  # why the newest look at them failed
    loading: bool = False
    from_cache: bool = False


UNSEEN_ALERTS = AlertsState()


class Origin(Struct, frozen=True, gc=False, kw_only=True):
    """Where a tile of a person's own board comes from, and what its chart needs from there."""

    project: Project
    dashboard: int
    tile: int
    account: Account | None = None  # None: it is not known here any more
    dashboard_name: str = ""
    breakdown_colors: tuple[tuple[str, str], ...] = ()
    color_theme: int | None = None  # id of the dashboard's
    around: Around = NOTHING_AROUND
    away: Failure | None = None  # why nothing newer can be had from there
    loading: bool = False  # nothing is known of it yet, but soon
    title: str = ""  # the person's own
    said: str = ""  # in words, where the board's tiles are of several projects
    mark: str = ""  # the same in a letter or two


class TileState(Struct, frozen=True, gc=False, kw_only=True):
    """A tile with its last good answer.

    `tile` is the newest that the server said about name, text and layout, without any result.
    `insight` is what is drawn: query, result, columns and times of the last good answer, names of
    the newest; before the first good answer its result is `null`; None for tiles of another kind.
    """

    tile: Tile
    insight: Insight | None = None
    failure: Failure | None = None  # why the newest try gave no new result
    failed_since: datetime | None = None
    refreshing: bool = False
    asked: int = 0  # number of the newest question that was answered
    wanted: str = AS_SAVED  # key of the filters that are asked for now
    filters: str = AS_SAVED  # key of the filters that the drawn result belongs to
    origin: Origin | None = None  # of tiles on a person's own board
    coming: bool = False  # what was kept of it is being read from disk

    @property
    def is_other(self) -> bool:
        """Say whether what is drawn still belongs to other filters than those asked for."""
        return self.has_result and self.filters != self.wanted

    @property
    def has_result(self) -> bool:
        """Say whether there is something to draw."""
        return self.insight is not None and is_good(self.insight)

    @property
    def computed_at(self) -> datetime | None:
        """Say when the drawn result was calculated."""
        return self.insight.last_refresh if self.insight and self.has_result else None


class DashboardState(Struct, frozen=True, gc=False, kw_only=True):
    """An open dashboard; the tiles of `dashboard` carry no results, `tiles` does."""

    dashboard: Dashboard
    tiles: Mapping[int, TileState] = {}  # by tile id, in the order of the dashboard
    fetched_at: datetime | None = None  # when the server last answered; of cached ones: then
    failure: Failure | None = None  # why the newest try to read the dashboard failed
    failed_since: datetime | None = None
    loading: bool = False
    from_cache: bool = False  # nothing came from the server in this run yet
    progress: Progress | None = None  # None: no refresh runs
    asked: int = 0
    saved: Raw = Raw(b"{}")  # the filters and variables that the dashboard has for everyone
    variables: Raw = Raw(b"{}")
    override: Override | None = None  # temporary filters, in the place of the saved ones

    @property
    def is_own(self) -> bool:
        """Say whether this is a person's own board, or a snapshot of one: it has no filters."""
        tiles = self.tiles.values()
        return self.dashboard.row.id < 0 or any(held.origin is not None for held in tiles)


class Overlay(Struct, frozen=True, gc=False, kw_only=True):
    """A layout that a person made and that is on this computer only, until it is saved."""

    boxes: Mapping[int, Box]  # by tile id, of all tiles, on 12 columns
    base: Mapping[int, Box]  # where the server had the tiles when the person last saw them there
    changed_at: datetime


class State(Struct, frozen=True, gc=False, kw_only=True):
    """Everything that the screens show."""

    account: Account | None = None
    project: Project | None = None
    projects: tuple[Project, ...] = ()  # to switch to; empty until they were listed
    rows: RowsState = RowsState()
    dashboards: Mapping[int, DashboardState] = {}
    overlays: Mapping[int, Overlay] = {}  # by dashboard id: what is to be shown over its layout
    missing: Mapping[int, Failure] = {}  # dashboards asked for and never had
    opening: frozenset[int] = frozenset()  # dashboards asked for, nothing had yet
    offline: Failure | None = None
    around: Around = NOTHING_AROUND
    alerts: AlertsState = UNSEEN_ALERTS


class Changes(Struct, frozen=True, gc=False, kw_only=True):
    """Which parts of the state are new."""

    account: bool = False  # account or project, or what is known of them: all else is new too
    session: bool = False  # who asks is another: single calls that were under way are given up
    rows: bool = False
    offline: bool = False
    around: bool = False  # annotations, colours, names of groups: any chart may look different
    alerts: bool = False  # the list of them; a tile whose alerts changed is in `tiles` as well
    dashboards: frozenset[int] = frozenset()  # name, layout, set of tiles
    headers: frozenset[int] = frozenset()  # loading, progress, failure, age
    tiles: frozenset[tuple[int, int]] = frozenset()  # (dashboard id, tile id)

    def __or__(self, other: "Changes") -> "Changes":
        """Join two announcements into one."""
        return Changes(
            account=self.account or other.account,
            session=self.session or other.session,
            rows=self.rows or other.rows,
            offline=self.offline or other.offline,
            around=self.around or other.around,
            alerts=self.alerts or other.alerts,
            dashboards=self.dashboards | other.dashboards,
            headers=self.headers | other.headers,
            tiles=self.tiles | other.tiles,
        )

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return self != NOTHING

    def tiles_of(self, dashboard_id: int) -> frozenset[int]:
        """Give the ids of the changed tiles of a dashboard."""
        return frozenset(tile for board, tile in self.tiles if board == dashboard_id)


NOTHING = Changes()
EMPTY = State()
