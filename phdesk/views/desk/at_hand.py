"""What is at hand in a window at all times: palette, outline, shortcuts, budget, single letters."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import commands, shortcuts_dialog, status
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.tiles import Tiles

if TYPE_CHECKING:
    from phdesk.views.desk.commands import Commands
    from phdesk.views.desk.status import Status

LETTERS_ON = "Single letters are shortcuts again."
LETTERS_OFF = "Single letters do nothing now. Ctrl+K finds all that they did, and this switch."


class AtHand(QObject):
    """Each is made when it is first asked for."""

    link_requested = Signal(str)  # an address of PostHog

    def __init__(self, desk: Desk, pages: Pages, tiles: Tiles) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._pages, self._tiles = pages, tiles
        self._commands: Commands | None = None
        self._status: Status | None = None
        window = desk.window
        window.shortcuts_requested.connect(self._on_shortcuts)
        window.letters_toggled.connect(self._on_letters)
        window.palette_requested.connect(self._on_palette)
        window.outline_requested.connect(self._on_outline)
        window.status_requested.connect(self._on_status)
        window.screen_page.status_requested.connect(self._on_status)
        desk.preferences.changed.connect(self._on_preferences)

    @Slot()
    def _on_shortcuts(self) -> None:
        shortcuts, explore = shortcuts_dialog(), self._tiles.explore
        actions = list(self._window.shortcut_actions)
        if explore is not None and self._window.page is explore:
            actions += explore.shortcut_actions()
        made = shortcuts(self._desk.theme, actions, self._window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()

    @Slot()
    def _on_letters(self) -> None:
        on = not self._desk.preferences.settings.letter_keys
        self._desk.preferences.change(replace, letter_keys=on)
        self._window.notice.set_done(LETTERS_ON if on else LETTERS_OFF)

    @Slot()
    def _on_preferences(self) -> None:
        settings = self._desk.preferences.settings
        self._window.set_letter_keys(on=settings.letter_keys)
        if self._tiles.explore is not None:
            self._tiles.explore.set_letter_keys(settings.letter_keys)
        self._window.screen_page.set_still(on=settings.reduced_motion)

    @Slot()
    def _on_palette(self) -> None:
        self._ready_commands().open_palette()

    @Slot()
    def _on_outline(self) -> None:
        self._ready_commands().open_outline()

    @Slot()
    def _on_status(self) -> None:
        if self._status is None:
            self._status = status()(self._desk)
        self._status.open()

    def _ready_commands(self) -> "Commands":
        if self._commands is None:
            self._commands = commands()(self._desk, self._pages)
            self._commands.link_requested.connect(self.link_requested)
        return self._commands
