"""Read the file that describes the screens of a fleet, or say what is wrong with it and where.

Every fault is told, with its line and key and what is allowed: whoever mends a file on a wall far
away should need one look. A file with a fault is not taken at all; the last good one goes on.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from phdesk.core.dates import zone
from phdesk.core.numbering import LARGEST_ID
from phdesk.core.wall.items import HOURS, items_reader
from phdesk.core.wall.lines import Path, line_of, located, syntax_fault, written
from phdesk.core.wall.pin import is_hash
from phdesk.core.wall.secrets import ADVICE, scrubbed, secret_lines, secret_paths
from phdesk.core.wall.tables import Notes, Reader, Scheme, by_name, each, table, value
from phdesk.core.wall.values import (
    WrongValueError,
    near,
    one_of,
    seconds,
    shown,
    text,
    truth,
    whole,
)
from phdesk.models.wall import Care, Credentials, Fleet, Health, Limits, Look, Screen, Wall

KEYS = ("key_env", "key_file", "key_credential")
NOT_A_HASH = "must be a line from phdesk monitor --set-pin, never the PIN itself"
BAD_HOST = 'must be "us", "eu" or the address of your own PostHog'


class Bad(Struct, frozen=True, gc=False):
    """What is wrong with a file, one sentence a fault, in the order of its lines."""

    faults: tuple[str, ...]


def read_fleet(text: str, name: str, now: datetime) -> Fleet | Bad:
    """Read a file; `name` stands before each fault, `now` is aware, for ranges of dates."""
    secret = secret_lines(text)
    try:
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as why:
        return Bad(_unparsed(why, text, name, secret))
    notes = Notes()
    fleet = _Reading(notes, now).fleet(parsed)
    for path in secret_paths(parsed):
        notes.faults = [fault for fault in notes.faults if fault.path != path]  # say it once
        notes.add(path, ADVICE)
    if not notes.faults and not secret:
        return fleet
    return Bad(_sentences(notes, text, name, secret))


def _unparsed(why: Exception, text: str, name: str, secret: Sequence[int]) -> tuple[str, ...]:
    line, words = (1, "is nested too deep")
    if isinstance(why, tomllib.TOMLDecodeError):
        line, words = syntax_fault(why, text)
    told = [(each, f"{name}:{each}: {ADVICE}") for each in secret]
    return tuple(
        scrubbed(say) for _, say in sorted([*told, (line, f"{name}:{line}: not TOML: {words}")])
    )


def _sentences(notes: Notes, text: str, name: str, secret: Sequence[int]) -> tuple[str, ...]:
    lines = located(text)
    found: set[tuple[int, str]] = set()
    for fault in notes.faults:
        line = line_of(fault.path, lines)
        where = f"{written(fault.path)}: " if fault.path else ""
        found.add((line, f"{name}:{line}: {where}{fault.words}"))
    told = {line for line, words in found if ADVICE in words}
    found.update((line, f"{name}:{line}: {ADVICE}") for line in secret if line not in told)
    return tuple(scrubbed(words) for _, words in sorted(found))


def _host(held: object) -> str:
    host = text(held)
    if host in ("us", "eu"):
        return host
    scheme, separator, rest = host.partition("://")
    named = rest if separator else host
    if (separator and scheme not in ("http", "https")) or not named or " " in named:
        raise WrongValueError(f"{BAD_HOST}, not {shown(host)}")
    if "." not in named and "localhost" not in named and ":" not in named:
        raise WrongValueError(f"{BAD_HOST}, not {shown(host)}{near(host, ('us', 'eu'))}")
    return host


def _timezone(held: object) -> str:
    name = text(held)
    if name != "UTC" and zone(name) is UTC:
        raise WrongValueError(f'{shown(name)} is no time zone; write it as "Europe/London"')
    return name


def _pin(held: object) -> str:
    if not isinstance(held, str) or not is_hash(held):
        raise WrongValueError(NOT_A_HASH)  # it may be the PIN: never said back
    return held


LOOK: Scheme = {
    "palette": value(one_of("light", "dark", "contrast")),
    "colorblind": value(truth),
    "type_size": value(one_of("desk", "room", "hall")),
    "motion": value(truth),
    "clock": value(truth),
    "blur": each(value(one_of("amounts", "people")), 'a list of "amounts" and "people"'),
}
CARE: Scheme = {
    "shift": value(truth),
    "dim": HOURS,
    "dim_to": value(whole(1, 100, "%")),
    "off": HOURS,
    "keep_awake": value(truth),
}
CREDENTIALS: Scheme = {
    "account": value(text),
    "host": value(_host),
    "key_env": value(text),
    "key_file": value(text),
    "key_credential": value(text),
    "project": value(whole(1, LARGEST_ID)),
}
HEALTH: Scheme = {"port": value(whole(1, 65_535))}
LIMITS: Scheme = {
    "memory_soft": value(whole(200, 65_536, "MB")),
    "memory_hard": value(whole(300, 65_536, "MB")),
    "frozen_after": value(seconds("4s", "5m")),
}
INNER: Mapping[str, Scheme] = {
    "look": LOOK,
    "care": CARE,
    "credentials": CREDENTIALS,
    "health": HEALTH,
    "limits": LIMITS,
}
OF_WALL = ("items", "dwell", "refresh", "alerts", "alert_dwell", "look", "care")


class _Reading:
    """One reading: its schemes know the clock and the zones, and note into one list."""

    def __init__(self, notes: Notes, now: datetime) -> None:
        self._notes = notes
        inner = {name: table(scheme) for name, scheme in INNER.items()}
        wall: Scheme = {
            "items": items_reader(now),
            "dwell": value(seconds("5s", "1d")),
            "refresh": value(seconds("5m", "7d")),
            "alerts": value(one_of("badge", "take over", "off")),
            "alert_dwell": value(seconds("5s", "1h")),
            "look": inner["look"],
            "care": inner["care"],
        }
        common: Scheme = {
            **wall,
            **{name: inner[name] for name in ("credentials", "health", "limits")},
            "timezone": value(_timezone),
            "pin": value(_pin),
            "locked": value(truth),
        }
        walls = by_name(table(wall, {"look": LOOK, "care": CARE}), "tables by monitor")
        hosts = each(value(text), "a list of host names")
        screen = table({**common, "hosts": hosts, "walls": walls}, INNER)
        self._file: Reader = table(
            {
                "poll": value(seconds("10s", "1d")),
                "defaults": table(common, INNER),
                "screens": by_name(screen, "tables by name, as [screens.lobby]"),
            },
            {"defaults": common},
        )

    def fleet(self, parsed: Mapping[str, Any]) -> Fleet:
        """Read the whole file."""
        good = self._file(parsed, (), self._notes)
        if "screens" not in parsed or parsed["screens"] == {}:
            self._notes.add((), "describes no screen; begin one with a line [screens.NAME]")
        defaults = good.get("defaults", {})
        own = good.get("screens", {})
        screens = {name: self._screen(name, defaults, own[name]) for name in own}
        self._check_hosts(own)
        return Fleet(screens=screens, **{key: good[key] for key in ("poll",) if key in good})

    def _screen(self, name: str, defaults: dict[str, Any], own: dict[str, Any]) -> Screen:
        path: Path = ("screens", name)
        whole_screen = _over(defaults, own)
        self._check(path, whole_screen)
        as_wall = {key: whole_screen[key] for key in OF_WALL if key in whole_screen}
        walls = {
            monitor: _wall(_over(as_wall, each)) for monitor, each in own.get("walls", {}).items()
        }
        rest = {key: whole_screen[key] for key in ("hosts", "timezone", "pin", "locked")
                if key in whole_screen}  # fmt: skip
        return Screen(
            name=name,
            walls={"": _wall(as_wall), **walls},
            credentials=Credentials(**whole_screen.get("credentials", {})),
            health=Health(**whole_screen.get("health", {})),
            limits=Limits(**whole_screen.get("limits", {})),
            **rest,
        )

    def _check(self, path: Path, screen: Mapping[str, Any]) -> None:
        """Note what does not go together, once defaults and a screen's own are one."""
        wrong = _wrong_credentials(screen.get("credentials", {}))
        if wrong:
            self._notes.add((*path, "credentials"), wrong)
        limits = Limits(**screen.get("limits", {}))
        if limits.memory_soft >= limits.memory_hard:
            words = f"{limits.memory_soft} MB must be less than memory_hard, {limits.memory_hard}"
            self._notes.add((*path, "limits", "memory_soft"), words)

    def _check_hosts(self, screens: Mapping[str, Mapping[str, Any]]) -> None:
        """Note computers that would be two screens at once."""
        taken = {name.lower(): name for name in screens}
        for name, screen in screens.items():
            for place, host in enumerate(screen.get("hosts", ())):
                other = taken.setdefault(host.lower(), name)
                if other != name:
                    words = f"{shown(host)} is the screen {other} already"
                    self._notes.add(("screens", name, "hosts", place), words)


