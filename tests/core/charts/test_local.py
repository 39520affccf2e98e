import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.charts import local as cuts
from phdesk.core.charts.local import UNTOUCHED, Local, localised
from phdesk.core.charts.spec import AxisMark, Overlay, XYBody, XYSeries

DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 11))
HOURS = tuple(f"2026-11-01 {hour:02}:00:00" for hour in range(10))


def series(label="Visits", *, start=0, **more):
    values = tuple(float(start + i) for i in range(10))
    return XYSeries(label=label, color="preset-1", values=values, **more)


BODY = XYBody(
    x_labels=tuple(day[-2:] for day in DAYS),
    x_titles=DAYS,
    x_starts=DAYS,
    series=(series(dashed_from=9), series("Sign-ups", start=100), series(previous=True)),
    overlays=(Overlay(series=1, values=tuple(map(float, range(10)))),),
    marks=(AxisMark(at=4, texts=("Launch",)), AxisMark(at=8, texts=("Sale",))),
)


def test_an_untouched_chart_is_the_chart_that_came():
    assert localised(BODY, UNTOUCHED) is BODY
    assert cuts.described(BODY, UNTOUCHED) == ""


def test_a_cut_keeps_each_value_with_its_bucket():
    local = cuts.narrowed(UNTOUCHED, BODY, 3, 6)
    shown = localised(BODY, local)
    assert shown.x_titles == DAYS[3:7]
    assert shown.x_starts == DAYS[3:7]
    assert [one.values for one in shown.series] == [one.values[3:7] for one in BODY.series]
    assert shown.overlays[0].values == (3.0, 4.0, 5.0, 6.0)
    assert shown.marks == (AxisMark(at=1, texts=("Launch",)),)
    assert shown.series[0].dashed_from is None, "the bucket that is counted is cut away"
    assert cuts.described(BODY, local) == "zoomed"


def test_a_cut_of_a_cut_counts_from_what_is_shown():
    once = cuts.narrowed(UNTOUCHED, BODY, 2, 9)
    twice = cuts.narrowed(once, BODY, 3, 1)  # dragged backwards
    assert localised(BODY, twice).x_titles == DAYS[3:6]
    assert localised(BODY, once).series[0].dashed_from == 7


def test_the_first_hour_of_a_cut_names_its_day():
    body = replace(BODY, x_dated=tuple(f"1 Nov {hour[-8:-3]}" for hour in HOURS))
    shown = localised(body, cuts.narrowed(UNTOUCHED, body, 4, 7))
    assert shown.x_labels == ("1 Nov 04:00", "06", "07", "08")


@pytest.mark.parametrize(("last", "end"), [(6, "08"), (9, "11")], ids=["inside", "to the end"])
def test_a_cut_of_bins_ends_where_its_last_one_does(last, end):
    body = replace(BODY, x_end="11")
    assert localised(body, cuts.narrowed(UNTOUCHED, body, 3, last)).x_end == end


def test_one_bucket_is_no_cut():
    assert cuts.narrowed(UNTOUCHED, BODY, 4, 4) == UNTOUCHED


def test_all_buckets_are_no_cut():
    assert cuts.described(BODY, cuts.narrowed(UNTOUCHED, BODY, 0, 9)) == ""


def test_a_cut_holds_while_its_buckets_are_there_and_goes_with_them():
    local = cuts.narrowed(UNTOUCHED, BODY, 3, 6)
    later = replace(BODY, x_titles=(*DAYS[1:], "2026-11-11"))
    assert localised(later, local).x_titles == DAYS[3:7]
    moved = replace(BODY, x_titles=tuple(f"2027-{i}" for i in range(10)))
    assert localised(moved, local) is moved


def test_a_hidden_series_stays_in_the_legend_without_its_overlay():
    local = cuts.toggled(UNTOUCHED, BODY, 1)
    shown = localised(BODY, local)
    assert [one.hidden for one in shown.series] == [False, True, False]
    assert shown.set_aside == (1,)
    assert shown.overlays == ()
    assert cuts.described(BODY, local) == "1 hidden"
    assert localised(BODY, cuts.toggled(local, BODY, 1)) == BODY


def test_one_alone_hides_the_others_and_again_shows_all():
    local = cuts.isolated(UNTOUCHED, BODY, 2)
    assert localised(BODY, local).set_aside == (0, 1)
    assert cuts.isolated(local, BODY, 2).hidden == frozenset()
    assert localised(BODY, cuts.isolated(local, BODY, 0)).set_aside == (1, 2)


def test_what_the_insight_hides_is_not_counted_as_hidden_here():
    body = replace(BODY, series=(replace(BODY.series[0], hidden=True), *BODY.series[1:]))
    local = cuts.isolated(UNTOUCHED, body, 1)
    assert cuts.hidden_numbers(body, local) == (2,)
    assert cuts.described(body, local) == "1 hidden"


def test_series_of_one_name_are_told_apart():
    body = replace(BODY, series=(series("same"), series("same", start=5)))
    assert localised(body, cuts.toggled(UNTOUCHED, body, 1)).set_aside == (1,)


@pytest.mark.parametrize(
    ("starts", "unit"),
    [
        (HOURS, "hour"),
        (DAYS, "day"),
        (("2026-11-01", "2026-11-08"), "week"),
        (("2026-02-01", "2026-03-01"), "month"),
        (("2026-01-01", "2026-04-01"), "quarter"),
        (("2026-01-01", "2027-01-01"), "year"),
        (("2026-11-01 10:00:00", "2026-11-01 10:01:00"), "minute"),
        (("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"), "day"),
        (("2026-11-01",), ""),
        (("one", "two"), ""),
        (("2026-11-02", "2026-11-01"), ""),
        (("2026-11-01", "2026-11-02T00:00:00Z"), ""),
    ],
)
def test_the_unit_follows_from_the_distance_of_buckets(starts, unit):
    assert cuts.unit(starts) == unit


@pytest.mark.parametrize(
    ("start", "unit", "at"),
    [
        ("2026-11-04", "day", 3),
        ("2026-11-04T00:00:00Z", "day", 3),
        ("2026-11-04 00:00:00", "day", 3),
        ("2026-12-04", "day", None),
        ("2026-11-04", "hour", None),
        ("soon", "day", None),
        ("2026-11-04", "", None),
    ],
)
def test_a_bucket_is_found_by_when_it_begins_in_a_chart_of_the_same_unit(start, unit, at):
    assert cuts.bucket_at(DAYS, start, unit) == at


numbers = st.lists(st.integers(0, 30), max_size=8)


@given(numbers, numbers, st.integers(0, 12), st.integers(0, 12))
def test_whatever_is_done_no_value_changes_its_bucket_or_series(toggles, alone, first, last):
    local: Local = UNTOUCHED
    for number in toggles:
        local = cuts.toggled(local, BODY, number % 3)
    for number in alone:
        local = cuts.isolated(local, BODY, number % 3)
    local = cuts.narrowed(local, BODY, first, last)
    shown = localised(BODY, local)
    place = BODY.x_titles.index(shown.x_titles[0])
    count = len(shown.x_labels)
    assert shown.x_titles == BODY.x_titles[place : place + count]
    for own, sent in zip(shown.series, BODY.series, strict=True):
        assert own.values == sent.values[place : place + count]
        assert own.label == sent.label
    assert set(shown.set_aside) == {i for i, one in enumerate(shown.series) if one.hidden}
    assert localised(BODY, cuts.widened(cuts.all_shown(local))) == BODY
