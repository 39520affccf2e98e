"""`phdesk doctor`: checks this installation and says what works."""

import asyncio
import os
import platform
import sys
from argparse import Namespace
from importlib.metadata import version

import keyring
import msgspec
from msgspec import Struct
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from phdesk import __version__, resources
from phdesk.api.reach import reach
from phdesk.cli import links
from phdesk.cli.budget import title
from phdesk.cli.exits import FINE, NETWORK
from phdesk.cli.gate import governor
from phdesk.cli.gui import has_display
from phdesk.core.budget_words import budget_lines
from phdesk.core.reporting.reading import WEEKDAYS as NAMES
from phdesk.core.reporting.reading import Bad
from phdesk.core.reporting.schedule import schedule_words
from phdesk.services.accounts import AccountsFile
from phdesk.services.autostart import chosen_autostart
from phdesk.services.awake import look, ways_here
from phdesk.services.environment import SettingError, from_environment
from phdesk.services.notices.desktop import Desktop
from phdesk.services.notices.way import Press, WayError
from phdesk.services.places import places
from phdesk.services.registering import Standing, own_command
from phdesk.services.report_runs import Runs, folder_of, report_files, report_in
from phdesk.store.cache_check import info
from phdesk.views.theme import load_fonts

WEEKDAYS = tuple(name.capitalize() for name in NAMES)
PACKAGES = ("PySide6_Essentials", "pyqtgraph", "numpy", "httpx", "keyring", "msgspec")


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    value: str
    fine: bool = True


def run(arguments: Namespace) -> int:
    """Print the findings; exit 4 when something does not work."""
    findings = [
        *_program(),
        *_qt(),
        _keyring(),
        *_cache(),
        *_budget(),
        _links(),
        _notices(),
        _autostart(),
        *_reports(),
        *_hosts(),
    ]
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(findings), indent=2).decode())
    else:
        width = max(len(one.name) for one in findings)
        for one in findings:
            print(f"{'ok ' if one.fine else 'BAD'}  {one.name:<{width}}  {one.value}")
    return FINE if all(one.fine for one in findings) else NETWORK


def _program() -> list[Finding]:
    return [
        Finding("phdesk", __version__),
        Finding("python", platform.python_version()),
        Finding("system", platform.platform()),
        *(Finding(name.lower(), version(name)) for name in PACKAGES),
    ]


def _qt() -> list[Finding]:
    display = has_display(os.environ)
    if not display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    font = load_fonts()
    found = [
        Finding("qt", qVersion()),
        Finding(
            "qt platform", QGuiApplication.platformName() + ("" if display else " (no display)")
        ),
        Finding("font", font or "the bundled font does not load", bool(font)),
        _awake(QGuiApplication.platformName()),
    ]
    del app
    return found


def _awake(windowing: str) -> Finding:
    """Say what would keep the screen on under a wall; a desk needs nothing of it."""
    held = asyncio.run(look(ways_here(windowing)))
    words = f"a wall is kept on by {' and '.join(held.ways)}" if held.ways else held.problem
    return Finding("screen", words)


def _keyring() -> Finding:
    backend = keyring.get_keyring()
    name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    works = backend.priority > 0
    return Finding("keyring", name if works else f"{name}: keys last for one run only", fine=True)


def _cache() -> list[Finding]:
    report = info(places(os.environ).cache)
    what = f"{report.path}, {report.size / 1e6:.1f} MB, {report.dashboards} dashboards"
    return [Finding("cache", what if report.ok else f"{what}; {report.message}", report.ok)]


def _budget() -> list[Finding]:
    """Say what was calculated in the last hour for each project."""
    found = [one for one in governor().reports() if one.project]
    words = "; ".join(f"{title(one)}: {budget_lines(one)[0]}" for one in found)
    return [Finding("budget", words or "nothing was calculated in the last hour")]


def _links() -> Finding:
    """Say who opens phdesk:// addresses; nothing is wrong with nobody."""
    return Finding("links", links.sentence(links.this_system().status()))


def _notices() -> Finding:
    """Say how alerts are told; the inbox has all of them, so nothing is wrong with it alone."""
    way = Desktop(os.environ, resources.path("icons/phdesk-64.png"), _ignore)

    async def look() -> str:
        try:
            return await way.look()
        except WayError as why:
            return f"balloons of the tray icon where a tray is, else the inbox alone ({why})"
        finally:
            await way.leave()

    return Finding("alerts", asyncio.run(look()))


def _autostart() -> Finding:
    """Say whether phdesk starts with the computer; nothing is wrong with either."""
    found = chosen_autostart(os.environ, own_command()).status()
    words = {
        Standing.OURS: f"this phdesk starts with the computer, by {found.where}",
        Standing.NOBODY: "phdesk does not start with the computer",
    }
    other = f"another phdesk, or an altered one, starts with the computer, by {found.where}"
    return Finding("autostart", words.get(found.standing, other))


def _reports() -> list[Finding]:
    """Say of each report with a schedule when it was last made, or what went wrong."""
    folder = folder_of(places(os.environ))
    runs, found = Runs(folder), []
    for path in report_files(folder):
        report, standing = report_in(path), runs.standing(path)
        if isinstance(report, Bad):
            found.append(Finding("report", report.faults[0], fine=False))
        elif report.schedule is not None:
            when = f"{standing.done.astimezone():%Y-%m-%d %H:%M}" if standing.done else ""
            last = f"last made for {when}" if when else "not made yet"
            words = f"{path.name}: {schedule_words(report.schedule, WEEKDAYS)}; {last}"
            problem = f"; failed since: {standing.problem}" if standing.problem else ""
            found.append(Finding("report", words + problem, fine=not problem))
    return found


def _ignore(_key: str, _press: Press) -> None:
    """Hear of no presses: nothing is shown."""


def _hosts() -> list[Finding]:
    try:
        given = from_environment(os.environ)
    except SettingError as error:
        return [Finding("environment", str(error), fine=False)]
    kept = [account.host for account in AccountsFile(places(os.environ).accounts).load()[0]]
    hosts = dict.fromkeys([*([given.host] if given and given.host else []), *kept])
    return [Finding(f"host {one.host}", one.words, one.fine) for one in reach(list(hosts))]
