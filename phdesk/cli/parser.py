"""The command line: what can be typed after `phdesk`."""

import argparse
import os
import re
from typing import TypeAlias

from phdesk import __version__
from phdesk.cli.called import called
from phdesk.cli.monitor_parser import monitor_command

LARGEST = 16_384  # pixels a side; Qt's raster pictures get no larger
OUTPUT = "the file to write: .png, .jpg, .webp, .svg or .pdf; - is stdout, as PNG"
SIZE = re.compile(r"(\d+)(?:[x×](\d+))?")


def make_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog=called(),
        description="Native dashboards for PostHog. Unofficial, not made by PostHog.",
        epilog="Without a command the app opens. "
        "PHDESK_API_KEY, PHDESK_HOST and PHDESK_PROJECT serve unattended machines.",
    )
    parser.add_argument("--version", action="version", version=f"phdesk {__version__}")
    hidden = "start without a window, where phdesk keeps running for alerts"
    parser.add_argument("--hidden", action="store_true", help=hidden)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _gui_commands(commands)
    monitor_command(commands)
    _tile_commands(commands)
    _report_command(commands)
    _lint_command(commands)
    _snapshot_command(commands)
    _gallery_command(commands)
    _account_commands(commands)
    _cache_commands(commands)
    budget = commands.add_parser("budget", help="say what was spent of the team's API limits")
    budget.add_argument("--json", action="store_true", help="print as JSON")
    _status_command(commands)
    _links_command(commands)
    _alerts_commands(commands)
    doctor = commands.add_parser("doctor", help="check this installation")
    doctor.add_argument("--json", action="store_true", help="print as JSON")
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  no public name


def _gui_commands(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="open the app on made-up data")
    demo.add_argument("--screenshot", metavar="FILE", help="save a picture and leave")
    demo.add_argument("--size", type=size, default=(1440, 900), help="of the window: 1440x900")
    demo.add_argument("--theme", choices=["light", "dark"], help="instead of the system's")
    demo.add_argument("--dashboard", type=int, metavar="ID", help="the one to open first")
    start = commands.add_parser("open", help="open the app at a dashboard, or a .phdesk snapshot")
    where = "dashboard id, PostHog URL or .phdesk file"
    start.add_argument("source", nargs="?", metavar="SOURCE", help=where)
    for command in (demo, start):
        _colorblind(command)


def _tile_commands(commands: Commands) -> None:
    show = commands.add_parser("show", help="print what a dashboard or insight shows")
    _source(show)
    show.add_argument("--format", choices=["text", "json", "csv"], default="text")
    render = commands.add_parser("render", help="draw a dashboard or insight into a picture or PDF")
    _source(render)
    render.add_argument("-o", "--output", required=True, metavar="FILE", help=OUTPUT)
    render.add_argument(
        "--size",
        type=size,
        default=None,
        metavar="WxH",
        help="pixels before --scale, as 1280x800; with a width only, as high as needed",
    )
    render.add_argument("--theme", choices=["light", "dark"], default="light")
    _colorblind(render)
    render.add_argument("--scale", type=scale, default=1.0, help="pixels a point, 0.5 to 4")
    paper = "of a PDF; what is higher than a sheet goes on the next one, between tiles"
    render.add_argument("--paper", choices=["a4", "letter"], default="a4", help=paper)
    render.add_argument("--landscape", action="store_true", help="turn the sheets of a PDF")


def _report_command(commands: Commands) -> None:
    report = commands.add_parser(
        "report",
        help="write a report with sentences on what changed, now or by a schedule",
        description="Writes what a TOML file describes: tiles of dashboards and questions about "
        "events for a period, beside the period before, as PDF, HTML or Markdown.",
    )
    report.add_argument("report", nargs="?", metavar="REPORT.toml", help="what is told")
    report.add_argument(
        "-o", "--output", metavar="FILE", help=".pdf, .html or .md; - is stdout, as Markdown"
    )
    acts = report.add_mutually_exclusive_group()
    acts.add_argument("--print-config", action="store_true", help="print an example of such a file")
    acts.add_argument("--check-config", action="store_true", help="say all that is wrong with it")
    acts.add_argument("--due", action="store_true", help="make what is due, for cron and timers")
    acts.add_argument("--folder", action="store_true", help="say where --due looks for reports")
    report.add_argument("--paper", choices=["a4", "letter"], default="a4", help="of a PDF")
    report.add_argument("--landscape", action="store_true", help="turn the sheets of a PDF")


