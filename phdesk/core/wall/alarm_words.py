"""What a wall says of an alert that has the screen, and of how many fire."""

from datetime import datetime, tzinfo

from msgspec import Struct

from phdesk.core.ages import DIFFER, JUST_NOW, absolute, relative
from phdesk.core.wall.alarms import Alarm

HIDDEN_RULE = "Its numbers are hidden on this wall."


class AlarmWords(Struct, frozen=True, gc=False, kw_only=True):
    """All that stands above the tile of an alert."""

    name: str
    value: str
    rule: str
    since: str
    found: str
    grave: bool = False

    @property
    def said(self) -> str:
        """Join it to sentences, for a screen reader."""
        parts = (f"Alert: {self.name}", self.value, self.rule, self.since, self.found)
        return ". ".join(one.removesuffix(".") for one in parts if one) + "."


def alarm_words(
    alarm: Alarm, now: datetime, zone: tzinfo | None, *, hidden_as: str = ""
) -> AlarmWords:
    """Write what is said of an alert; `hidden_as` is the tile's name, where it hides figures."""
    return AlarmWords(
        name=hidden_as or alarm.name,
        value="" if hidden_as else alarm.value,
        rule=HIDDEN_RULE if hidden_as else alarm.rule,
        since="Firing" if alarm.since is None else f"Firing since {_when(alarm.since, now, zone)}",
        found="" if alarm.found is None else f"As of {_when(alarm.found, now, zone)}",
        grave=alarm.severity != "info",
    )


def badge_words(count: int) -> str:
    """Say how many alerts fire; empty while none does."""
    if not count:
        return ""
    return "1 alert" if count == 1 else f"{count} alerts"


def _when(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    ago = relative(when, now)
    clock = absolute(when, now, zone)
    return f"{clock} · {ago}" if ago in (JUST_NOW, DIFFER) else f"{clock} · {ago} ago"
