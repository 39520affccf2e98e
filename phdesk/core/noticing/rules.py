"""Which notices are told now, how many cards stand on screen at once, and which are taken down.

- Of each alert the newest notice is told; those before it that nobody told stay in the inbox.
- In quiet hours nothing is told. Afterwards what was found in them is told once, in one card.
- What waited for longer than a day, quiet hours not counted, is left to the inbox: it is no news
  any more. So is what was acknowledged, snoozed or closed while it waited.
- At most three cards stand on screen: of more alerts two, and one card that counts the others.
- A card goes when its alert is resolved, acknowledged, snoozed or gone, whoever found that.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from phdesk.core.noticing.cards import LASTING, MORE, QUIET, Card, alone, rank, together
from phdesk.core.wall.hours import holds, next_change
from phdesk.models.notice import Kept
from phdesk.models.wall import Hours
from phdesk.models.watch import Severity

LATE = timedelta(days=1)
MOST = 3  # cards on screen
STANDS = timedelta(seconds=30)  # that a card is thought to stand when nobody says that it went


class Rules(Struct, frozen=True, gc=False, kw_only=True):
    """What a person chose."""

    on: bool = True  # notifications at all; the inbox gets everything
    quiet: tuple[Hours, ...] = ()  # by the clock on the wall
    sounds: frozenset[Severity] = frozenset()


class Due(Struct, frozen=True, gc=False):
    """What is to be told now, what never will be, and when to look again."""

    kept: tuple[Kept, ...] = ()
    passed: tuple[str, ...] = ()
    again: datetime | None = None


class Shown(Struct, frozen=True, gc=False):
    """A card, and when it was put on screen."""

    card: Card
    at: datetime

    def stands(self, now: datetime) -> bool:
        """Say whether it is likely to be seen still; desktops do not always tell."""
        return self.card.urgency == "critical" or abs(now - self.at) < STANDS


class Arranged(Struct, frozen=True, gc=False):
    """Cards to show, in this order, and keys of those to take down first."""

    cards: tuple[Card, ...] = ()
    down: tuple[str, ...] = ()


def due(
    waiting: Sequence[Kept],
    rules: Rules,
    now: datetime,
    zone: tzinfo,
    standing: Iterable[Kept] = (),
) -> Due:
    """Choose among what is loud and was not told; `waiting` is in the order it was found in.

    `standing` is each alert's last notice: what was acknowledged, snoozed or closed while it
    waited is told no more.
    """
    newest = {one.notice.group: one for one in waiting}
    last = {one.notice.group: one for one in standing}
    kept, passed = [], []
    for one in waiting:
        is_newest = newest[one.notice.group] is one
        is_over = _is_over(one, last.get(one.notice.group, one))
        if is_newest and not is_over and not is_late(one, rules, now, zone):
            kept.append(one)
        else:
            passed.append(one.notice.id)
    if not rules.on:
        tests = tuple(one for one in kept if one.notice.kind == "test")
        rest = [one.notice.id for one in kept if one not in tests]
        return Due(tests, (*passed, *rest))
    if kept and is_quiet(rules, now, zone):
        again = next_change(rules.quiet, now, zone)
        return Due(tuple(one for one in kept if one.notice.kind == "test"), tuple(passed), again)
    return Due(tuple(kept), tuple(passed))


def is_late(one: Kept, rules: Rules, now: datetime, zone: tzinfo) -> bool:
    """Say whether it could have been told a day ago; quiet hours may last a weekend."""
    if now - one.found <= LATE:
        return False
    if not is_quiet(rules, one.found, zone):
        return True
    ended = next_change(rules.quiet, one.found, zone)
    return ended is None or now - ended > LATE


def is_quiet(rules: Rules, at: datetime, zone: tzinfo) -> bool:
    """Say whether a time is within quiet hours."""
    return holds(rules.quiet, at.astimezone(zone))


def arrange(
    kept: Sequence[Kept],
    screen: Mapping[str, Shown],
    rules: Rules,
    now: datetime,
    zone: tzinfo,
) -> Arranged:
    """Make cards of what is told now, beside what stands on screen already."""
    fresh = frozenset(one.notice.id for one in kept)
    stood = {key: one.card for key, one in screen.items() if one.stands(now)}
    cards: list[Card] = []
    held = [one for one in kept if one.notice.kind != "test" and is_quiet(rules, one.found, zone)]
    if len(held) > 1:
        cards.append(together(QUIET, held, sounds=rules.sounds, fresh=fresh))
        kept = [one for one in kept if one not in held]
    free = MOST - (1 if cards or QUIET in stood else 0)
    own, counted = _split(kept, stood, free)
    cards += [
        alone(one, sounds=rules.sounds, zone=zone, now=now) for one in own if one.notice.id in fresh
    ]
    before = stood[MORE].kept if MORE in stood else ()
    if counted and {one.notice.id for one in counted} != {one.notice.id for one in before}:
        cards.append(together(MORE, counted, sounds=rules.sounds, fresh=fresh))
    down = [one.notice.group for one in counted if one.notice.group in screen]
    if before and not counted:
        down.append(MORE)
    return Arranged(tuple(cards), tuple(down))


def _split(
    kept: Sequence[Kept], stood: Mapping[str, Card], free: int
) -> tuple[list[Kept], list[Kept]]:
    """Choose which alerts have a card of their own, and which are counted in one.

    What was counted already and is not news again stays counted.
    """
    news = {one.notice.group: one for one in kept}
    alones = {key: card.kept[0] for key, card in stood.items() if key not in (MORE, QUIET)} | news
    before = stood[MORE].kept if MORE in stood else ()
    counted = [one for one in before if one.notice.group not in alones]
    if not counted and len(alones) <= free:
        return list(alones.values()), []
    ranked = sorted(alones.values(), key=rank, reverse=True)
    return ranked[: free - 1], [*ranked[free - 1 :], *counted]


def over(screen: Mapping[str, Shown], standing: Iterable[Kept]) -> tuple[str, ...]:
    """Give the keys of cards that say what is no longer so; `standing` is each alert's last."""
    last = {one.notice.group: one for one in standing}
    return tuple(
        key
        for key, one in screen.items()
        if all(_is_over(each, last.get(each.notice.group)) for each in one.card.kept)
    )


def _is_over(shown: Kept, last: Kept | None) -> bool:
    if shown.notice.kind == "test":
        return False
    if last is None:  # its account was forgotten
        return True
    if last.acknowledged is not None:
        return True
    return last.number > shown.number and last.notice.kind not in LASTING
