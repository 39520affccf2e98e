"""What lies under the pointer."""

from msgspec import Struct


class HitLine(Struct, frozen=True, gc=False):
    """A row of a tooltip: colour token (empty for none), label, formatted value and change."""

    color: str
    label: str
    text: str
    change: str = ""  # against the period before, such as "+12.5%"


class Hit(Struct, frozen=True, gc=False):
    """A tooltip's title and rows; `x` is where a crosshair stands, `near` the row pointed at."""

    title: str
    lines: tuple[HitLine, ...] = ()
    x: float | None = None
    near: int | None = None
    item: int | None = None  # index of the bucket, slice, bar, step, row or node
    span: tuple[float, float] | None = None  # top and bottom of the crosshair
    total: str = ""  # of the rows that add up
