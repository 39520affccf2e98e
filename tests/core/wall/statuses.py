"""Statuses for tests."""

from datetime import UTC, datetime, timedelta

from phdesk.models.beat import Beat, TileAge
from phdesk.models.status import Status, Window

NOW = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
SMALL = {"memory": 210_000_000, "memory_soft": 700_000_000, "memory_hard": 1_200_000_000}


def ago(**time):
    return NOW - timedelta(**time)


def tile(name="Signups", minutes=12, **fields):
    return TileAge(dashboard="Weekly", tile=name, calculated=ago(minutes=minutes), **fields)


def beat(**fields):
    return Beat(**{
        "monitor": "HDMI-1", "at": NOW, "frame": 7, "item": "d9", "title": "Weekly",
        "next_title": "Growth", "rotations": 1234, "tiles": (tile(),),
        "budget": "12 of 2,400 this hour", **fields,
    })  # fmt: skip


def window(**fields):
    running = {"phase": "running", "pid": 43, "silent": 0.4, "silence_limit": 6.0, "beats": 99}
    return Window(**{**running, "starts": 1, **SMALL, **fields})


def status(*beats, **fields):
    return Status(**{
        "version": "0.1.0", "pid": 42, "began": 1.0, "since": ago(hours=5), "at": NOW,
        "screen": "lobby", "window": window(), "monitors": beats or (beat(),), **fields,
    })  # fmt: skip
