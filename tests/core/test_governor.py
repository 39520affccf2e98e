import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.budget import HOUR, LIMITS, MINUTE, SLOT, Kind, Use
from phdesk.core.governor import CROWDED, PLACES, UNSAID, Governor

TEAM, OTHER = ("https://eu.posthog.com", 7), ("https://eu.posthog.com", 8)
PERSON, CLOCK = Use(Kind.INSIGHTS, dashboard=9), Use(Kind.INSIGHTS, background=True, dashboard=9)


def numbers(asks):
    return [ask.number for ask in asks]


def test_a_person_comes_before_the_clock_whoever_asked_first():
    governor = Governor()
    late = governor.ask(TEAM, CLOCK, calculates=True).number
    first = governor.ask(TEAM, PERSON, calculates=True).number
    second = governor.ask(TEAM, PERSON, calculates=True).number
    assert numbers(governor.admit(0)) == [first, second]
    governor.leave(first)
    assert numbers(governor.admit(0)) == [late]


def test_two_calculate_at_a_time_in_all_projects_of_an_organization_together():
    governor = Governor()
    for team in (TEAM, OTHER):
        governor.belongs(team, "shop")
    asks = [governor.ask(team, PERSON, calculates=True) for team in (TEAM, OTHER, TEAM)]
    assert numbers(governor.admit(0)) == numbers(asks[:2])
    plain = governor.ask(TEAM, PERSON).number
    assert numbers(governor.admit(0)) == [plain]


def test_a_call_that_runs_while_the_organization_becomes_known_keeps_its_place():
    governor = Governor()
    running = governor.ask(TEAM, PERSON, calculates=True).number
    governor.admit(0)
    governor.belongs(TEAM, "shop")
    governor.belongs(OTHER, "shop")
    first, second = (governor.ask(OTHER, PERSON, calculates=True).number for _ in "ab")
    assert numbers(governor.admit(0)) == [first]
    governor.leave(running)
    assert numbers(governor.admit(0)) == [second]


def test_a_crowded_organization_gets_one_calculation_at_a_time_for_a_while():
    governor = Governor()
    governor.crowded(TEAM, 100)
    first, second = (governor.ask(TEAM, PERSON, calculates=True).number for _ in "ab")
    assert numbers(governor.admit(100)) == [first]
    assert governor.due(100) == CROWDED
    assert numbers(governor.admit(100 + CROWDED)) == [second]
    assert governor.due(200) is None


@pytest.mark.parametrize(("said", "wait"), [(42.0, 42.0), (None, UNSAID), (-5.0, 0.0)])
def test_a_server_that_throttles_is_spared_as_long_as_it_says(said, wait):
    governor = Governor()
    governor.throttled(TEAM, Kind.INSIGHTS, said, 10)
    assert governor.wait(TEAM, PERSON, 10) == pytest.approx(wait)
    assert governor.wait(OTHER, PERSON, 10) == 0


def test_a_server_that_does_not_say_is_spared_longer_each_time_until_it_answers():
    governor, now, waits = Governor(), 0.0, []
    for _ in range(8):
        governor.throttled(TEAM, Kind.INSIGHTS, None, now)
        waits.append(governor.wait(TEAM, PERSON, now))
        now += waits[-1]
    assert waits == pytest.approx([1.2, 2.4, 4.8, 9.6, 19.2, 38.4, 60, 60])
    governor.answered(TEAM, Kind.INSIGHTS)
    governor.throttled(TEAM, Kind.INSIGHTS, None, now)
    assert governor.wait(TEAM, PERSON, now) == pytest.approx(UNSAID)


def test_a_call_that_is_not_wanted_any_more_leaves_the_line():
    governor = Governor()
    gone = governor.ask(TEAM, PERSON).number
    governor.leave(gone)
    governor.leave(gone)
    assert governor.admit(0) == []


def test_what_stops_a_calculation_is_counted_and_never_waits():
    governor = Governor()
    governor.force(TEAM, Use(Kind.OTHER), 0)
    assert sum(spent.calls for spent in governor.ledger(TEAM).spent(0)) == 1


def test_another_share_holds_for_what_is_known_already():
    governor = Governor()
    before = governor.ledger(TEAM).left(CLOCK, 0)
    governor.set_share(0.5)
    assert (before, governor.ledger(TEAM).left(CLOCK, 0)) == (20, 50)


