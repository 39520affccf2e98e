"""All colours, fonts, icons and stylesheets; everything else asks here."""

from phdesk.views.theme.icons import LIST, draw_icon, icon, pixmap
from phdesk.views.theme.style import STYLE, apply, stylesheet, system_theme
from phdesk.views.theme.tokens import (
    Medium,
    Theme,
    dark,
    has_figures,
    light,
    load_fonts,
    pixels,
    written,
)

__all__ = [
    "LIST",
    "STYLE",
    "Medium",
    "Theme",
    "apply",
    "dark",
    "draw_icon",
    "has_figures",
    "icon",
    "light",
    "load_fonts",
    "pixels",
    "pixmap",
    "stylesheet",
    "system_theme",
    "written",
]
