"""The part of the composition root that keeps phdesk running for alerts: imported late.

The last window is hidden, not closed, so all that it shares goes on and is there when it is shown
again: by the tray, a notification, or a second start.
"""

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from phdesk import resources
from phdesk.core.noticing.cards import Card
from phdesk.services.alert_inbox import AlertInbox
from phdesk.services.autostart import Autostart, chosen_autostart
from phdesk.services.ending import Ending
from phdesk.services.notices.notices import Notices
from phdesk.services.preferences import Preferences
from phdesk.services.registering import own_command
from phdesk.views.desk.open_window import OpenWindow
from phdesk.views.tray import Tray
from phdesk.views.window_actions import STAYS
from phdesk.windows import Windows

ON = (
    "phdesk keeps running for alerts when its last window is closed, and starts with the computer. "
    "Start it again to see it; Quit ends it."
)
ON_ALONE = (
    "phdesk keeps running for alerts when its last window is closed. "
    "Start it again to see it; Quit ends it."
)
OFF = "phdesk ends with its last window again, and does not start with the computer."
NOWHERE = "There is no tray here and phdesk could not be found again: it ends with its last window."
UNWRITTEN = "Whether phdesk starts with the computer could not be changed: {}"
TITLE = "phdesk keeps running for alerts"
BODY = "Start it again to see it; Quit ends it."


