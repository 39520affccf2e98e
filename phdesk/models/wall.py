"""Walls: screens that show dashboards by themselves for months, as one TOML file describes them.

Names of fields are the keys in that file. Durations are seconds and times of day minutes since
midnight where the screen hangs; `core/wall/reading` reads them as people write them ("45s", "5m",
"08:30"), names the line of what it does not understand, and writes a commented example.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

TypeSize = Literal["desk", "room", "hall"]  # read from under 2 m, 3 to 5 m, farther away
Palette = Literal["light", "dark", "contrast"]
Blur = Literal["amounts", "people"]  # numbers of money; rows and names of single people
# Alerts that fire on what is shown: a word in the header, that and the whole screen once, nothing
Alerts = Literal["badge", "take over", "off"]
DAY = 24 * 60  # minutes


class Hours(Struct, frozen=True, gc=False, kw_only=True):
    """When something holds; `start` after `end` goes over midnight, to the day after."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # of the start; 0 is Monday
    start: int = 0  # minutes
    end: int = DAY  # minutes, excluded


class Item(Struct, frozen=True, gc=False, kw_only=True):
    """One stop of a rotation: exactly one of the first four says what it shows."""

    dashboard: int | None = None  # id
    tag: str | None = None  # all dashboards that carry it, by name; each is a stop of its own
    board: str | None = None  # name of a personal board on this computer
    insight: str | None = None  # short id of one insight, to fill the screen with
    tile: int | None = None  # with `dashboard`: this tile of it alone
    account: str | None = None  # id, as `phdesk accounts` lists it; None is the screen's own
    project: int | None = None  # id; None is the screen's own
    dwell: float | None = None  # seconds a page; None is the wall's
    range: str | None = None  # as a person types it: "last 7 days", "this month"
    filters: Mapping[str, Any] = {}  # more of a dashboard's filters, as PostHog writes them
    hours: tuple[Hours, ...] = ()  # shown in any of these; none is always
    spotlight: bool = False  # its tiles one by one, large, after the whole
    title: str | None = None  # in the header, instead of the dashboard's own name


class Care(Struct, frozen=True, gc=False, kw_only=True):
    """What spares a panel that is never off."""

    shift: bool = True  # moves the picture by some pixels every few minutes
    dim: tuple[Hours, ...] = ()  # darker in these hours
    dim_to: int = 30  # % of full brightness
    off: tuple[Hours, ...] = ()  # black but for a small moving clock; nothing is refreshed
    keep_awake: bool = True  # neither screen saver nor sleep, outside of `off`


class Look(Struct, frozen=True, gc=False, kw_only=True):
    """How a wall looks."""

    palette: Palette = "dark"
    colorblind: bool = False
    type_size: TypeSize = "room"
    motion: bool = True  # cross-fades; False: items replace each other at once
    clock: bool = True
    blur: tuple[Blur, ...] = ()


class Wall(Struct, frozen=True, gc=False, kw_only=True):
    """One monitor's rotation. With no items it shows the project's pinned dashboards."""

    items: tuple[Item, ...] = ()
    dwell: float = 30.0  # seconds a page, at least 5
    refresh: float = 1800.0  # seconds between refreshes, at least 300: the cadence of its numbers
    alerts: Alerts = "badge"
    alert_dwell: float = 60.0  # seconds for which an alert has the screen, at least 5
    look: Look = Look()
    care: Care = Care()


class Credentials(Struct, frozen=True, gc=False, kw_only=True):
    """Who reads: a kept account, or a host with a key that lies elsewhere. Never a key itself."""

    account: str | None = None  # id, its key is in the keyring
    host: str | None = None  # us, eu or an address
    key_env: str | None = None  # name of an environment variable that holds the key
    key_file: str | None = None  # path of a file for its owner alone (0600), ~ allowed
    key_credential: str | None = None  # name of a systemd credential ($CREDENTIALS_DIRECTORY)
    project: int | None = None


class Health(Struct, frozen=True, gc=False, kw_only=True):
    """What a running wall tells to programs on the same computer."""

    port: int | None = None  # of /healthz and /metrics on loopback; None: none is opened


class Limits(Struct, frozen=True, gc=False, kw_only=True):
    """When the supervisor steps in."""

    memory_soft: int = 700  # MB: caches are dropped, pages are made anew
    memory_hard: int = 1200  # MB: a fresh start
    frozen_after: float = 6.0  # seconds without a sign of painting, at least 4: beats come every 2


class Screen(Struct, frozen=True, gc=False, kw_only=True):
    """One computer with its monitors, found by name or by the computer's."""

    name: str
    hosts: tuple[str, ...] = ()  # computers that are this screen, by host name; its own name is one
    walls: Mapping[str, Wall] = {}  # by monitor ("HDMI-1"); "" is every monitor not named
    credentials: Credentials = Credentials()
    health: Health = Health()
    limits: Limits = Limits()
    timezone: str | None = None  # IANA; None is the computer's
    pin: str | None = None  # salted hash of what is asked before leaving: `core/wall/pin`
    locked: bool = True  # leaving needs the chord


class Fleet(Struct, frozen=True, gc=False, kw_only=True):
    """The whole file."""

    screens: Mapping[str, Screen] = {}
    poll: float = 60.0  # seconds between looks for a changed file or address
