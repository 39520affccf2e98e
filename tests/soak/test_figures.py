"""The arithmetic of a soak."""

import random

import pytest

from tests.soak.__main__ import TILES, limits
from tests.soak.figures import (
    ALIKE,
    MB,
    Findings,
    Limits,
    Sample,
    Slope,
    Whole,
    broken,
    find,
    slope,
)
from tests.soak.report import table, written


def sample(at, memory, **fields):
    usual = {
        "resident": 150 * MB, "watch_memory": 20 * MB, "files": 23, "threads": 9,
        "rotations": int(at), "frames": 5 * int(at), "item": "dashboard 1", "age": 300.0,
        "unknown": 0, "missed": 0, "late": 0, "longest_wait": 0.0, "starts": 1,
        "silence": 1.2, "watch_silence": 2.3,
    }  # fmt: skip
    return Sample(at=at, memory=memory, **{**usual, **fields})


def test_a_straight_line_has_its_slope_and_no_error():
    found = slope(range(100), [3 * x + 7 for x in range(100)])
    assert found.value == pytest.approx(3)
    assert found.error == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_true_slope_lies_within_some_errors_of_the_found_one(seed):
    chance = random.Random(seed)
    ys = [0.5 * x + chance.gauss(0, 20) for x in range(1000)]
    found = slope(range(1000), ys)
    assert abs(found.value - 0.5) < 4 * found.error
    assert 0.001 < found.error < 0.01  # sigma / (sqrt(n) * spread of x): 20 / 31.6 / 289


