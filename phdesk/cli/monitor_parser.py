"""What can be typed after `phdesk monitor`."""

import argparse
from typing import TypeAlias

from phdesk.cli.called import called

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  no public name

SHORTEST = 300.0  # seconds from one refresh to the next, as in a file of walls


def monitor_command(commands: Commands) -> None:
    """Add the command for walls."""
    monitor = commands.add_parser(
        "monitor",
        help="fill the screen with dashboards, one after another, for a wall",
        description="Fills the screen with dashboards, one after another, and always says how old "
        "the numbers are. Without DASHBOARD the pinned ones are shown.",
        epilog=f"Space pauses, Right and Left turn the page. To try it: {called('monitor --demo')}",
    )
    where = (
        "id or PostHog URL of a dashboard, or of an insight; #TAG is all dashboards with that tag, "
        "board:NAME a board of your own"
    )
    monitor.add_argument("dashboards", nargs="*", metavar="DASHBOARD", help=where)
    monitor.add_argument("--demo", action="store_true", help="show made-up data")
    monitor.add_argument("--dwell", type=seconds, metavar="TIME", help="for each page: 45s, 2m")
    often = "from one refresh of the numbers to the next: 30m, 2h; at least 5m"
    monitor.add_argument("--refresh", type=cadence, metavar="TIME", help=often)
    looks = ["light", "dark", "contrast"]
    monitor.add_argument("--palette", choices=looks, help="contrast is for very bright rooms")
    sizes = ["desk", "room", "hall"]
    far = "of the type: read from under 2 m, from 3 to 5 m, or from farther away"
    monitor.add_argument("--type-size", choices=sizes, help=far)
    fires = "that fire: a word in the header, and with take-over their tile alone, once"
    monitor.add_argument("--alerts", choices=["badge", "take-over", "off"], help=fires)
    monitor.add_argument(
        "--size", metavar="WxH", help="a window of this size, not the whole screen"
    )
    monitor.add_argument("--screenshot", metavar="FILE", help="save a picture and leave")
    _file_options(monitor)
    alone = "let nothing watch over the window and start it again"
    monitor.add_argument("--no-supervisor", action="store_true", help=alone)
    monitor.add_argument("--window", action="store_true", help=argparse.SUPPRESS)
    monitor.add_argument("--resume", default="{}", help=argparse.SUPPRESS)


def _file_options(monitor: argparse.ArgumentParser) -> None:
    """Add what names the file of walls, and what is done about it without a window."""
    what = "a TOML file, or an https address, that describes this screen and perhaps many others"
    monitor.add_argument("--config", metavar="FILE", help=what)
    names = "which screen of the file this computer is, instead of that of its host name"
    monitor.add_argument("--screen", metavar="NAME", help=names)
    acts = monitor.add_mutually_exclusive_group()
    checks = (
        "say all that is wrong with a file of walls, or with that at an https address; - is stdin"
    )
    acts.add_argument("--check-config", metavar="FILE", help=checks)
    acts.add_argument("--print-config", action="store_true", help="print such a file to begin with")
    asks = "ask for a PIN, and print the line that has it asked before the wall is left"
    acts.add_argument("--set-pin", action="store_true", help=asks)


def is_about_the_file(arguments: argparse.Namespace) -> bool:
    """Tell what needs no window."""
    return bool(arguments.check_config or arguments.print_config or arguments.set_pin)


def seconds(text: str) -> float:
    """Read a time such as 45, 45s, 2m or 1h."""
    words = text.strip().lower()
    factor = {"s": 1.0, "m": 60.0, "h": 3600.0}.get(words[-1:], 0.0)
    try:
        value = float(words[:-1] if factor else words) * (factor or 1.0)
    except ValueError:
        value = -1.0
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 45s or 2m")
    return value


def cadence(text: str) -> float:
    """Read a time between refreshes, which the team's limits bear."""
    value = seconds(text)
    if value < SHORTEST:
        raise argparse.ArgumentTypeError(f"{text!r} is too short; at least 5m")
    return value
