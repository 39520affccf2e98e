"""Generate Lumen Lane's events, day by day, from the seed alone."""

import math
import random
from collections.abc import Iterable
from datetime import UTC, date, datetime

from phdesk.demo import catalog
from phdesk.demo.people import Life, newcomers
from phdesk.demo.ranges import ms
from phdesk.demo.stream_sessions import Day, marketing_visit, session, signup
from phdesk.demo.world import EventRow, Person

HISTORY_DAYS = 200
_HOUR = 3_600_000
_DAILY = (1.0, 1.04, 1.03, 1.0, 0.92, 0.26, 0.22)
_INCIDENT_EVERY = 13  # days


def first_day(now: datetime) -> date:
    """Choose where history begins: the first of a month, at least 200 days back.

    A month's worth of restarts therefore sees the very same past.
    """
    at = date.fromordinal(now.date().toordinal() - HISTORY_DAYS)
    return at.replace(day=1)


class DemoSource:
    """The people and events of a seed, the same ones for every run and every clock."""

    def __init__(self, seed: int, opening: date) -> None:
        self.first_day = opening
        self._seed = seed
        self._first = opening.toordinal()
        self._next = self._first
        self._lives: list[Life] = []

    def persons(self, today: date) -> list[Person]:
        """List everyone who has come by today, as they are today."""
        ordinal = today.toordinal()
        self._meet(ordinal)
        return [life.person(ordinal) for life in self._lives if life.start <= ordinal]

    def events(self, day: date) -> Iterable[EventRow]:
        """Generate one day, from its own random stream."""
        ordinal = day.toordinal()
        self._meet(ordinal)
        rng = catalog.seeded(self._seed, "events", ordinal)
        start = ms(datetime.combine(day, datetime.min.time(), UTC))
        plan = Day(rng, start, ordinal, rough=ordinal % _INCIDENT_EVERY == 4)
        pace = _DAILY[day.weekday()]
        for life in self._lives:
            if life.start > ordinal:
                break  # lives are in order of coming
            _live(plan, life, pace)
        _deploys(plan, quiet=day.weekday() > 4)
        return plan.rows

    def _meet(self, ordinal: int) -> None:
        while self._next <= ordinal:
            number = len(self._lives) + 1
            self._lives.extend(newcomers(self._seed, self._first, self._next, number))
            self._next += 1


def _live(plan: Day, life: Life, pace: float) -> None:
    age = plan.ordinal - life.start
    if not life.user:
        if age == 0 or (age < 9 and plan.rng.random() < 0.05):
            marketing_visit(plan, life, life.start_ms + age * 60_000)
        return
    if not age:
        signup(plan, life)
    if life.upgrade <= plan.ordinal <= life.cancel:
        _billing(plan, life)
    if age and plan.ordinal <= life.end:
        keenness = 0.55 + 0.45 * math.exp(-age / 10)
        if plan.rng.random() < life.engagement * keenness * pace:
            session(plan, life)


def _billing(plan: Day, life: Life) -> None:
    at = min(life.start_ms + 3 * _HOUR, 23 * _HOUR)
    traits = f'"plan":"{life.plan}","amount":{life.amount},"currency":"USD"'
    if plan.ordinal == life.upgrade:
        plan.add(at, "subscription_started", life, traits)
    if plan.ordinal == life.cancel:
        reason = plan.rng.choice(("price", "missing feature", "went elsewhere", "project ended"))
        plan.add(at, "subscription_cancelled", life, f'{traits},"reason":"{reason}"')
    if life.is_billed_on(plan.ordinal):
        plan.add(at + 60_000, "invoice_paid", life, traits)


def _deploys(plan: Day, *, quiet: bool) -> None:
    rng = plan.rng
    for _ in range(rng.randint(0, 1) if quiet else rng.randint(3, 8)):
        status = "failed" if rng.random() < (0.3 if plan.rough else 0.07) else "succeeded"
        took = round(_spread(rng, 260, 0.35))
        traits = f'"service":"{rng.choice(catalog.SERVICES)}","status":"{status}","duration":{took}'
        plan.add_by(1, int(rng.uniform(8, 19) * _HOUR), "deploy_finished", traits)


def _spread(rng: random.Random, typical: float, width: float) -> float:
    return typical * math.exp(rng.gauss(0, width))