class Lingering(QObject):
    """Made after the network. `found` is whether a second start comes to this phdesk."""

    def __init__(
        self,
        windows: Windows,
        preferences: Preferences,
        notices: Notices,
        environ: Mapping[str, str],
        *,
        found: bool,
    ) -> None:
        super().__init__(windows)
        self._windows, self._preferences, self._notices = windows, preferences, notices
        self._found, self._leaving = found, False
        self.is_hidden = False  # no window is to be seen, and phdesk runs all the same
        self._autostart: Autostart | None = None
        if found:  # else this is a demo, or one beside another
            self._autostart = chosen_autostart(environ, own_command())
        self._is_on = preferences.settings.keep_running
        self._inbox: AlertInbox | None = None
        self.tray: Tray | None = None
        self._ending = Ending(self)
        self._ending.asked.connect(self.quit)
        preferences.changed.connect(self._on_preferences)
        notices.balloon_requested.connect(self._on_balloon)
        windows.leaving.connect(self._on_leaving)
        windows.added.connect(self._watch)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._on_leaving)
        for each in windows.all:
            self._watch(each)
        self._ready_tray()
        if self._is_on and not any(one.is_closed or one.window.isVisible() for one in windows.all):
            self._begin()  # phdesk was started hidden

    def set_inbox(self, inbox: AlertInbox) -> None:
        """Count what is new in it."""
        self._inbox = inbox
        inbox.changed.connect(self._count)
        self._count()

    def stop(self) -> None:
        """Leave tray and signals as they were; safe to call twice."""
        self._leaving = True
        self._ending.stop()
        if self.is_hidden:
            self.is_hidden = False
            QApplication.setQuitOnLastWindowClosed(True)
        self._drop_tray()

    @Slot()
    def toggle(self) -> None:
        """Keep running for alerts, or no longer; watched tiles are kept up to date, too."""
        on = not self._preferences.settings.keep_running
        self._preferences.change(replace, keep_running=on)
        if on:  # hidden windows refresh nothing
            self._preferences.change(replace, watch_unopened=True)
        problem = self._set_autostart(on=on)
        notice = self._windows.front.window.notice
        if problem:
            notice.set_message(problem)
        elif on and not self._can_be_found:
            notice.set_message(NOWHERE)
        elif on:
            notice.set_done(ON if self._autostart is not None else ON_ALONE)
            if self.tray is None:  # whose balloon is there when the window is not
                self._preferences.change(replace, keep_running_told=True)
        else:
            notice.set_done(OFF)

    @Slot()
    def open(self) -> None:
        """Show what is hidden, and bring the window that was used last to the front."""
        if self._windows.all:
            self._windows.front.come_to_front()

    @Slot()
    def open_inbox(self) -> None:
        """Show what was found of alerts."""
        lasting = [each for each in self._windows.all if not each.workspace.is_sealed]
        if lasting:
            lasting[-1].come_to_front()
            lasting[-1].open_inbox()

    @Slot()
    def quit(self) -> None:
        """End phdesk, whether or not a window is to be seen."""
        self._windows.quit()
        QApplication.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        """Hide the last window where it was to be closed; show all with the first that is."""
        kind = event.type()
        if kind is QEvent.Type.Close and self._stays(watched):
            event.ignore()
            self._begin()
            return True
        if kind is QEvent.Type.Show and self.is_hidden:
            self._end()
        return False

    @property
    def _can_be_found(self) -> bool:
        return self._found or QSystemTrayIcon.isSystemTrayAvailable()

    def _stays(self, window: QObject) -> bool:
        if self._leaving or not self._is_on or not self._can_be_found:
            return False
        seen = [one for one in self._windows.all if one.window.isVisible() and not one.is_closed]
        if [one.window for one in seen] != [window]:
            return False
        return not seen[0].workspace.is_sealed

    def _begin(self) -> None:
        self.is_hidden = True
        QApplication.setQuitOnLastWindowClosed(False)
        for each in self._windows.all:
            each.window.hide()
        self._ready_tray()
        if self._preferences.settings.keep_running_told:
            return
        self._preferences.change(replace, keep_running_told=True)
        if self.tray is not None:
            self.tray.tell(TITLE, BODY)
        elif self._windows.all:
            self._windows.front.window.notice.set_done(f"{TITLE}. {BODY}")

    def _end(self) -> None:
        self.is_hidden = False
        QApplication.setQuitOnLastWindowClosed(True)
        for each in self._windows.all:
            if not (each.is_closed or each.window.isVisible()):
                each.window.show()
        self._windows.restore_rest()

    def _ready_tray(self) -> None:
        """Have an icon in the tray while phdesk keeps running; a tray may come later."""
        if not self._is_on or not QSystemTrayIcon.isSystemTrayAvailable():
            self._drop_tray()
        elif self.tray is None:
            icon = QIcon(str(resources.path("icons/phdesk-64.png")))
            self.tray = Tray(icon, self._windows.front.desk.theme, self)
            self.tray.open_requested.connect(self.open)
            self.tray.inbox_requested.connect(self.open_inbox)
            self.tray.quit_requested.connect(self.quit)
            self.tray.show()
            self._notices.set_tray(there=True)
            self._count()

    def _drop_tray(self) -> None:
        if self.tray is not None:
            self._notices.set_tray(there=False)
            self.tray.hide()
            self.tray.deleteLater()
            self.tray = None

    def _set_autostart(self, *, on: bool) -> str:
        """Switch it; says what went wrong."""
        if self._autostart is not None:
            try:
                self._autostart.switch(on=on)
            except OSError as why:
                return UNWRITTEN.format(why)
        return ""

    @Slot(object)
    def _watch(self, made: OpenWindow) -> None:
        made.window.installEventFilter(self)
        if not made.workspace.is_sealed:
            made.window.add_action(STAYS, "", self.toggle)

    @Slot()
    def _count(self) -> None:
        if self.tray is not None and self._inbox is not None:
            self.tray.set_count(len(self._inbox.inbox.unread))

    @Slot(object)
    def _on_balloon(self, card: Card) -> None:
        if self.tray is not None:
            self.tray.tell(card.title, card.body)

    @Slot()
    def _on_leaving(self) -> None:
        """Hold no window back any more."""
        self._leaving = True

    @Slot()
    def _on_preferences(self) -> None:
        if self._is_on != self._preferences.settings.keep_running:
            self._is_on = self._preferences.settings.keep_running
            self._ready_tray()