def test_a_place_alone_spends_nothing_and_lasts_over_all_calls_that_need_none():
    governor = Governor()
    first, second = (governor.ask(TEAM, PERSON, calculates=True, calls=False) for _ in "ab")
    assert numbers(governor.admit(0)) == numbers([first, second])
    assert not governor.ledger(TEAM).spent(0)
    third = governor.ask(TEAM, PERSON, calculates=True)
    polls = [governor.ask(TEAM, PERSON) for _ in range(3)]
    assert numbers(governor.admit(0)) == numbers(polls)
    for poll in polls:
        governor.leave(poll.number)
    assert governor.admit(0) == []
    governor.leave(first.number)
    assert numbers(governor.admit(0)) == [third.number]


def test_what_takes_long_in_the_background_leaves_a_place_to_people():
    governor = Governor()
    slow = [governor.ask(TEAM, CLOCK, calculates=True, calls=False, lasts=True) for _ in "ab"]
    assert numbers(governor.admit(0)) == [slow[0].number]
    assert governor.due(0) is None
    person = governor.ask(TEAM, PERSON, calculates=True)
    assert numbers(governor.admit(0)) == [person.number]
    governor.leave(slow[0].number)
    assert numbers(governor.admit(0)) == [slow[1].number]


def test_what_takes_long_in_the_background_never_has_the_only_place():
    governor = Governor()
    governor.crowded(TEAM, 0)
    slow = governor.ask(TEAM, CLOCK, calculates=True, calls=False, lasts=True)
    assert (governor.admit(0), governor.due(0)) == ([], CROWDED)
    person = governor.ask(TEAM, PERSON, calculates=True)
    assert numbers(governor.admit(1)) == [person.number]
    assert numbers(governor.admit(CROWDED)) == [slow.number]


events = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), st.booleans(), st.booleans()),
        st.tuples(st.just("ask"), st.booleans(), st.booleans()),
        st.tuples(st.just("leave"), st.integers(0, 5), st.none()),
        st.tuples(st.just("pass"), st.floats(0, 600), st.none()),
        st.tuples(st.just("crowded"), st.none(), st.none()),
        st.tuples(st.just("many"), st.integers(1, 60), st.booleans()),
    ),
    max_size=60,
)


class Run:
    """A governor in use: asks, leaves, and notes who was let go when."""

    def __init__(self):
        self.governor, self.now = Governor(), 0.0
        self.running, self.made, self.waiting = [], [], {}  # running: who has a place

    def do(self, what, one, two):
        if what == "ask":
            self.ask(one, two)
        elif what == "hold":
            self.ask(one, True, calls=False, lasts=two)
        elif what == "many":
            for _ in range(one):
                self.ask(two, False)
        elif what == "leave" and self.running:
            self.governor.leave(self.running.pop(one % len(self.running)).number)
        elif what == "pass":
            self.now += one
        elif what == "crowded":
            self.governor.crowded(TEAM, self.now)
        self.admit()

    def ask(self, background, calculates, **more):
        use = CLOCK if background else PERSON
        made = self.governor.ask(TEAM, use, calculates=calculates, **more)
        self.waiting[made.number] = made

    def admit(self):
        for ask in self.governor.admit(self.now):
            del self.waiting[ask.number]
            if ask.calls:
                self.made.append((self.now, ask.use.background))
            if ask.calculates:
                self.running.append(ask)

    def drain(self):
        """Let time pass as the governor says, with every calculation ending at once."""
        for _ in range(400):
            for ask in self.running:
                self.governor.leave(ask.number)
            self.running = []
            self.admit()
            if self.running:
                continue  # their end may be what others wait for
            due = self.governor.due(self.now)
            if not self.waiting:
                return
            self.now += due or 0.0


@settings(max_examples=60)
@given(events)
def test_in_any_order_limits_places_and_precedence_hold_and_all_have_their_turn(events):
    run = Run()
    for event in events:
        run.do(*event)
        assert len(run.running) <= PLACES
        assert sum(ask.lasts and ask.use.background for ask in run.running) < PLACES
        spent = run.governor.ledger(TEAM).spent(run.now)
        assert sum(one.calls for one in spent) <= len(run.made)
        free = len(run.running) < run.governor.places(TEAM, run.now)
        able = run.governor.wait(TEAM, PERSON, run.now) == 0
        for ask in run.waiting.values():
            assert ask.use.background or not able or (ask.calculates and not free)
    run.drain()
    assert not run.waiting
    for limit in LIMITS[Kind.INSIGHTS]:
        for first, last in zip(run.made, run.made[limit.calls :], strict=False):
            assert last[0] - first[0] >= limit.window


def test_an_endless_rush_of_people_does_not_starve_the_clock_for_ever():
    run = Run()
    run.ask(True, False)
    while run.now < 2 * HOUR and any(ask.use.background for ask in run.waiting.values()):
        while sum(not ask.use.background for ask in run.waiting.values()) < 100:
            run.ask(False, False)
        run.do("pass", SLOT, None)
    assert run.now <= MINUTE
    assert len(run.made) > 90
