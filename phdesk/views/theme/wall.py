"""The palettes of walls: read from afar, in rooms that are bright or dark; all text is strong."""

from functools import cache

from PySide6.QtGui import QColor

from phdesk.models.wall import Palette
from phdesk.views.theme.tokens import Theme

LIGHT = {
    "bg": "#e9ebe8",
    "sidebar": "#e9ebe8",
    "surface": "#ffffff",
    "line": "#cfd3cd",
    "grid": "#d9dcd7",
    "text": "#101216",
    "muted": "#454a53",
    "faint": "#7b818a",
    "accent": "#1f48cf",
    "accent_bg": "#e2e9fd",
    "good": "#1b6b20",
    "bad": "#b3161b",
    "warn": "#7a4700",
    "warn_bg": "#ffe9bf",
    "on_accent": "#ffffff",
}
DARK = {
    "bg": "#0b0d11",
    "sidebar": "#0b0d11",
    "surface": "#171a21",
    "line": "#2b303a",
    "grid": "#333944",
    "text": "#f5f6f8",
    "muted": "#bcc2cc",
    "faint": "#7d848f",
    "accent": "#8fabff",
    "accent_bg": "#22305a",
    "good": "#7fd084",
    "bad": "#ff938d",
    "warn": "#ffc563",
    "warn_bg": "#3d2f12",
    "on_accent": "#0b0d11",
}
CONTRAST = {
    "bg": "#000000",
    "sidebar": "#000000",
    "surface": "#000000",
    "line": "#8d949f",
    "grid": "#565c66",
    "text": "#ffffff",
    "muted": "#e4e7eb",
    "faint": "#a3a9b3",
    "accent": "#a9c4ff",
    "accent_bg": "#0d1f4d",
    "good": "#8ef094",
    "bad": "#ffaaa5",
    "warn": "#ffd580",
    "warn_bg": "#2e2200",
    "on_accent": "#000000",
}
READABLE: dict[Palette, float] = {"light": 4.5, "dark": 4.5, "contrast": 7.0}
TOKENS: dict[Palette, dict[str, str]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


@cache
def wall_theme(palette: Palette, *, colorblind: bool = False) -> Theme:
    """Give the theme of a wall, the same one each time."""
    colors = {role: QColor(value) for role, value in TOKENS[palette].items()}
    name = "light" if palette == "light" else "dark"
    is_dark = palette != "light"
    return Theme(
        name=name,
        is_dark=is_dark,
        colorblind=colorblind,
        readable=READABLE[palette],
        medium="screen",
        **colors,
    )
