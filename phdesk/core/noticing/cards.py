"""What stands on screen: a card for a notice, or one for several, and its words."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Literal

from msgspec import Struct

from phdesk.core.dates import date_text
from phdesk.core.watching.words import HEADS
from phdesk.models.notice import Kept, Notice, NoticeKind
from phdesk.models.watch import Severity

Urgency = Literal["low", "normal", "critical"]
Button = Literal["open", "snooze"]
BUTTONS: dict[Button, str] = {"open": "Open tile", "snooze": "Snooze 1 h"}
LASTING: frozenset[NoticeKind] = frozenset({"fired", "missing", "broken", "reminded"})
RANKS: dict[Severity, int] = {"critical": 2, "warning": 1, "info": 0}
URGENCIES: dict[Severity, Urgency] = {"critical": "critical", "warning": "normal", "info": "low"}
MORE, QUIET = "more", "quiet"  # keys of cards that tell several notices
NAMED = 5  # alerts that such a card names
TITLE, PLACE, BODY = 120, 60, 500  # characters


class Card(Struct, frozen=True, gc=False, kw_only=True):
    """One notification; it takes the place of the one with the same key."""

    key: str
    title: str
    body: str
    urgency: Urgency = "normal"
    sound: bool = False
    buttons: tuple[Button, ...] = ()
    kept: tuple[Kept, ...]  # what it tells, the most important first
    fresh: tuple[str, ...] = ()  # ids of those that were not told before

    @property
    def notice(self) -> Notice:
        """Give the notice that a click is about."""
        return self.kept[0].notice


def alone(kept: Kept, *, sounds: frozenset[Severity], zone: tzinfo, now: datetime) -> Card:
    """Make the card of one notice."""
    notice = kept.notice
    lasts = notice.kind in LASTING
    buttons: tuple[Button, ...] = ("open", "snooze") if lasts else ("open",)
    return Card(
        key=notice.group,
        title=heading(notice),
        body=" ".join(
            filter(None, (_sentence(_line(notice.body, BODY)), as_of(notice, zone, now)))
        ),
        urgency=urgency(notice),
        sound=lasts and notice.severity in sounds,
        buttons=() if notice.kind == "test" or not leads(notice) else buttons,
        kept=(kept,),
        fresh=(notice.id,),
    )


def together(
    key: str, kept: Sequence[Kept], *, sounds: frozenset[Severity], fresh: frozenset[str]
) -> Card:
    """Make a card that tells several notices, the most important first."""
    ranked = tuple(sorted(kept, key=rank, reverse=True))
    notices = [one.notice for one in ranked]
    named = [heading(one) for one in notices[:NAMED]]
    left = len(notices) - len(named)
    new = tuple(one.id for one in notices if one.id in fresh)
    loud = any(one.severity in sounds and one.kind in LASTING for one in notices if one.id in fresh)
    many = "1 alert" if len(notices) == 1 else f"{len(notices)} alerts"
    return Card(
        key=key,
        title=f"{many} in quiet hours" if key == QUIET else f"And {len(notices)} more",
        body="\n".join([*named, *([f"and {left} more"] if left else [])]),
        urgency=urgency(notices[0]),
        sound=loud,
        kept=ranked,
        fresh=new,
    )


def heading(notice: Notice) -> str:
    """Write how it stands, what the alert is called, and where it is."""
    if notice.kind == "test":
        return notice.title
    head = ""
    if notice.kind != "counted":
        head = "Snoozed: " if notice.kind == "snoozed" else HEADS[notice.kind]
    places = (_line(name, PLACE) for name in (notice.dashboard_name, notice.project_name))
    where = ", ".join(filter(None, places))
    return f"{head}{_line(notice.title, TITLE)}" + (f" · {where}" if where else "")


def as_of(notice: Notice, zone: tzinfo, now: datetime) -> str:
    """Say of when the numbers are, by the clock of who reads it."""
    if notice.kind == "test":
        return ""
    local, today = notice.at.astimezone(zone), now.astimezone(zone)
    day = "" if local.date() == today.date() else f"{date_text(local)}, "
    return f"As of {day}{local:%H:%M}."


def urgency(notice: Notice) -> Urgency:
    """Choose how urgent it is to the desktop: what is over presses nobody."""
    return URGENCIES[notice.severity] if notice.kind in LASTING else "low"


def rank(kept: Kept) -> tuple[bool, int, int]:
    """Order notices by importance: what lasts, then severity, then what came last."""
    return kept.notice.kind in LASTING, RANKS[kept.notice.severity], kept.number


def leads(notice: Notice) -> bool:
    """Say whether there is something to open: a tile, or an insight whose tile is not known."""
    return notice.dashboard is not None or bool(notice.insight)


def _line(words: str, most: int) -> str:
    """Make one line that any desktop takes: none takes a NUL, some stumble over endless ones."""
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in words[: 2 * most])
    line = " ".join(plain.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."
