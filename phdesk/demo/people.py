"""Invent the lives of Lumen Lane's visitors and users: when they come, pay and leave."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from phdesk.demo import catalog
from phdesk.demo.world import Person

NEVER = date.max.toordinal()
BILLING_DAYS = 30
VISITORS_PER_USER = 3
BASE_USERS = 300
_BASE_SPREAD = 150
_WEEKDAYS = (1.1, 1.2, 1.15, 1.05, 0.95, 0.4, 0.45)


@dataclass(frozen=True, slots=True)
class Life:
    """One person's whole story; days are ordinals (``date.toordinal``)."""

    number: int
    user: bool
    start: int
    start_ms: int
    end: int
    upgrade: int
    cancel: int
    plan: str
    amount: int
    engagement: float
    technical: bool
    variant: str
    makes_project: bool
    invites: bool
    offset: int
    country: str
    browser: str
    channel: str
    utm: str | None
    name: str
    company: str

    def plan_on(self, day: int) -> str | None:
        """Name the plan of a day: none for visitors, free before and after paying."""
        if not self.user:
            return None
        return self.plan if self.upgrade <= day < self.cancel else "free"

    def is_billed_on(self, day: int) -> bool:
        """Tell whether an invoice is paid on a day: every 30 days while subscribed."""
        return self.upgrade <= day < self.cancel and not (day - self.upgrade) % BILLING_DAYS

    def person(self, day: int) -> Person:
        """Describe the life as a person with the properties of a day."""
        created = datetime.combine(date.fromordinal(self.start), datetime.min.time(), UTC)
        properties: dict[str, Any] = {
            "$geoip_country_code": self.country,
            "$browser": self.browser,
            "$initial_referring_domain": self.channel,
        }
        if self.user:
            email = f"{self.name.lower().replace(' ', '.')}{self.number}@example.org"
            properties |= {"name": self.name, "email": email, "company": self.company}
            properties["plan"] = self.plan_on(day)
        return Person(self.number, created + timedelta(milliseconds=self.start_ms), properties)


def newcomers(seed: int, first: int, day: int, number: int) -> list[Life]:
    """Invent everyone who comes on a day; those of the first day may have come long before.

    ``first`` and ``day`` are ordinals, ``number`` is given to the first newcomer.
    """
    rng = catalog.seeded(seed, "people", day)
    weekday = _WEEKDAYS[date.fromordinal(day).weekday()]
    rate = (2.4 + 4.2 * min(1.6, (day - first) / 210)) * weekday
    users = max(0, round(rng.gauss(rate, rate**0.5 / 2)))
    lives = []
    if day == first:
        lives = [_base_user(rng, number + index, first) for index in range(BASE_USERS)]
    for index in range(users * (1 + VISITORS_PER_USER)):
        life = _life(rng, number + len(lives), day, user=index < users)
        lives.append(life)
    return lives


def _base_user(rng: random.Random, number: int, first: int) -> Life:
    return _life(rng, number, first - rng.randint(1, _BASE_SPREAD), user=True, settled=first)


def _life(
    rng: random.Random, number: int, day: int, *, user: bool, settled: int | None = None
) -> Life:
    variant = rng.choice(("control", "test"))
    makes_project = rng.random() < (0.6 if variant == "control" else 0.81)
    invites = makes_project and rng.random() < 0.56
    pays = user and rng.random() < (0.52 if invites else 0.06)
    upgrade = day + int(rng.expovariate(1 / 6)) if pays else NEVER
    cancel = upgrade + int(rng.expovariate(1 / 420)) + 20 if pays else NEVER
    plan = "enterprise" if rng.random() < 0.16 else "pro"
    seats = rng.randint(4, 14) if plan == "pro" else rng.randint(30, 90)
    country, _, offset = _weighted(rng, catalog.COUNTRIES, 1)
    channel, utm, _ = _weighted(rng, catalog.CHANNELS, 2)
    return Life(
        number=number,
        user=user,
        start=day,
        start_ms=int(rng.triangular(7, 22, 13) * 3_600_000),
        end=_end(rng, day, cancel, settled, stays=invites),
        upgrade=upgrade,
        cancel=cancel,
        plan=plan,
        amount=seats * (29 if plan == "pro" else 36),
        engagement=rng.uniform(0.45, 0.85) if pays else rng.uniform(0.14, 0.5),
        technical=user and rng.random() < 0.2,
        variant=variant,
        makes_project=makes_project,
        invites=invites,
        offset=offset,
        country=country,
        browser=_weighted(rng, catalog.BROWSERS, 1)[0],
        channel=channel,
        utm=utm,
        name=f"{rng.choice(catalog.FIRST_NAMES)} {rng.choice(catalog.LAST_NAMES)}",
        company=f"{rng.choice(catalog.COMPANY_FIRST)} {rng.choice(catalog.COMPANY_LAST)}",
    )


def _end(rng: random.Random, day: int, cancel: int, settled: int | None, *, stays: bool) -> int:
    """Choose the last active day: after cancelling, soon for most, late for the settled."""
    if cancel < NEVER:
        return cancel + rng.randint(0, 12)
    mean = 220 if stays or settled else 34
    return max(day, settled or 0) + int(rng.expovariate(1 / mean))


def _weighted(rng: random.Random, table: tuple[tuple[Any, ...], ...], column: int) -> Any:
    place = rng.random() * sum(row[column] for row in table)
    for row in table:
        place -= row[column]
        if place < 0:
            return row
    return table[-1]
