"""What a dashboard needs on first use, and not before the first paint: imported by name."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from types import ModuleType

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QMenu, QWidget

    from phdesk.core.charts.spec import TileView
    from phdesk.core.watching.framing import Known
    from phdesk.models.dashboard import Box
    from phdesk.services.errands import Worker
    from phdesk.views.dashboard.drawing import Drawing
    from phdesk.views.dashboard.editing.arranging import Arranging
    from phdesk.views.dashboard.grid_view import GridView
    from phdesk.views.dashboard.layout_note import LayoutLine
    from phdesk.views.dashboard.menu_button import MenuButton
    from phdesk.views.dashboard.pictures import Pictures
    from phdesk.views.dashboard.probe import Probe
    from phdesk.views.dashboard.surface import TileSurface
    from phdesk.views.dashboard.tile import TileWidget
    from phdesk.views.theme import Theme


def make_probe(tile: "QWidget", theme: "Theme") -> "Probe":
    """Make what reads a tile's chart by pointer and keys."""
    return cast("Probe", _named("probe").Probe(tile, theme))


def make_menu_button(tile: "QWidget", theme: "Theme") -> "MenuButton":
    """Make the button in the corner of a tile that is used."""
    return cast("MenuButton", _named("menu_button").MenuButton(tile, theme))


def by_key(probe: "Probe", event: "QKeyEvent") -> bool:
    """Answer a key on a tile's chart; False for keys that mean something else."""
    return cast("bool", _named("probe_keys").by_key(probe, event))


def walked(
    here: "QRect", others: "Iterable[tuple[int, QRect]]", event: "QKeyEvent"
) -> "tuple[bool, int | None]":
    """Say whether a key is an arrow, and to which tile it leads."""
    return cast("tuple[bool, int | None]", _named("walking").walked(here, others, event))


def heir(order: "Sequence[int]", here: int, stay: "Collection[int]") -> int | None:
    """Choose who gets the keyboard of a tile that goes."""
    return cast("int | None", _named("walking").heir(order, here, stay))


def even_out(
    numbers: "Mapping[int, TileSurface]", rects: "Mapping[int, QRect]", theme: "Theme"
) -> None:
    """Have numbers beside each other in one size; most dashboards have none."""
    _named("rows").even_out(numbers, rects, theme)


def tile_menu(tile: "TileWidget", view: "TileView | None", *, as_table: bool) -> "QMenu":
    """Make the menu of a tile."""
    return cast("QMenu", _named("tile_menu").tile_menu(tile, view, as_table=as_table))


def make_drawing(worker: "Worker", grid: "GridView", parent: "QWidget") -> "Drawing":
    """Make what has the views of large results made in the worker."""
    return cast("Drawing", _named("drawing").Drawing(worker, grid, parent))


def make_pictures(worker: "Worker", grid: "GridView") -> "Pictures":
    """Make what has charts of many points painted in the worker."""
    return cast("Pictures", _named("pictures").Pictures(worker, grid))


def make_layout_line(theme: "Theme") -> "LayoutLine":
    """Make the line that speaks of a changed layout."""
    return cast("LayoutLine", _named("layout_note").LayoutLine(theme))


def make_arranging(
    grid: "GridView", line: "LayoutLine", theme: "Theme", parent: "QWidget"
) -> "Arranging":
    """Make what edits the layout of a grid, and says so on a line."""
    made = _named("editing.arranging").Arranging(grid, line, theme, parent)
    return cast("Arranging", made)


def laid_over(
    server: "Mapping[int, Box]",
    wished: "Mapping[int, Box]",
    base: "Mapping[int, Box]",
    compaction: str,
) -> "dict[int, Box]":
    """Lay a person's own layout over the server's; most dashboards have none."""
    overlaying = import_module("phdesk.core.grid.overlaying")
    boxes = overlaying.laid_over(server, wished, base, compaction).boxes
    return cast("dict[int, Box]", boxes)


def framed(view: "TileView", known: "tuple[Known, ...]") -> "TileView":
    """Add to a view what watches say of it; most tiles have none."""
    made = import_module("phdesk.core.watching.framing").framed(view, known)
    return cast("TileView", made)


def filter_parts() -> "ModuleType":
    """Give what makes the chips of the filter bar."""
    return _named("filter_parts")


@cache
def _named(module: str) -> "ModuleType":
    return import_module(f"{__package__}.{module}")
