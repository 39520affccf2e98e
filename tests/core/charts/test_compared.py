import pytest

from phdesk.core.charts.compared import change_text, label_of
from phdesk.core.charts.spec import XYBody, XYSeries


def series(*values, label="A", **more):
    return XYSeries(label=label, color="preset-1", values=values, **more)


def chart(*many):
    labels = tuple(map(str, range(max(len(one.values) for one in many))))
    return XYBody(x_labels=labels, x_titles=labels, series=many)


BEFORE = series(4.0, 0.0, 5.0, previous=True)


@pytest.mark.parametrize(
    ("one", "bucket", "words"),
    [
        pytest.param(series(5.0, 2.0, 3.0), 0, "+25%", id="a rise"),
        pytest.param(series(5.0, 2.0, 3.0), 1, "", id="from nothing"),
        pytest.param(series(5.0, 2.0, 3.0), 2, "-40%", id="a fall"),
        pytest.param(series(5.0, 2.0, 3.0, dashed_from=2), 2, "", id="still being counted"),
        pytest.param(series(None, 2.0, 3.0), 0, "", id="no value"),
        pytest.param(series(5.0, 2.0, 3.0, 4.0), 3, "", id="no bucket before"),
        pytest.param(BEFORE, 0, "", id="itself of the period before"),
    ],
)
def test_a_bucket_is_compared_with_the_period_before(one, bucket, words):
    assert change_text(chart(one, BEFORE), 0, bucket) == words


def test_series_are_compared_only_with_the_one_of_their_name():
    before = [series(4.0, previous=True, label=label) for label in ("B", "A (previous)")]
    assert change_text(chart(series(5.0), *before), 0, 0) == "+25%"
    assert change_text(chart(series(5.0), before[0]), 0, 0) == ""
    assert change_text(chart(series(5.0), BEFORE, BEFORE), 0, 0) == ""


@pytest.mark.parametrize("label", ["A", "A (previous)"])
def test_the_period_before_is_named_once(label):
    assert label_of(series(1.0, previous=True, label=label)) == "A (previous)"


@pytest.mark.parametrize("values", [(float("nan"), 4.0), (4.0, float("inf")), (4.0, 0.0)])
def test_what_is_no_number_is_not_compared(values):
    now, then = values
    assert change_text(chart(series(now), series(then, previous=True)), 0, 0) == ""
