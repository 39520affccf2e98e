"""The two themes: a colour for each token, and the fonts."""

import re
from functools import cache
from threading import get_ident
from typing import Literal

from msgspec import Struct, structs
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFont, QFontDatabase

from phdesk import resources
from phdesk.core import palette

FAMILY = "Inter"
SMALLEST = 9  # px; nothing on screen is written smaller
READABLE = 4.5  # contrast of words, at a desk
Medium = Literal["screen", "pdf", "svg"]
_DIGIT = re.compile(r"\d")
_WORD_HYPHEN = re.compile(r"[^\W\d]-|-[^\W\d]")


class Theme(Struct, frozen=True, eq=False, kw_only=True):
    """Colours by their role. Treat them as values: copy a colour before changing it."""

    name: str
    is_dark: bool
    bg: QColor
    sidebar: QColor
    surface: QColor
    line: QColor
    grid: QColor
    text: QColor
    muted: QColor
    faint: QColor
    accent: QColor
    accent_bg: QColor
    good: QColor
    bad: QColor
    warn: QColor
    warn_bg: QColor
    on_accent: QColor
    colorblind: bool = False  # charts in colours that colour-blind eyes tell apart
    readable: float = READABLE  # contrast of words on coloured ground, at least
    medium: Medium = "screen"  # in files that keep letters as letters, fonts have their limits

    def color(self, token: str) -> QColor:
        """Give the colour of a palette token, a theme name or `#rrggbb`; unknown ones are muted."""
        return _color(self, token)

    def font(self, px: float, weight: int = 400, *, figures: bool = False) -> QFont:
        """Give Inter, `px` high (at least 9), 100 to 900 heavy; `figures` of one width on wish."""
        return _font(pixels(px), weight, figures, self.medium, get_ident())

    def font_for(self, words: str, px: float, weight: int = 400) -> QFont:
        """Give the font for a text: figures of one width, unless they would widen a hyphen."""
        return self.font(px, weight, figures=has_figures(words))


def pixels(px: float) -> int:
    """Give the size in which a font of `px` is written."""
    return max(round(px), SMALLEST)


def has_figures(words: str) -> bool:
    """Tell a text whose figures should keep their places from one that is read as words.

    Inter's tabular figures come with a hyphen as wide as a figure: "Sign - ups".
    """
    return bool(_DIGIT.search(words)) and not _WORD_HYPHEN.search(words)


def light(*, colorblind: bool = False) -> Theme:
    """Give the light theme, the same one each time."""
    return _light(colorblind)


def dark(*, colorblind: bool = False) -> Theme:
    """Give the dark theme, the same one each time."""
    return _dark(colorblind)


@cache
def written(theme: Theme, medium: Medium) -> Theme:
    """Give a theme for a file of a kind, the same one each time."""
    return structs.replace(theme, medium=medium)


@cache
def _light(colorblind: bool) -> Theme:  # noqa: FBT001  the key of a cache
    return _theme(
        "light",
        colorblind=colorblind,
        bg="#f6f7f5",
        sidebar="#eff0ed",
        surface="#ffffff",
        line="#e2e4df",
        grid="#e1e3df",
        text="#191b1f",
        muted="#666b74",
        faint="#9aa0a8",
        accent="#2f5bea",
        accent_bg="#e8eefe",
        good="#2e7d32",
        bad="#c62828",
        warn="#b26a00",
        warn_bg="#fff4dd",
        on_accent="#ffffff",
    )


@cache
def _dark(colorblind: bool) -> Theme:  # noqa: FBT001  the key of a cache
    return _theme(
        "dark",
        colorblind=colorblind,
        bg="#15171c",
        sidebar="#111318",
        surface="#1c1f26",
        line="#2c3039",
        grid="#2f333c",
        text="#eceef1",
        muted="#9aa1ac",
        faint="#6b727d",
        accent="#7c9bff",
        accent_bg="#232c47",
        good="#66bb6a",
        bad="#ef7a75",
        warn="#ffb84d",
        warn_bg="#3a2d14",
        on_accent="#15171c",
    )


def font_file() -> bytes:
    """Give the bundled font, for files that carry it along."""
    return resources.read_bytes("fonts/Inter.ttf")


@cache
def load_fonts() -> str:
    """Load the bundled font once and name its family; empty when the file does not load."""
    # addApplicationFontFromData: the file may live inside an archive.
    number = QFontDatabase.addApplicationFontFromData(QByteArray(font_file()))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else ""


def _theme(name: str, *, colorblind: bool, **colors: str) -> Theme:
    made = {role: QColor(value) for role, value in colors.items()}
    is_dark = name == "dark"
    return Theme(
        name=name,
        is_dark=is_dark,
        colorblind=colorblind,
        readable=READABLE,
        medium="screen",
        **made,
    )


@cache
def _color(theme: Theme, token: str) -> QColor:
    named = palette.hex_of(token, dark=theme.is_dark, safe=theme.colorblind)
    if named:
        return QColor(named)
    role = getattr(theme, token.replace("-", "_"), None)
    return role if isinstance(role, QColor) else theme.muted


@cache
def _font(
    px: int,
    weight: int,
    figures: bool,  # noqa: FBT001  the key of a cache
    medium: Medium,
    _thread: int,
) -> QFont:
    """Make a font, for each thread its own: threads may share no copy of one."""
    font = QFont(load_fonts() or FAMILY)
    font.setPixelSize(px)
    # The axis and not setWeight: Qt knows one style of a variable font and would smear it bold.
    font.setVariableAxis(QFont.Tag("wght"), weight)
    if medium == "svg":  # which is told the weight by name, and draws nothing here
        font.setWeight(QFont.Weight(weight // 100 * 100))
    if medium != "screen":  # other shapes of a sign have no name in a PDF: nobody could copy them
        font.setFeature(QFont.Tag("calt"), 0)
    elif figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font
