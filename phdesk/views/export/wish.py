"""As what a dashboard or a tile can be exported."""

from typing import Literal

from msgspec import Struct

from phdesk.views.export.paper import PaperSize

Format = Literal["pdf", "png", "svg", "xlsx", "csv", "json"]
FORMATS: tuple[tuple[Format, str], ...] = (
    ("pdf", "PDF, in sheets"),
    ("png", "Picture (PNG)"),
    ("svg", "Drawing (SVG)"),
    ("xlsx", "Workbook (XLSX)"),
    ("csv", "Rows (CSV)"),
    ("json", "Data (JSON)"),
)
DRAWN = frozenset({"pdf", "png", "svg"})
COPIED = frozenset({"png", "svg", "csv", "json"})  # what other programs take from the clipboard
SCALES = (("As on screen", 0.0), ("Twice as fine", 2.0), ("Three times as fine", 3.0))


class Wish(Struct, frozen=True, gc=False, kw_only=True):
    """As what something is exported."""

    format: Format = "pdf"
    paper: PaperSize = "A4"
    landscape: bool = False
    light: bool = False  # whatever the theme of the window is
    scale: float = 0.0  # pixels a point; 0 is that of the screen
    all_rows: bool = False  # of charts of which parts are hidden, too


class Subject(Struct, frozen=True, gc=False, kw_only=True):
    """What is exported."""

    title: str
    alone: bool = False  # one tile
    differs: bool = False  # parts are hidden by hand, or it is zoomed
    dark: bool = False  # as the window is
