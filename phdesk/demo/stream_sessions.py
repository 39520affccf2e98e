"""Generate what people do while they are here: visits, sign-ups and working sessions."""

import math
import random
from dataclasses import dataclass, field

from phdesk.demo import catalog
from phdesk.demo.people import Life
from phdesk.demo.world import EventRow

_DAY_MS = 86_400_000
_HOUR = 3_600_000


@dataclass(slots=True)
class Day:
    """One day being written: its random stream, its start and its events."""

    rng: random.Random
    start: int
    ordinal: int
    rough: bool
    rows: list[EventRow] = field(default_factory=list)

    def add(self, at: int, event: str, life: Life, traits: str = "") -> None:
        """Write an event of a person; ``at`` counts milliseconds from midnight."""
        self.add_by(life.number, at, event, traits)

    def add_by(self, number: int, at: int, event: str, traits: str) -> None:
        """Write an event of a person known by number; ``traits`` are JSON members."""
        moment = self.start + min(max(at, 0), _DAY_MS - 1)
        self.rows.append((moment, event, number, "{" + traits + "}"))


def marketing_visit(day: Day, life: Life, at: int) -> int:
    """Walk through the public site; return the time of the last page."""
    rng = day.rng
    path = rng.choice(catalog.LANDING)
    utm = f',"utm_source":"{life.utm}"' if life.utm else ""
    origin = f',"$referring_domain":"{life.channel}"{utm}'
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
        _page(day, life, at, catalog.SITE + path, origin)
        path = rng.choice(catalog.NEXT_PAGES[path])
        at += int(rng.expovariate(1 / 45) * 1000) + 4_000
    return at


def signup(day: Day, life: Life) -> None:
    """Visit, sign up, and get as far into the product as this person will."""
    rng = day.rng
    at = marketing_visit(day, life, life.start_ms)
    origin = f',"$referring_domain":"{life.channel}"'
    _page(day, life, at, f"{catalog.SITE}/pricing", origin)
    at += rng.randint(10_000, 180_000)
    _page(day, life, at, f"{catalog.SITE}/signup", origin)
    at += rng.randint(20_000, 240_000)
    traits = _device(life) + f',"$referring_domain":"{life.channel}"'
    traits += f',"utm_source":"{life.utm}"' if life.utm else ""
    day.add(at, "signed_up", life, traits)
    shown = f'"$feature_flag":"onboarding-checklist","variant":"{life.variant}"'
    day.add(at + 2_000, "experiment_exposure", life, shown)
    if life.makes_project:
        at += int(rng.expovariate(1 / 900) * 1000) + 60_000
        template = rng.choice(("blank", "sprint", "roadmap", "launch"))
        variant = f'"variant":"{life.variant}"'
        day.add(at, "project_created", life, f'{_device(life)},{variant},"template":"{template}"')
    if life.invites:
        at += int(rng.expovariate(1 / 2700) * 1000) + 90_000
        day.add(at, "teammate_invited", life, f'{_device(life)},"role":"member"')
        at += rng.randint(5_000, 60_000)
        day.add(at, "onboarding_completed", life, f'{_device(life)},"variant":"{life.variant}"')
    _pages(day, life, at + 30_000)


def session(day: Day, life: Life) -> None:
    """Work for a while: a few pages and what is done on them."""
    rng = day.rng
    at = int((rng.triangular(8, 18.5, 10.5) - life.offset) * _HOUR) % _DAY_MS
    at = min(at, _DAY_MS - _HOUR)
    at = _pages(day, life, at)
    _work(day, life, at)
    _moods(day, life, at)
    if life.technical:
        _requests(day, life, at)


def _pages(day: Day, life: Life, at: int) -> int:
    rng = day.rng
    path = "/home" if rng.random() < 0.7 else "/board"
    for _ in range(int(rng.triangular(1, 6, 2))):
        _page(day, life, at, catalog.APP + path, "")
        path = rng.choice(catalog.NEXT_PAGES[path])
        at += int(rng.expovariate(1 / 70) * 1000) + 3_000
    return at


def _page(day: Day, life: Life, at: int, url: str, more: str) -> None:
    token = f'"$session_id":"{life.number}-{day.ordinal}"'
    day.add(at, "$pageview", life, f'"$current_url":"{url}",{_device(life)}{more},{token}')


def _device(life: Life) -> str:
    return f'"$browser":"{life.browser}","$geoip_country_code":"{life.country}"'


def _work(day: Day, life: Life, at: int) -> None:
    rng = day.rng
    plan = f'"plan":"{life.plan_on(day.ordinal)}"'
    chance = rng.random()
    if chance < 0.2:
        kind = rng.choice(("chart", "filter", "board view"))
        day.add(at + 5_000, "insight_saved", life, f'"kind":"{kind}",{plan}')
    if chance > 0.62:
        report = rng.choice(("velocity", "workload", "burndown", "time in status"))
        day.add(at + 9_000, "report_viewed", life, f'"report":"{report}",{plan}')
    if rng.random() < 0.05:
        day.add(at + 14_000, "project_created", life, f'{_device(life)},"template":"blank"')
    if rng.random() < 0.04:
        day.add(at + 21_000, "teammate_invited", life, f'{_device(life)},"role":"member"')


def _moods(day: Day, life: Life, at: int) -> None:
    rng = day.rng
    if rng.random() < (0.22 if day.rough else 0.03):
        kind = "TimeoutError" if day.rough else rng.choice(catalog.EXCEPTIONS)
        traits = f'"$exception_type":"{kind}",{_device(life)}'
        day.add(at + 1_000, "$exception", life, traits)
    plan = f'"plan":"{life.plan_on(day.ordinal)}"'
    if rng.random() < (0.04 if day.rough else 0.014):
        traits = f'"category":"{rng.choice(catalog.TICKETS)}",{plan}'
        day.add(at + 60_000, "support_ticket_opened", life, traits)
        reply = round(_spread(rng, 3_000, 0.8))
        solved = f'{traits},"first_reply_seconds":{reply}'
        day.add(at + min(reply * 1000, 6 * _HOUR), "support_ticket_answered", life, solved)
    if rng.random() < 0.02:
        score = rng.choice((10, 10, 10, 10, 9, 9, 9, 9, 9, 8, 8, 7, 7, 6, 4))
        day.add(at + 80_000, "nps_answered", life, f'"score":{score},{plan}')


def _requests(day: Day, life: Life, at: int) -> None:
    rng = day.rng
    for _ in range(rng.randint(1, 7)):
        roll = rng.random() * (0.2 if day.rough else 1)
        status = 500 if roll < 0.008 else 429 if roll < 0.013 else 404 if roll < 0.03 else 200
        took = _spread(rng, 240 if day.rough else 118, 0.55)
        traits = f'"endpoint":"{rng.choice(catalog.ENDPOINTS)}","status":{status}'
        day.add(at, "api_request", life, f'{traits},"duration_ms":{took:.1f}')
        at += int(rng.expovariate(1 / 400) * 1000)


def _spread(rng: random.Random, typical: float, width: float) -> float:
    return typical * math.exp(rng.gauss(0, width))
