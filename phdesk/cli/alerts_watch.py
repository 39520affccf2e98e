"""`phdesk alerts watch`: stays, without a window, and tells what alerts do as lines of JSON.

It is a composition root of its own: what the app has of alerts, and none of its windows.
"""

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType

import msgspec
from msgspec.structs import asdict
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from phdesk import resources
from phdesk.cli.called import called
from phdesk.cli.exits import FINE, REFUSED, StoppedError, complain, sentence
from phdesk.core.alert_words import refused_words
from phdesk.core.noticing.rules import Rules
from phdesk.models.account import Account
from phdesk.models.alert import Alert
from phdesk.models.failure import Failure
from phdesk.models.notice import Notice
from phdesk.services.accounts import AccountsFile
from phdesk.services.alert_command import AlertCommand
from phdesk.services.alert_looks import look_of
from phdesk.services.background import Background
from phdesk.services.beside import Beside
from phdesk.services.board_sources import Sources, Where
from phdesk.services.circumstances import Circumstances
from phdesk.services.credentials import Credentials
from phdesk.services.environment import from_environment
from phdesk.services.failures import loses_session
from phdesk.services.garbage import Garbage
from phdesk.services.governor import beside as governor_beside
from phdesk.services.headless import DEFAULT_HOST
from phdesk.services.network import Network
from phdesk.services.notices.lines import Lines
from phdesk.services.notices.notices import Notices
from phdesk.services.notices.ready import Ready, ready, rules_of
from phdesk.services.notices.teller import SNOOZE
from phdesk.services.parts import utc_now
from phdesk.services.places import Places, places
from phdesk.services.preferences import Preferences
from phdesk.services.registering import own_command
from phdesk.services.settings import SettingsFile
from phdesk.services.watch_room import WatchRoom
from phdesk.store.alerts_file import beside as alerts_beside
from phdesk.store.cache import Cache
from phdesk.store.state import Changes
from phdesk.store.store import Store
from phdesk.views.addresses import dashboard_address, insight_address

SIGNALS = (signal.SIGINT, signal.SIGTERM)
HEED = 200  # ms between turns in which Python hears signals: Qt's loop alone would not
KEY_AGAIN = 15 * 60_000  # ms between looks at whether a key that was refused is another one now
PATIENCE = 1.0  # s for what runs, at the end


def run(_arguments: Namespace) -> int:
    """Watch until a signal ends it, or nobody reads the lines any more."""
    files = places(os.environ)
    if not AccountsFile(files.accounts).load()[0]:
        raise StoppedError(f"nobody is signed in here; `{called('login')}` does it", REFUSED)
    qt = QCoreApplication.instance() or QCoreApplication(["phdesk"])
    watch = AlertsWatch(files)

    def leave(_number: int, _frame: FrameType | None) -> None:
        watch.leave()

    before = {one: signal.signal(one, leave) for one in SIGNALS}
    try:
        watch.start()
        qt.exec()
    finally:
        watch.stop()
        for one, handler in before.items():
            signal.signal(one, handler)
    return FINE


def line_of(notice: Notice) -> bytes:
    """Write an event as one line, all of its fields in it."""
    return msgspec.json.encode(asdict(notice)) + b"\n"