def _wall(fields: Mapping[str, Any]) -> Wall:
    inner = {"look": Look(**fields.get("look", {})), "care": Care(**fields.get("care", {}))}
    return Wall(**{**fields, **inner})


def _over(below: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay what is written for one over what holds for all, key by key within tables."""
    merged = {**below, **own}
    for name in INNER:
        if name in below and name in own:
            base = _without_rivals(below[name], own[name]) if name == "credentials" else below[name]
            merged[name] = {**base, **own[name]}
    return merged


def _without_rivals(below: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """Drop other ways to a key where one is chosen anew."""
    if "account" in own:
        return {}
    drops = {"account"} if own.keys() & {"host", *KEYS} else set()
    drops |= set(KEYS) if own.keys() & set(KEYS) else set()
    return {key: held for key, held in below.items() if key not in drops}


def _wrong_credentials(found: Mapping[str, Any]) -> str:
    keys = [key for key in KEYS if key in found]
    if "account" in found and ("host" in found or keys):
        return "names an account and a host; an account's key is in the keyring, so leave the rest"
    if len(keys) > 1:
        return f"needs exactly one of {', '.join(KEYS)}, not {' and '.join(keys)}"
    if "host" in found and not keys:
        return f"names a host without a key; add one of {', '.join(KEYS)}"
    if keys and "host" not in found:
        return f"names {keys[0]} without the host that it is for; add host"
    return ""
