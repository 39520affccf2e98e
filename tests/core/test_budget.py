from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.budget import (
    HOUR,
    LIMITS,
    MINUTE,
    MOST_HELD,
    SLOT,
    Kind,
    Ledger,
    Limit,
    Moment,
    Record,
    Spent,
    Use,
    age_of,
    kind_of,
)

PERSON, CLOCK = Use(Kind.INSIGHTS), Use(Kind.INSIGHTS, background=True)
SMALL = {Kind.INSIGHTS: (Limit(4, MINUTE), Limit(10, HOUR))}


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "insights/5/", Kind.INSIGHTS),
        ("PATCH", "insights/5/", Kind.INSIGHTS),
        ("POST", "query/", Kind.QUERIES),
        ("GET", "query/abc/", Kind.OTHER),
        ("DELETE", "query/abc/", Kind.OTHER),
        ("GET", "events/values/", Kind.VALUES),
        ("GET", "persons/values/", Kind.VALUES),
        ("GET", "dashboards/9/", Kind.OTHER),
        ("GET", "", Kind.OTHER),
    ],
)
def test_calls_are_counted_as_the_server_counts_them(method, path, kind):
    assert kind_of(method, path) is kind


def test_sql_is_counted_apart_where_it_is_asked():
    assert kind_of("POST", "query/", sql=True) is Kind.SQL
    assert kind_of("GET", "insights/5/", sql=True) is Kind.INSIGHTS


def test_of_insights_a_fresh_ledger_gives_what_one_client_may_take():
    assert [(one.calls, one.window) for one in LIMITS[Kind.INSIGHTS]] == [(100, 60), (800, 3600)]
    assert Ledger().left(PERSON, 0) == 95  # five are kept for what nobody waits for
    assert Ledger().left(CLOCK, 0) == 20


def test_a_spent_minute_says_when_it_is_over():
    ledger = Ledger(0, SMALL)
    for second in (0, 1, 2, 30):
        assert ledger.wait(PERSON, second) == 0
        ledger.spend(PERSON, second)
    assert ledger.left(PERSON, 31) == 0
    assert ledger.wait(PERSON, 31) == SLOT + MINUTE - 31
    assert ledger.wait(PERSON, SLOT + MINUTE) == 0


def test_what_nobody_waits_for_takes_its_share_and_no_more():
    ledger = Ledger(0.5, SMALL)
    ledger.spend(CLOCK, 0)
    ledger.spend(CLOCK, 0)
    assert ledger.wait(CLOCK, 0) == SLOT + MINUTE
    assert ledger.left(PERSON, 0) == 2


def test_without_a_share_the_background_may_never_call():
    assert Ledger(0).wait(CLOCK, 0) == inf
    assert Ledger(0).left(CLOCK, 0) == 0


def test_kinds_do_not_take_from_each_other():
    ledger = Ledger(0.2, SMALL | {Kind.OTHER: LIMITS[Kind.OTHER]})
    for _ in range(4):
        ledger.spend(PERSON, 0)
    assert ledger.wait(Use(Kind.OTHER), 0) == 0


def test_a_server_that_asks_to_be_spared_is_spared_but_not_for_ever():
    ledger = Ledger()
    ledger.hold(Kind.INSIGHTS, 42.0)
    ledger.hold(Kind.INSIGHTS, 10.0)
    assert ledger.wait(PERSON, 2.0) == 40
    assert ledger.wait(Use(Kind.OTHER), 2.0) == 0
    ledger.hold(Kind.INSIGHTS, 1e12)
    assert ledger.wait(PERSON, 2.0) == MOST_HELD


def test_calls_of_another_process_count_once_however_often_they_are_told():
    ledger = Ledger(0, SMALL)
    for _ in range(3):
        ledger.put(Spent(5.0, PERSON, 3, "other"))
    assert ledger.left(PERSON, 1) == 1


steps = st.lists(st.tuples(st.floats(0, 900), st.booleans()), max_size=150)


@given(steps, st.floats(0.05, 1))
def test_who_waits_as_told_stays_within_every_window_and_share(steps, share):
    ledger, now, made = Ledger(share, SMALL), 0.0, []
    for pause, background in steps:
        use = CLOCK if background else PERSON
        now += pause
        now += ledger.wait(use, now)
        assert ledger.wait(use, now) <= 1e-6
        ledger.spend(use, now)
        made.append((now, background))
    for limit in SMALL[Kind.INSIGHTS]:
        stays_within(limit, [at for at, _ in made])
        own = Limit(ledger.most(limit, background=True), limit.window)
        stays_within(own, [at for at, background in made if background])


def stays_within(limit, made):
    for first, last in zip(made, made[limit.calls :], strict=False):
        assert last - first >= limit.window


@given(st.lists(st.floats(0, 30), max_size=100), st.integers(0, 40))
def test_people_within_their_part_never_wait_for_what_the_clock_spent(pauses, greed):
    limits = {Kind.INSIGHTS: (Limit(10, MINUTE), Limit(100, HOUR))}
    ledger, now, mine = Ledger(0.2, limits), 0.0, []
    for pause in pauses:
        now += pause
        for _ in range(greed):
            if ledger.wait(CLOCK, now) == 0:
                ledger.spend(CLOCK, now)
        recent = [at for at in mine if at + MINUTE + SLOT > now]
        if len(recent) < 8:
            assert ledger.wait(PERSON, now) == 0
            ledger.spend(PERSON, now)
            mine.append(now)


def record(at, wall):
    return Record("h", 1, Spent(at, PERSON, 1), wall)


@pytest.mark.parametrize(
    ("now", "age"),
    [
        pytest.param(Moment(1100, 600), 100, id="both clocks went on"),
        pytest.param(Moment(9000, 600), 100, id="the wall jumped ahead"),
        pytest.param(Moment(200, 600), -SLOT, id="the wall was set back"),
        pytest.param(Moment(1100, 3), 100, id="the machine began anew"),
        pytest.param(Moment(float("nan"), 3), 0, id="a clock that is none"),
    ],
)
def test_ages_over_a_restart_are_never_taken_for_older_than_a_clock_says(now, age):
    assert age_of(record(500, 1000), now) == age
