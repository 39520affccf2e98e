from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from phdesk.services.budget import LIMITS, Budget, Budgets, Limit
from tests.store.builders import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_a_fresh_budget_is_whole():
    assert (Budget().left(NOON), Budget().wait(NOON)) == (100, 0)


def test_a_spent_budget_says_how_long_to_wait():
    budget = Budget([Limit(2, MINUTE), Limit(3, HOUR)])
    budget.spend(NOON)
    budget.spend(NOON + timedelta(seconds=10))
    assert budget.wait(NOON + timedelta(seconds=15)) == 45
    assert budget.left(NOON + timedelta(seconds=15)) == 0
    assert budget.wait(NOON + MINUTE) == 0
    budget.spend(NOON + MINUTE)
    assert budget.wait(NOON + 2 * MINUTE) == 58 * 60


def test_a_project_has_one_budget_whoever_asks():
    budgets = Budgets()
    budgets.of("https://eu.posthog.com", 7).spend(NOON)
    left = {
        where: budgets.of(*where).left(NOON)
        for where in [
            ("https://eu.posthog.com", 7),
            ("https://eu.posthog.com", 8),
            ("https://us.posthog.com", 7),
        ]
    }
    assert list(left.values()) == [99, 100, 100]


@given(st.lists(st.floats(0, 120), max_size=2000))
def test_who_waits_as_told_stays_within_the_limits(pauses):
    budget, now, made = Budget(), NOON, []
    for pause in pauses:
        now += timedelta(seconds=max(pause / 60, budget.wait(now)))
        budget.spend(now)
        made.append(now)
    for limit in LIMITS:
        for first, last in zip(made, made[limit.calls :], strict=False):
            assert last - first >= limit.window