class AlertsWatch(QObject):
    """Keeps what is watched up to date, judges it, and tells of it."""

    def __init__(self, files: Places) -> None:
        super().__init__()
        self._leaving = False
        self._preferences = Preferences(
            SettingsFile(files.settings), AccountsFile(files.accounts), self
        )
        for problem in self._preferences.problems:
            complain(problem)
        self._credentials = _credentials(self._preferences.accounts)
        self._cache = Cache(files.cache, complain)
        self._sources = Sources(self._cache, self._preferences, self)
        self._garbage = Garbage(self)
        self._worker = Background(self)
        self._asides: list[_Project] = []
        self._room = WatchRoom(
            files.watches, self._cache, self._sources, utc_now, self, keeps="always"
        )
        self._room.list.trouble.connect(complain)
        if self._room.list.problem:
            complain(self._room.list.problem)
        self._told_away: dict[Where, str] = {}
        settings = self._preferences.settings
        rules, problem = rules_of(settings)
        if problem:
            complain(problem)
        parts = _ready(files, rules, shown=settings.notifications)
        self._notices = Notices(parts, self._worker, utc_now, self)
        self._lines = Lines(self._room.alerts, rules, self._worker, utc_now, self)
        words = settings.alert_command
        self._command = AlertCommand(words, os.environ, complain) if words else None
        self._heed = QTimer(self)
        self._heed.setInterval(HEED)
        self._heed.timeout.connect(self._on_heed)
        self._key_again = QTimer(self)
        self._key_again.setInterval(KEY_AGAIN)
        self._key_again.timeout.connect(self._try_keys)

    def start(self) -> None:
        """Begin all of it."""
        self._garbage.start()
        self._worker.delivered.connect(self._garbage.look_soon)
        self._worker.start()
        network = Network(
            self._cache,
            self._worker,
            self._credentials,
            self._preferences,
            governor_beside(self._cache.path),
            Circumstances(self),
        )
        self._lines.heard.connect(self._on_heard)
        self._lines.trouble.connect(complain)
        self._notices.changed.connect(self._room.inbox.read)
        self._notices.trouble.connect(complain)
        self._notices.snooze_requested.connect(self._on_snooze)
        self._notices.open_requested.connect(self._on_open)
        for found in (self._room.watches.noticed, self._room.inbox.changed):
            found.connect(self._notices.look)
            found.connect(self._lines.look)
        self._sources.changed.connect(self._say_away)
        self._sources.use(partial(self._beside, network))
        for account in self._preferences.accounts:
            project = self._preferences.settings.projects.get(account.id, account.project_id)
            if project is not None:
                self._sources.supply((account.id, project))
        self._room.use(self._worker)
        self._notices.start()
        self._lines.start()
        self._heed.start()
        self._key_again.start()

    def leave(self) -> None:
        """End soon; a signal may call it at any time, also before Qt's loop runs."""
        self._leaving = True

    def stop(self) -> None:
        """End all of it; what was told is written down already."""
        self._heed.stop()
        self._worker.stop(PATIENCE)
        self._garbage.stop()
        problem = self._room.close()
        if problem:
            complain(problem)
        self._cache.close()

    def _beside(self, network: Network, store: Store) -> Beside:
        made = network.beside(store)
        project = _Project(store, made, self._room, self)
        store.changed.connect(self._on_state)
        self._asides.append(project)
        return made

    @Slot(object)
    def _on_state(self, changes: Changes) -> None:
        if changes.offline:
            self._say_away()

    @Slot()
    def _say_away(self) -> None:
        """Say once why nothing newer can be had of a project, and when it can again."""
        for project in self._asides:
            where = project.where
            supply = self._sources.known(where) if where is not None else None
            if where is None or supply is None or supply.account is None:
                continue
            said = sentence(supply.away) if supply.away is not None else ""
            before = self._told_away.get(where, "")
            self._told_away[where] = said
            if said != before:
                complain(f"{supply.account.region}, project {where[1]}: {said or 'well again'}")

    @Slot()
    def _try_keys(self) -> None:
        """Read the keys again of those that cannot go on without another one."""
        for project in self._asides:
            supply = self._sources.known(project.where) if project.where is not None else None
            if supply is not None and supply.away is not None and loses_session(supply.away):
                project.beside.start()

    @Slot(object)
    def _on_heard(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            line = line_of(notice)
            try:
                sys.stdout.buffer.write(line)  # UTF-8, whatever the terminal's own encoding is
                sys.stdout.flush()
            except BrokenPipeError:
                sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  until the end
                self._leaving = True
            if self._command is not None:
                self._worker.submit(
                    partial(self._command.run, line), done=_accept, failed=_accept, tag="command"
                )

    @Slot(object)
    def _on_snooze(self, notice: Notice) -> None:
        watch = self._room.list.watch(notice.subject) if notice.source == "watch" else None
        if watch is not None:
            self._room.snooze(watch, utc_now() + SNOOZE)
        for project in self._asides:
            if project.where == (notice.account, notice.project):
                project.snooze(notice)

    @Slot(object)
    def _on_open(self, notice: Notice) -> None:
        """Let the app come, at the dashboard."""
        known = self._preferences.accounts
        account = next((one for one in known if one.id == notice.account), None)
        if account is None:
            return
        address = (
            dashboard_address(account.host, notice.project, notice.dashboard)
            if notice.dashboard is not None
            else insight_address(account.host, notice.project, notice.insight)
        )
        words = (*own_command(), "open", address)
        subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  ours

    @Slot()
    def _on_heed(self) -> None:
        """Let Python hear signals, and do what they ask for."""
        if self._leaving:
            QCoreApplication.quit()


class _Project(QObject):
    """A project that is read, with PostHog's own alerts in it."""

    def __init__(self, store: Store, beside: Beside, room: WatchRoom, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self.beside, self._room = store, beside, room
        self._alerts = beside.add_alerts()
        self._alerts.looked.connect(self._on_looked)
        self._alerts.refused.connect(self._on_refused)

    @property
    def where(self) -> Where | None:
        """Say which one it is."""
        state = self._store.state
        if state.account is None or state.project is None:
            return None
        return state.account.id, state.project.id

    def snooze(self, notice: Notice) -> None:
        """Snooze an alert of PostHog, for everyone."""
        alerts = self._store.state.alerts.items if notice.source == "posthog" else ()
        for alert in alerts:
            if alert.id == notice.subject:
                self._alerts.snooze(alert, SNOOZE)

    @Slot(str, object)
    def _on_refused(self, what: str, failure: Failure) -> None:
        if what == "snoozed":
            complain(refused_words(failure))

    @Slot(object, object)
    def _on_looked(self, alerts: Sequence[Alert], gone: frozenset[str] | None) -> None:
        look = look_of(self._store.state, alerts, utc_now(), gone)
        if look is not None:
            self._room.inbox.look_at(look)


def _ready(files: Places, rules: Rules, *, shown: bool) -> Ready:
    """Make what tells on screen."""
    file, icon = alerts_beside(files.cache, complain), resources.path("icons/phdesk-64.png")
    return ready(file, os.environ, icon, rules, utc_now, shown=shown)


def _credentials(accounts: Sequence[Account]) -> Credentials:
    """Give the keys; the environment's goes to accounts of its host, before the keyring's."""
    made = Credentials()
    given = from_environment(os.environ)
    if given is not None:
        for account in accounts:
            if account.host == (given.host or DEFAULT_HOST):
                made.store(account.id, given.key, remember=False)
    return made


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
