"""How the app looks: the person's choice, the system's, and colours for colour-blind eyes."""

from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from phdesk.services.preferences import Preferences
from phdesk.services.settings import Settings
from phdesk.views import theme as look


class Appearance(QObject):
    """Dresses the application in the theme of the day, and says when it is another one."""

    changed = Signal(object)  # Theme

    def __init__(
        self,
        qt: QApplication,
        preferences: Preferences,
        given: Literal["light", "dark"] | None = None,
        *,
        colorblind: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._qt, self._preferences, self._given = qt, preferences, given
        self.theme = self._chosen(colorblind=colorblind or preferences.settings.colorblind)
        look.apply(qt, self.theme)
        self._known = preferences.settings.theme, preferences.settings.colorblind
        qt.styleHints().colorSchemeChanged.connect(self.follow_system)
        preferences.changed.connect(self._on_preferences)

    @Slot()
    def toggle_dark(self) -> None:
        """Turn from light to dark or back, and stay there whatever the system says."""
        dark = not self.theme.is_dark
        self._preferences.change(_with_theme, dark=dark)
        self._take(_theme_of(dark=dark, colorblind=self.theme.colorblind))

    @Slot()
    def toggle_colorblind(self) -> None:
        """Turn to colours that colour-blind eyes tell apart, or back."""
        colorblind = not self.theme.colorblind
        self._preferences.change(replace, colorblind=colorblind)
        self._take(_theme_of(dark=self.theme.is_dark, colorblind=colorblind))

    @Slot()
    def follow_system(self) -> None:
        """Take over what the system says, unless a person said otherwise."""
        if self._given is None and self._preferences.settings.theme == "system":
            self._take(look.system_theme(self._qt, colorblind=self.theme.colorblind))

    @Slot()
    def _on_preferences(self) -> None:
        """Follow what a person chose in the settings, also over what the command said."""
        theme, colorblind = self._preferences.settings.theme, self._preferences.settings.colorblind
        if (theme, colorblind) == self._known:
            return
        if theme != self._known[0]:
            self._given = None
        if colorblind == self._known[1]:
            colorblind = self.theme.colorblind
        self._known = theme, self._preferences.settings.colorblind
        self._take(self._chosen(colorblind=colorblind))

    def _take(self, theme: look.Theme) -> None:
        if theme is self.theme:
            return
        self.theme = theme
        look.apply(self._qt, theme)
        self.changed.emit(theme)

    def _chosen(self, *, colorblind: bool) -> look.Theme:
        name = self._given or self._preferences.settings.theme
        if name == "system":
            return look.system_theme(self._qt, colorblind=colorblind)
        return _theme_of(dark=name == "dark", colorblind=colorblind)


def _theme_of(*, dark: bool, colorblind: bool) -> look.Theme:
    return look.dark(colorblind=colorblind) if dark else look.light(colorblind=colorblind)


def _with_theme(settings: Settings, *, dark: bool) -> Settings:
    return replace(settings, theme="dark" if dark else "light")