def _lint_command(commands: Commands) -> None:
    lint = commands.add_parser(
        "lint",
        help="say what is wrong with a dashboard, or with all of a project",
        description="Judges dashboards by rules: events that come no more, empty and doubled "
        "tiles, forgotten links and the like. What a rule cannot know, it does not judge.",
        epilog="Exit code: 0 nothing was found, 6 something was.",
    )
    lint.add_argument("dashboard", nargs="?", metavar="DASHBOARD", help="its id, or a PostHog URL")
    lint.add_argument("--all", action="store_true", help="all dashboards, and the saved insights")
    lint.add_argument("--format", choices=["text", "json"], default="text")
    how = lint.add_mutually_exclusive_group()
    offline = "judge what is kept on this computer, and ask nobody"
    how.add_argument("--offline", action="store_true", help=offline)
    calculate = "let PostHog calculate first what it has no number of yet"
    how.add_argument("--calculate", action="store_true", help=calculate)


def _snapshot_command(commands: Commands) -> None:
    snapshot = commands.add_parser(
        "snapshot",
        help="save a dashboard with its numbers as one file that opens anywhere",
        description="Writes a dashboard with its numbers, layout and ages into one .phdesk file, "
        "which phdesk shows on any computer, without an account or a network.",
    )
    snapshot.add_argument(
        "source", metavar="SOURCE", help="dashboard id, PostHog URL, or board:NAME of your own"
    )
    snapshot.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the file to write, .phdesk"
    )
    snapshot.add_argument(
        "--without-people",
        action="store_true",
        help="leave out what may name single people: lists, SQL tables, breakdowns by mail or name",
    )
    _numbers(snapshot)


def _colorblind(parser: argparse.ArgumentParser) -> None:
    words = "charts in colours that colour-blind eyes tell apart"
    parser.add_argument("--colorblind", action="store_true", help=words)


def _gallery_command(commands: Commands) -> None:
    gallery = commands.add_parser(
        "gallery",
        help="draw all tiles of many files at three sizes, with a contact sheet",
        description="Draws every tile that the sources hold into PNG files, each at three sizes "
        "in both themes, with a contact sheet: DIR/index.html. Sizes: small is 2x2 cells of a "
        "page 768 points wide, medium 6x5 cells of a window 1280 wide, large 1280x800.",
        epilog="Without SOURCE: the JSON files below the folders of PHDESK_SAMPLES, when that is "
        f"set (several are parted by {os.pathsep!r}), and the six dashboards of the demo.",
    )
    gallery.add_argument(
        "source", nargs="*", metavar="SOURCE", help="JSON files, or folders to look for them in"
    )
    gallery.add_argument(
        "-o", "--output", required=True, metavar="DIR", help="a new folder, or an earlier gallery"
    )
    gallery.add_argument("--theme", choices=["light", "dark"], help="only this one")
    gallery.add_argument("--scale", type=scale, default=1.0, help="pixels a point, 0.5 to 4")


def _links_command(commands: Commands) -> None:
    links = commands.add_parser(
        "links",
        help="let phdesk:// addresses and snapshots open with phdesk, bring it into the menus",
        description="Registers phdesk:// addresses and .phdesk files for you alone, or undoes it. "
        "phdesk://us.posthog.com/project/1/dashboard/2 then opens here from everywhere.",
    )
    acts = ["status", "register", "unregister"]
    links.add_argument("act", choices=acts, nargs="?", default="status", metavar="|".join(acts))


