"""How often the rule for what is unusual alarms for nothing, and how often it misses something.

Simulated series of several shapes, always the same ones; the last value of each is judged as it
is (an alarm is a false one) and with something planted in it (silence is a miss). Writes the table
into `docs/alerts.md`.
"""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from phdesk.core.watching.anomaly import MEASURES, NORMAL, Point, median, usual

PAGE = Path(__file__).parents[2] / "docs" / "alerts.md"
BEGIN, END = "<!-- written by ./run bench watches -->", "<!-- as far as here -->"
SEED = 20261123
ROUNDS = 400  # series of a shape
JUDGED = 5  # last values of each, one after another
PLANTED = (5.0, 3.0, 2.0, 1.5, 0.5, 0.25, 0.0)
MONDAY = datetime(2026, 6, 1)
WEEK = np.array([1.0, 1.04, 1.03, 1.0, 0.92, 0.4, 0.35])
HOURS = 0.15 + 0.85 * np.clip(np.sin((np.arange(24) - 6) / 24 * 2 * np.pi) + 0.25, 0, None)


def steady(rng, days, level=100.0):
    return rng.poisson, np.full(days, level)


def weekly(rng, days, level=400.0):
    return rng.poisson, level * WEEK[np.arange(days) % 7]


def growing(rng, days):
    draw, rates = weekly(rng, days, 100.0)
    return draw, rates * 1.015 ** np.arange(days)


def shrinking(rng, days):
    draw, rates = weekly(rng, days, 800.0)
    return draw, rates * 0.985 ** np.arange(days)


def shifted(rng, days):
    """Twice as much for good, since two to four weeks."""
    draw, rates = weekly(rng, days)
    since = days - int(rng.integers(14, 28))
    return draw, rates * np.where(np.arange(days) < since, 1.0, 2.0)


def noisy(rng, days):
    draw, rates = weekly(rng, days)
    return draw, rates * np.exp(rng.normal(0, 0.2, days))


def bursty(rng, days):
    """Some days are three to six times as busy: each alarm over one counts as false."""
    busy = np.where(rng.random(days) < 0.05, rng.uniform(3, 6, days), 1.0)
    return rng.poisson, 20.0 * busy * np.exp(rng.normal(0, 0.2, days))


def few(rng, days):
    return rng.poisson, np.full(days, 8.0)


def sparse(rng, days):
    return rng.poisson, np.full(days, 0.7)


def revenue(rng, days):
    def draw(rates):
        return np.array([rng.lognormal(3.5, 0.8, rng.poisson(rate)).sum() for rate in rates])

    return draw, 40.0 * WEEK[np.arange(days) % 7]


def conversion(rng, days):
    def draw(rates):
        return rng.binomial(300, np.clip(rates, 0, 100) / 100) / 3

    return draw, np.full(days, 12.0)


def hourly(rng, hours):
    at = np.arange(hours)
    return rng.poisson, 400.0 * HOURS[at % 24] * WEEK[at // 24 % 7]


DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SHAPES = (  # words, maker, interval, values before the judged ones
    ("steady, 100 a day", steady, "day", 29),
    ("weekly rhythm, 29 days known", weekly, "day", 29),
    ("weekly rhythm, 60 days known", weekly, "day", 60),
    ("weekly, growing 1.5% a day", growing, "day", 60),
    ("weekly, shrinking 1.5% a day", shrinking, "day", 60),
    ("weekly, doubled for good", shifted, "day", 60),
    ("weekly, days vary by 20%", noisy, "day", 60),
    ("bursts on 5% of days", bursty, "day", 60),
    ("8 a day", few, "day", 60),
    ("sparse, 0.7 a day", sparse, "day", 60),
    ("revenue of 40 orders a day", revenue, "day", 60),
    ("conversion of 300 people a day", conversion, "day", 60),
    ("hourly, two weeks known", hourly, "hour", 345),
    ("hourly, five weeks known", hourly, "hour", 850),
)


def ours(sensitivity):
    def ends(past, at, interval):
        found = usual(past, at, interval, sensitivity)
        return (-np.inf, np.inf) if found is None else (found.low, found.high)

    return ends


def plain(past, at, interval):
    """Go by median and MAD of all values, as textbooks do."""
    return _around([point.value for point in past])


def same_day(past, at, interval):
    """Go by median and MAD of the same weekday, or hour of the day."""
    return _around([p.value for p in past if _slot(p.at, interval) == _slot(at, interval)])


def _slot(at, interval):
    return at.hour if interval == "hour" else at.weekday()


def _around(values):
    middle = median(values)
    reach = MEASURES["normal"] * NORMAL * median([abs(one - middle) for one in values])
    return middle - reach, middle + reach


RULES = (
    ("plain", plain),
    ("same weekday", same_day),
    ("low", ours("low")),
    ("normal", ours("normal")),
    ("high", ours("high")),
)


def measured(shape, rounds=ROUNDS):
    """Give, for each rule, the share of false alarms and, for each size, the share of misses."""
    _, make, interval, known = shape
    step = HOUR if interval == "hour" else DAY
    false = dict.fromkeys((name for name, _ in RULES), 0)
    missed = {name: dict.fromkeys(PLANTED, 0) for name, _ in RULES}
    for index in range(rounds):
        rng = np.random.default_rng((SEED, index))
        draw, rates = make(rng, known + JUDGED)
        values = draw(rates)
        start = MONDAY
        points = [Point(start + step * n, float(value)) for n, value in enumerate(values)]
        for place in range(known, known + JUDGED):
            past, at = points[:place], points[place].at
            planted = {size: float(draw(rates[place : place + 1] * size)[0]) for size in PLANTED}
            for name, ends in RULES:
                low, high = ends(past, at, interval)
                false[name] += not low <= points[place].value <= high
                for size, value in planted.items():
                    missed[name][size] += low <= value <= high
    count = rounds * JUDGED
    return {
        name: (false[name] / count, {size: n / count for size, n in missed[name].items()})
        for name, _ in RULES
    }


def main():
    """Measure all shapes and write the tables."""
    found = [(shape, measured(shape)) for shape in SHAPES]
    text = tables(found)
    print(text)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    return 0


def tables(found):
    """Write what was measured: false alarms by rule, then misses of the rule that is used."""
    lines = [
        f"False alarms, % of {ROUNDS * JUDGED:,} values of each shape, nothing being planted:",
        "",
        "| series | plain | same weekday | low | normal | high |",
        "|---|---|---|---|---|---|",
        *(
            f"| {shape[0]} | {' | '.join(_percent(rates[name][0]) for name, _ in RULES)} |"
            for shape, rates in found
        ),
        "",
        "Misses, % of as many values that were multiplied by so much (sensitivity normal):",
        "",
        f"| series | {' | '.join(f'× {size:g}' for size in PLANTED)} |",
        f"|{'---|' * (len(PLANTED) + 1)}",
        *(
            f"| {shape[0]} | {' | '.join(_percent(rates['normal'][1][size]) for size in PLANTED)} |"
            for shape, rates in found
        ),
    ]
    return "\n".join(lines) + "\n"


def _percent(share):
    return f"{share * 100:.1f}"
