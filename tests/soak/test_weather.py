"""The faults of a soak, by a clock that is set by hand."""

from tests.soak import weather
from tests.soak.weather import OUTAGE, OUTAGE_EVERY, Weather


class Hand:
    now = 1000.0

    def __call__(self):
        return self.now


def test_an_outage_begins_with_a_question_so_that_it_is_noticed(monkeypatch):
    monkeypatch.setattr(weather, "SHARE", 0.0)
    clock = Hand()
    sky = Weather(7, clock)
    asked = {}
    for since in (1, 239, 470, 500, 529, 531, 900, 1000, 1059, 1061):
        clock.now = 1000.0 + since
        asked[since] = sky.get("/api/") is not None
    broken = [since for since, fault in asked.items() if fault]
    assert broken == [470, 500, 529, 1000, 1059], "between the first question when due and its end"
    assert (OUTAGE_EVERY, OUTAGE, sky.outages) == (480.0, 60.0, 2)


def test_some_questions_go_wrong_by_chance():
    sky = Weather(7, Hand())
    wrong = sum(sky.get("/api/") is not None for _ in range(1000))
    assert wrong == sum(sky.counts.values())
    assert 40 < wrong < 130