def _alerts_commands(commands: Commands) -> None:
    alerts = commands.add_parser("alerts", help="alerts and watches: list, check, watch, test")
    acts = alerts.add_subparsers(dest="act", metavar="ACT", required=True)
    for name, told, more in (
        ("list", "list watches and PostHog's alerts with how they stand", "."),
        (
            "check",
            "judge all watches now on the results on this computer",
            " without --fresh. Exit code 6 when one is not well.",
        ),
    ):
        act = acts.add_parser(
            name,
            help=told,
            description=f"{told[0].upper()}{told[1:]}; asks PostHog nothing{more}",
        )
        act.add_argument("--json", action="store_true", help="all of it, for programs")
        if name == "check":
            fresh = "calculate the watched tiles anew first; this does ask PostHog"
            act.add_argument("--fresh", action="store_true", help=fresh)
    acts.add_parser(
        "watch",
        help="stay, and print what alerts do as lines of JSON",
        description="Stays without a window: keeps watched tiles up to date, looks at PostHog's "
        "alerts, and tells each event once, by a notification, a line of JSON and alert_command of "
        "the settings. SIGINT or SIGTERM end it.",
    )
    acts.add_parser(
        "test",
        help="send a notification, and say how it was shown",
        description="Sends a notification that is no alert, also in quiet hours, and says by which "
        "way it was shown. Exit code 4 when the inbox of phdesk alone has it.",
    )


def _status_command(commands: Commands) -> None:
    status = commands.add_parser(
        "status",
        help="say how the monitor is that runs here",
        epilog="Exit code: 0 healthy, 6 somebody should look at it, 7 no monitor runs.",
    )
    status.add_argument("--json", action="store_true", help="print as JSON")


def _account_commands(commands: Commands) -> None:
    listing = commands.add_parser("dashboards", help="list the dashboards of the project")
    listing.add_argument("--format", choices=["text", "json", "csv"], default="text")
    boards = commands.add_parser("boards", help="list your own boards, which are on this computer")
    boards.add_argument("--json", action="store_true", help="print as JSON, with their tiles")
    login = commands.add_parser("login", help="sign in; the key is read from stdin or asked for")
    login.add_argument("--host", default="us", help="us, eu, or the address of your own PostHog")
    login.add_argument("--project", type=int, metavar="ID", help="which project to open first")
    logout = commands.add_parser("logout", help="forget an account, its key and its cached data")
    logout.add_argument("account", nargs="?", help=f"as listed by `{called('accounts')}`")
    accounts = commands.add_parser("accounts", help="list the accounts that are kept")
    accounts.add_argument("--json", action="store_true", help="print as JSON")


def _cache_commands(commands: Commands) -> None:
    cache = commands.add_parser("cache", help="what is kept on disk: info, clear, verify")
    acts = cache.add_subparsers(dest="act", metavar="ACT", required=True)
    info = acts.add_parser("info", help="size, dashboards, history")
    clear = acts.add_parser(
        "clear",
        help="remove numbers and history",
        description="Removes numbers and their history from disk, so that no byte of them stays. "
        "Layouts and insights that are not saved yet stay; `logout` removes those too.",
    )
    clear.add_argument(
        "--account", metavar="ID", help=f"only of this one of `{called('accounts')}`"
    )
    clear.add_argument("--yes", action="store_true", help="do not ask")
    verify = acts.add_parser("verify", help="look for damage; repairs nothing")
    for act in (info, clear, verify):
        act.add_argument("--json", action="store_true", help="print as JSON")


def _source(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "source",
        nargs="?",
        metavar="SOURCE",
        help="dashboard id, PostHog URL, or board:NAME for a board of your own",
    )
    which.add_argument(
        "--file",
        metavar="FILE",
        help="JSON of one insight or dashboard, or a .phdesk snapshot; - is stdin",
    )
    _numbers(parser)


def _numbers(parser: argparse.ArgumentParser) -> None:
    numbers = parser.add_mutually_exclusive_group()
    numbers.add_argument(
        "--cached", action="store_true", help="only what PostHog has calculated already"
    )
    numbers.add_argument(
        "--refresh", action="store_true", help="let PostHog calculate every number anew"
    )


def size(text: str) -> tuple[int, int | None]:
    """Read 1280x800, or 1280 for a width alone; pixels."""
    match = SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1280x800")
    width, height = int(match[1]), int(match[2]) if match[2] else None
    for side in (width, height):
        if side is not None and not 16 <= side <= LARGEST:
            raise argparse.ArgumentTypeError(f"a side is 16 to {LARGEST} pixels, not {side}")
    return width, height


def scale(text: str) -> float:
    """Read a scale from 0.5 to 4."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.5 <= value <= 4:
        raise argparse.ArgumentTypeError(f"{text!r} is not a scale from 0.5 to 4")
    return value