def test_noise_that_comes_in_waves_is_no_growth():
    ys = [100 + 5 * ((x // 40) % 2) for x in range(1920)]
    found = slope(range(1920), ys)
    assert found.value - 2 * found.error <= 0


def test_means_that_resemble_their_neighbours_widen_the_error():
    chance, level, ys = random.Random(2), 0.0, []
    for _ in range(1000):
        level = 0.999 * level + chance.gauss(0, 1)
        ys.append(level)
    found = slope(range(1000), ys)
    assert 0.3 < found.alike <= ALIKE
    assert found.wide > 1.3 * found.error
    alone = slope(range(1000), [chance.gauss(0, 1) for _ in ys])
    assert alone.wide < 1.5 * alone.error


def test_too_few_samples_say_nothing():
    assert slope([1, 2], [5, 9]).error == float("inf")
    assert slope([1, 1, 1], [5, 9, 2]).error == float("inf")
    samples = [sample(at, 120 * MB) for at in range(0, 600, 2)]
    assert broken(find(samples, warm=598), Limits(pace=float("inf"))) == [
        "Whether memory grows cannot be told: ± inf MB an hour."
    ]


def test_a_flat_wall_breaks_no_limit():
    samples = [sample(at, 120 * MB + at % 3 * 1000) for at in range(0, 1800, 2)]
    found = find(samples, warm=300)
    assert broken(found, Limits()) == []
    assert found.rotations == 1798


def test_warming_up_does_not_count():
    samples = [sample(at, min(120, 60 + at / 5) * MB) for at in range(0, 1800, 2)]
    assert broken(find(samples, warm=300), Limits()) == []
    assert broken(find(samples, warm=0), Limits()) != []


def test_a_leak_of_some_megabytes_an_hour_is_found_in_half_an_hour():
    chance = random.Random(3)
    samples = [
        sample(at, (120 + 6 * at / 3600 + chance.gauss(0, 0.5)) * MB) for at in range(0, 1800, 2)
    ]
    assert any("Memory grows" in words for words in broken(find(samples, 300), Limits()))


def test_a_window_of_which_nothing_is_known_for_a_while_breaks_a_limit():
    samples = [sample(at, 120 * MB) for at in range(0, 1800, 2)]
    words = "Nothing was known of the window for {} s."
    holes = [one for one in samples if not 900 < one.at < 940]
    assert broken(find(holes, warm=300), Limits()) == [words.format(40)]
    assert broken(find(samples, 300, Whole(lasted=1799.0)), Limits()) == []
    assert broken(find(samples, 300, Whole(lasted=1898.0)), Limits()) == [words.format(100)]


def test_each_dashboard_comes_again_and_again():
    items = ("dashboard 1", "dashboard 2")
    samples = [sample(at, 120 * MB, item=items[at // 2 % 2]) for at in range(0, 3600, 2)]
    assert broken(find(samples, 600, Whole(items=items)), Limits()) == []
    one_alone = [each._replace(item=items[0]) if each.at > 2000 else each for each in samples]
    found = find(one_alone, 600, Whole(items=items))
    assert broken(found, Limits()) == ["One of the dashboards was not on show for 1600 s."]
    assert find(samples, 600, Whole(items=(*items, "dashboard 3"))).absence == 2998


def test_pages_that_were_turned_and_numbers_that_were_shown_are_judged_by_each_sample():
    samples = [sample(at, 120 * MB) for at in range(0, 1800, 2)]
    few = [one._replace(rotations=one.rotations // 5) for one in samples]
    assert broken(find(few, 300), Limits()) == ["A page took 5.0 s on average."]
    unpainted = [one._replace(frames=9) for one in samples]
    assert broken(find(unpainted, 300), Limits()) == ["Of 1798 pages at most 9 were painted."]
    old = [one._replace(age=one.at) for one in samples]
    assert broken(find(old, 300), Limits()) == ["A number on show was 30 minutes old."]
    once = [one._replace(unknown=int(one.at == 900)) for one in samples]
    assert broken(find(once, 300), Limits()) == ["Tiles on show without a number: 1."]
    first = [one._replace(unknown=int(one.at < 300)) for one in samples]
    assert broken(find(first, 300), Limits()) == []


def test_the_second_half_tells_whether_growth_comes_to_an_end():
    fills = [sample(at, 120 * MB + min(at, 1800) * 1000) for at in range(0, 3602, 2)]
    found = find(fills, 0)
    assert found.hourly.value > 1
    assert found.hourly_later.value == pytest.approx(0, abs=0.01)
    grows = [sample(at, 120 * MB + at * 1000) for at in range(0, 3602, 2)]
    assert find(grows, 0).hourly_later.value == pytest.approx(3.6)


def test_the_page_tells_what_the_pages_of_a_year_would_add():
    samples = [sample(at, 120 * MB + at * 50, rotations=at // 2) for at in range(0, 7200, 2)]
    long, short = (
        written(find(some, 0), some, [], arguments="", faults="", dwell="2 s", warm=0)
        for some in (samples, samples[:900])
    )
    for page in (long, short):
        assert "| memory a page | +100 ± 0 bytes |" in page
    assert "| a year of pages for 30 s each | +105 ± 0 MB |" in long
    assert "a year" not in short


def test_the_page_tells_of_the_end_and_the_table_of_all():
    samples = [sample(at, 120 * MB) for at in range(0, 2760, 120)]
    found = find(samples, 300)
    page = written(found, samples, [], arguments="", faults="", dwell="1 s", warm=5)
    rows = [line for line in page.splitlines() if line.startswith("| ") and line.count("|") == 7]
    assert len(rows) == 14
    assert rows[-1].startswith("| 44 |")
    lines = table(samples).splitlines()
    assert lines[0].startswith("at,memory,resident")
    assert len(lines) == len(samples) + 1


def test_no_page_may_be_passed_over_or_stand_for_long():
    samples = [sample(at, 120 * MB, rotations=at * 5) for at in range(0, 2000, 2)]
    found = find(samples, warm=600)
    assert (found.missed, found.standstill) == (0, 0)
    assert broken(found, Limits()) == []
    cold = [one._replace(missed=int(one.at >= 300)) for one in samples]
    found = find(cold, warm=600)
    assert (found.missed, found.missed_warm) == (0, 1), "at first some are not read yet"
    once = [one._replace(missed=int(one.at >= 900)) for one in samples]
    assert broken(find(once, warm=600), Limits()) == ["Pages passed over: 1."]
    slow = [one._replace(late=one.rotations // 2, longest_wait=1.5) for one in samples]
    found = find(slow, warm=600)
    assert (found.late, found.longest_wait, broken(found, Limits())) == (3495, 1.5, [])
    stood = [one._replace(rotations=min(one.rotations, 5000)) for one in samples]
    assert find(stood, warm=600).standstill == 998


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"gap": 11.0}, "Nothing was known of the window for 11 s."),
        ({"hourly": Slope(9.0, 1.0)}, "Memory grows by at least 7.00 MB an hour."),
        (
            {"hourly": Slope(0.0, 0.5, 0.8)},
            "Whether memory grows cannot be told: ± 1.50 MB an hour.",
        ),
        ({"memory_last": 200.0}, "Memory went from 120 to 200 MB."),
        ({"watch_memory": 26 * MB}, "The watch took 26.0 MB."),
        ({"files": (20, 60)}, "There were 20 to 60 file handles."),
        ({"files_hourly": Slope(9.0, 1.0)}, "File handles grow by at least 7.0 an hour."),
        ({"threads": (9, 19)}, "There were 9 to 19 threads."),
        ({"missed": 2}, "Pages passed over: 2."),
        ({"standstill": 9.0}, "A page stood for 9 s."),
        ({"pace": 4.0}, "A page took 4.0 s on average."),
        ({"frames": 1200}, "Of 1500 pages at most 1200 were painted."),
        ({"absence": 700.0}, "One of the dashboards was not on show for 700 s."),
        ({"age": 1560.0}, "A number on show was 26 minutes old."),
        ({"unknown": 2}, "Tiles on show without a number: 2."),
        ({"tracebacks": 1}, "Tracebacks were written: 1."),
        ({"starts": 3}, "The window was started 3 times."),
        ({"silence": 7.0}, "The window was silent for 7.0 s."),
        ({"watch_silence": 7.0}, "The watch was silent for 7.0 s."),
        ({"rotations": 0}, "No page was ever turned."),
    ],
)
def test_each_limit_can_be_broken(change, words):
    fine = Findings(
        minutes=30, rotations=1500, frames=9000, pace=1.2, absence=60.0, age=650.0, unknown=0,
        gap=2.4, tracebacks=0, files_hourly=Slope(0.0, 1.0), missed=0, missed_warm=1, late=3,
        longest_wait=0.5, standstill=2.0, starts=1, memory_first=120.0, memory_last=121.0,
        resident=150.0,
        hourly=Slope(0.5, 0.5), hourly_later=Slope(0.2, 0.5), each=Slope(10, 10),
        watch_hourly=Slope(0, 0.1),
        watch_memory=20 * MB, files=(20, 24), threads=(8, 9), silence=1.0, watch_silence=2.0,
    )  # fmt: skip
    assert broken(fine, Limits()) == []
    assert broken(fine._replace(**change), Limits()) == [words]


def test_a_long_soak_grants_each_number_three_of_the_turns_that_the_clock_can_give_it():
    short, long = limits(1.0, minutes=60), limits(1.0, minutes=480)
    assert short.age == Limits().age
    assert long.age == pytest.approx(3 * TILES / 160 * 3600)
    assert long._replace(age=short.age) == short
