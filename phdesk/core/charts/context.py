"""What a view-model needs besides the insight: the clock, the project and the colours."""

from datetime import datetime

from msgspec import Struct

from phdesk.core.charts.spec import Body, Table


class Context(Struct, frozen=True, gc=False, kw_only=True):
    """Facts from around the tile; `now` is aware and only used to tell what is incomplete."""

    now: datetime
    timezone: str = "UTC"  # the project's; an insight's own wins
    week_start_day: int = 0  # 0 Sunday, 1 Monday
    currency: str = "USD"
    breakdown_colors: tuple[tuple[str, str], ...] = ()  # of the dashboard: value, colour token


class Drawn(Struct, frozen=True, gc=False, kw_only=True):
    """What a chart module makes of an insight: picture, table, sentence."""

    body: Body
    summary: str
    table: Table = Table()
