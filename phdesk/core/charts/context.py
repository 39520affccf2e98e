"""What a view-model needs besides the insight: the clock, the project and the colours."""

from datetime import datetime

from msgspec import Struct

from phdesk.core.charts.spec import Body, Table
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme


class Context(Struct, frozen=True, gc=False, kw_only=True):
    """Facts from around the tile; `now` is aware and only used to tell what is incomplete."""

    now: datetime
    timezone: str = "UTC"  # the project's; an insight's own wins
    week_start_day: int = 0  # 0 Sunday, 1 Monday
    currency: str = "USD"
    breakdown_colors: tuple[tuple[str, str], ...] = ()  # of the dashboard: value, colour token
    dashboard_id: int | None = None
    annotations: tuple[Annotation, ...] = ()  # of the whole project
    color_themes: tuple[ColorTheme, ...] = ()
    dashboard_theme: int | None = None  # id of the dashboard's theme
    project_theme: int | None = None  # id of the project's own theme
    groups: tuple[tuple[int, str, str], ...] = ()  # types: index, name of one, name of several


class Drawn(Struct, frozen=True, gc=False, kw_only=True):
    """What a chart module makes of an insight: picture, table, sentence."""

    body: Body
    summary: str
    table: Table = Table()
