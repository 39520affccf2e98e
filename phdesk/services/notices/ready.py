"""Make what tells of alerts: for the app, for a command, and to try it out.

Imports the desktop's notifications: after the first paint.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from phdesk.core.noticing.rules import Rules
from phdesk.core.wall.values import WrongValueError, hours
from phdesk.models.notice import Notice
from phdesk.models.wall import Hours
from phdesk.services.notices.desktop import Desktop
from phdesk.services.notices.teller import Teller
from phdesk.services.notices.tray import Tray
from phdesk.services.notices.way import Balloon, Pressed, Way
from phdesk.services.notices.ways import InUse, Ways
from phdesk.services.settings import Settings
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices

TITLE = "Notifications of phdesk reach you"
BODY = "An alert looks like this, and has buttons where the desktop shows them."
ELSEWHERE = "Another phdesk that runs here shows it"
BUSY = "None: the file of alerts is busy, try again"


class Ready(Struct, frozen=True):
    """The parts, which belong to each other."""

    file: AlertsFile
    teller: Teller
    tray: Tray


def ready(
    file: AlertsFile,
    environ: Mapping[str, str],
    icon: Path,
    rules: Rules,
    now: Callable[[], datetime],
    *,
    shown: bool = True,
) -> Ready:
    """Make a teller over a file; `icon` is a picture beside each notification.

    Without `shown` nothing comes on screen: who tells by other means alone.
    """
    trays: list[Tray] = []

    def make_ways(pressed: Pressed, balloon: Balloon) -> Ways:
        trays.append(Tray(balloon))
        ways: list[Way] = [Desktop(environ, icon, pressed), trays[0]] if shown else []
        return Ways(ways, time.monotonic)

    teller = Teller(file, make_ways, rules, now)
    return Ready(file, teller, trays[0])


def rules_of(settings: Settings) -> tuple[Rules, str]:
    """Read what a person chose and, if something is not understood, a sentence about it."""
    quiet: list[Hours] = []
    problem = ""
    for words in settings.quiet_hours:
        try:
            quiet.append(hours(words))
        except WrongValueError as why:
            problem = f"quiet_hours in the settings: {why}. They are not kept."
    sounds = frozenset(settings.alert_sounds)
    return Rules(on=settings.notifications, quiet=tuple(quiet), sounds=sounds), problem


async def try_out(parts: Ready, now: datetime) -> InUse:
    """Send a notification that is none, and say which way it took."""
    before = await parts.teller.in_use()
    notice = trial(now)
    if add_notices(parts.file, [notice], now) is None:
        return InUse("inbox", BUSY)
    told = await parts.teller.look()
    if notice.id not in {one.id for one in told.notices}:
        return InUse("desktop", ELSEWHERE)
    return before if told.way == before.name else await parts.teller.in_use()


def trial(now: datetime) -> Notice:
    """Make a notice of no alert."""
    return Notice(
        id=f"test-{uuid.uuid4().hex}",
        source="test",
        subject="test",
        account="",
        project=0,
        title=TITLE,
        body=BODY,
        kind="test",
        severity="info",
        loud=True,
        at=now,
    )
