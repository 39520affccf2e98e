"""Of any valid result, each number in table, picture and words was sent or follows by a rule."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.charts.spec import (
    BarsBody,
    FunnelBody,
    NoticeBody,
    PieBody,
    ProportionBody,
    RetentionBody,
    SankeyBody,
    XYBody,
)
from tests.core.charts.asked import item, sql, total, trends
from tests.core.charts.sent import asking
from tests.core.charts.truth import Truth, plain, words_of

QUICK = settings(max_examples=40, deadline=None)
COUNTS = st.integers(0, 3_000_000)
CENTS = st.integers(-90_000, 9_000_000).map(lambda cents: cents / 100)
PERCENTS = st.integers(0, 10_000).map(lambda cents: cents / 100)
VALUES = COUNTS | CENTS.filter(lambda value: value != int(value))
NAMES = ("signup", "paid", "left", "opened")
OVER_TIME = [
    None, "Auto", "ActionsLineGraph", "ActionsLineGraphCumulative", "ActionsAreaGraph",
    "ActionsBar", "ActionsStackedBar", "ActionsUnstackedBar",
]  # fmt: skip
OF_TOTALS = ["ActionsPie", "ActionsDonut", "ActionsBarValue", "ActionsProportionBar",
             "ActionsTable"]  # fmt: skip


def share(part, whole):
    return 100 * part / whole if whole else 0.0


def change(now, before):
    return 100 * (now - before) / abs(before) if before else 0.0


def texts_are_plain(table, numeric):
    for row, texts in zip(table.rows, table.texts, strict=True):
        assert [texts[i] for i in numeric] == [
            "" if row[i] is None and texts[i] == "" else plain(row[i]) for i in numeric
        ]


@st.composite
def series_over_time(draw, compared=False):
    width = draw(st.integers(1, 6))
    made = []
    for order in range(draw(st.integers(1, 3))):
        for label in ("current", "previous") if compared else (None,):
            data = draw(st.lists(VALUES | st.none(), min_size=width, max_size=width))
            more = {"compare": True, "compare_label": label} if label else {}
            start = 8 if label == "previous" else 17
            made.append(item(data, name=NAMES[order], order=order, start=start, **more)
                        | {"count": draw(VALUES)})  # fmt: skip
    return made


@QUICK
@given(
    sent=series_over_time() | series_over_time(compared=True),
    display=st.sampled_from(OVER_TIME),
    own=st.fixed_dictionaries({}, optional={
        "hideWeekends": st.booleans(), "showValuesOnSeries": st.booleans(),
        "showPercentStackView": st.booleans(), "showTrendLines": st.booleans(),
        "showMultipleYAxes": st.booleans()}),
)  # fmt: skip
def test_series_over_time(sent, display, own):
    view = trends(sent, display, own)
    numeric = [place for place, column in enumerate(view.table.columns) if column.numeric]
    assert [[row[i] for i in numeric] for row in view.table.rows] == [
        [one["count"], *one["data"]] for one in sent
    ]
    texts_are_plain(view.table, numeric)
    days = sent[0]["days"]
    kept = [i for i, day in enumerate(days) if day[-2:] not in {"21", "22"}]
    kept = kept if own.get("hideWeekends") and kept else range(len(days))
    assert [list(one.values) for one in view.body.series] == [
        [one["data"][i] or 0 for i in kept] for one in sent
    ]
    pairs = [(a["count"], b["count"]) for a in sent for b in sent]
    Truth(sent, [0, *(change(*pair) for pair in pairs)]).check(words_of(view))


@QUICK
@given(
    values=st.lists(COUNTS, min_size=1, max_size=4),
    display=st.sampled_from(OF_TOTALS),
    broken_down=st.booleans(),
)
def test_totals(values, display, broken_down):
    names = ["one", "two", "three", "four"]
    sent = [
        total(value, order=0 if broken_down else i, name="signup" if broken_down else names[i],
              **({"breakdown_value": names[i]} if broken_down else {}))
        for i, value in enumerate(values)
    ]  # fmt: skip
    view = trends(sent, display)
    assert sorted(row[-1] for row in view.table.rows) == sorted(values)
    texts_are_plain(view.table, [len(view.table.columns) - 1])
    whole = sum(values)
    if isinstance(view.body, PieBody | BarsBody | ProportionBody):
        assert sorted(one.value for one in view.body.shares) == sorted(values)
        assert all(one.text == plain(int(one.value)) for one in view.body.shares)
    if isinstance(view.body, PieBody | ProportionBody):
        assert view.body.total_text == plain(whole)
    Truth(sent, [whole, *(share(value, whole) for value in values)]).check(words_of(view))


@QUICK
@given(now=VALUES, before=VALUES | st.none())
def test_a_big_number(now, before):
    sent = [total(now, compare=True, compare_label="current")]
    sent += [] if before is None else [total(before, compare=True, compare_label="previous")]
    view = trends(sent, "BoldNumber")
    assert view.body.text == plain(now)
    Truth(sent, [change(now, before or 0)]).check(words_of(view))


@QUICK
@given(data=st.lists(COUNTS, min_size=1, max_size=6), summary=st.sampled_from(
    ["total", "average", "latest"]))  # fmt: skip
def test_a_metric(data, summary):
    sent = [item(data, start=17)]
    view = trends(sent, "Metric", {"metricSummary": summary, "aggregationAxisFormat": "numeric"})
    wanted = {"total": sum(data), "average": sum(data) / len(data), "latest": data[-1]}[summary]
    assert view.body.number.value == pytest.approx(wanted)
    assert list(view.body.values) == data
    changes = [change(data[-1], data[0])] if summary == "latest" and len(data) > 1 else []
    Truth(sent, [wanted, sum(data), *changes]).check(words_of(view))


@QUICK
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=3))
def test_slopes(pairs):
    sent = [item(pair, name=NAMES[i], order=i) for i, pair in enumerate(pairs)]
    view = trends(sent, "SlopeGraph")
    assert [(one.start, one.end) for one in view.body.slopes] == pairs
    Truth(sent, [change(end, start) for start, end in pairs]).check(words_of(view))


@st.composite
def funnels(draw):
    length = draw(st.integers(1, 4))
    values = draw(st.sampled_from([[None], ["x"], ["x", "y"], ["x", "y", "z"]]))
    groups = []
    for value in values:
        counts = sorted(draw(st.lists(COUNTS, min_size=length, max_size=length)), reverse=True)
        groups.append([
            {"count": count, "order": i, "name": NAMES[i],
             "average_conversion_time": draw(st.floats(0, 4e5)) if i else None,
             "median_conversion_time": draw(st.floats(0, 4e5)) if i else None,
             **({"breakdown_value": [value]} if value else {})}
            for i, count in enumerate(counts)
        ])  # fmt: skip
    return groups


@QUICK
@given(groups=funnels(), reference=st.sampled_from(["total", "previous"]))
def test_funnels(groups, reference):
    plain_steps = "breakdown_value" not in groups[0][0]
    view = asking("FunnelsQuery", groups[0] if plain_steps else groups,
                  {"funnelStepReference": reference})  # fmt: skip
    counts = [[step["count"] for step in group] for group in groups]
    sums = [sum(column) for column in zip(*counts, strict=True)]
    derived = [number for line in [*counts, sums] for number in funnel_numbers(line)]
    derived += [sum(step["average_conversion_time"] or 0 for step in group) for group in groups]
    Truth(groups, derived).check(words_of(view))
    if isinstance(view.body, NoticeBody):
        assert not sums[0]
        return
    assert isinstance(view.body, FunnelBody)
    lines = sorted([*counts, sums]) if len(groups) > 1 else counts
    place = [column.title for column in view.table.columns].index("Persons")
    shown = [row[place] for row in view.table.rows]
    size = len(sums)
    assert sorted(shown[i : i + size] for i in range(0, len(shown), size)) == lines
    assert [step.count for step in view.body.steps] == sums


def funnel_numbers(line):
    """Give what a funnel of counts says by its rules: drops and rates of the first and before."""
    found = [100.0, *line]
    for place in range(1, len(line)):
        before = line[place - 1]
        found += [before - line[place], share(line[place], line[0]), share(line[place], before),
                  100 - share(line[place], before), share(before - line[place], line[0]),
                  100 - share(line[place], line[0])]  # fmt: skip
    return found


@QUICK
@given(st.lists(st.lists(PERCENTS, min_size=2, max_size=5),
                min_size=1, max_size=2))  # fmt: skip
def test_funnels_over_time(lines):
    sent = [
        {"data": data, "days": [f"2026-11-{17 + i}" for i in range(len(data))],
         "count": len(data), "breakdown_value": ["xy"[place]]}
        for place, data in enumerate(lines)
    ]  # fmt: skip
    view = asking("FunnelsQuery", sent, {"funnelVizType": "trends"})
    longest = max(map(len, lines))
    padded = [[*data, *[None] * (longest - len(data))] for data in lines]
    assert [list(row[1:]) for row in view.table.rows] == padded
    assert [list(one.values) for one in view.body.series] == padded
    Truth(sent).check(words_of(view))


@QUICK
@given(st.lists(COUNTS, min_size=2, max_size=6), st.integers(1, 90_000))
def test_times_to_convert(counts, width):
    bins = [*([i * width, count] for i, count in enumerate(counts)), [len(counts) * width, 0]]
    sent = {"bins": bins, "average_conversion_time": 71.5}
    view = asking("FunnelsQuery", sent, {"funnelVizType": "time_to_convert"})
    whole = sum(counts)
    Truth(sent, [whole, 0.1, *(share(count, whole) for count in counts)]).check(words_of(view))
    if whole:
        assert [row[2] for row in view.table.rows] == counts
        assert list(view.body.series[0].values) == counts


@st.composite
def cohorts(draw, full=False):
    width = draw(st.integers(1, 5))
    rows = []
    for row in range(width):
        length = width if full else width - row
        values = draw(st.lists(st.integers(0, 5000), min_size=length, max_size=length))
        values = [max(values), *values[1:]]  # nobody returns who did not begin
        rows.append({"date": f"2026-11-{24 - width + row}T00:00:00Z", "label": f"Day {row}",
                     "values": [{"count": value} for value in values]})  # fmt: skip
    return rows


@QUICK
@given(
    rows=cohorts() | cohorts(full=True),
    reference=st.sampled_from(["total", "previous"]),
    mean=st.sampled_from(["none", "simple", "weighted"]),
    graph=st.booleans(),
)
def test_retention(rows, reference, mean, graph):
    own = {"retentionReference": reference, "meanRetentionCalculation": mean,
           **({"dashboardDisplay": "graph_only"} if graph else {})}  # fmt: skip
    view = asking("RetentionQuery", rows, own)
    width = len(rows)
    lines = [[value["count"] for value in row["values"]][: width - i]
             for i, row in enumerate(rows)]  # fmt: skip
    rates = [cohort_rates(line, reference) for line in lines]
    derived = [rate for line in rates for rate in line]
    derived += [share(count, line[0]) for line in lines for count in line]
    for place in range(width):
        have = [i for i in range(width) if place < len(lines[i])]
        finished = [i for i in have if 24 - width + i + place < 23]  # the 23rd goes on
        used = finished or have
        sizes, came = (sum(lines[i][p] for i in used) for p in (0, place))
        derived += [share(came, sizes), sum(rates[i][place] for i in used) / len(used)]
    over = [line for i, line in enumerate(lines) if len(line) > 1 and 24 - width + i + 1 < 23]
    entered = sum(line[0] for line in over)
    derived += [entered, share(sum(line[1] for line in over), entered)]
    Truth(rows, derived).check(words_of(view))
    shown = [row for row in view.table.rows if "ean" not in str(row[0])]
    assert [row[1] for row in shown] == [line[0] for line in lines]
    for row, line in zip(shown, rates, strict=True):
        known = [cell for cell in row[2:] if cell is not None]
        assert known == pytest.approx(line[: len(known)])
        assert len(known) == len(line)
    if isinstance(view.body, RetentionBody):
        assert all(len(r.cells) <= width for r in view.body.rows)


def cohort_rates(line, reference):
    befores = line if reference == "previous" else [line[0]] * (len(line) + 1)
    return [
        share(line[0], line[0]),
        *(share(n, b) for n, b in zip(line[1:], befores, strict=False)),
    ]


@QUICK
@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=3), st.booleans())
def test_stickiness(lines, values):
    sent = [
        {"data": data, "days": [1, 2, 3], "labels": ["1 day", "2 days", "3 days"],
         "count": sum(data), "label": NAMES[i]}
        for i, data in enumerate(lines)
    ]  # fmt: skip
    view = asking("StickinessQuery", sent, {"showValuesOnSeries": values})
    assert [list(row[1:]) for row in view.table.rows] == [[sum(data), *data] for data in lines]
    texts_are_plain(view.table, [1, 2, 3, 4])
    Truth(sent, [share(value, sum(data)) for data in lines for value in data]).check(words_of(view))
    if isinstance(view.body, XYBody):
        assert [list(one.values) for one in view.body.series] == lines


@QUICK
@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=5))
def test_lifecycle(buckets):
    states = ["new", "returning", "resurrecting", "dormant"]
    sent = [
        {"status": state, "data": [bucket[i] * (-1 if state == "dormant" else 1)
                                   for bucket in buckets],
         "days": [f"2026-11-{17 + place}" for place in range(len(buckets))],
         "label": f"signup - {state}"}
        for i, state in enumerate(states)
    ]  # fmt: skip
    view = asking("LifecycleQuery", sent)
    wanted = {one["status"]: [sum(one["data"]), *one["data"]] for one in sent}
    assert {row[0].lower(): list(row[1:]) for row in view.table.rows} == wanted
    Truth(sent, [sum(one["data"]) for one in sent]).check(words_of(view))
    if isinstance(view.body, XYBody):
        drawn = {one.label.lower(): list(one.values) for one in view.body.series}
        assert drawn == {state: values[1:] for state, values in wanted.items()}


SQL_DISPLAYS = [None, "ActionsTable", "ActionsLineGraph", "ActionsBar", "ActionsStackedBar",
                "ActionsAreaGraph", "BoldNumber", "ActionsPie", "ActionsDonut"]  # fmt: skip


@QUICK
@given(
    rows=st.lists(st.tuples(VALUES | st.none(), VALUES), min_size=1, max_size=6),
    display=st.sampled_from(SQL_DISPLAYS),
    dated=st.booleans(),
)
def test_sql(rows, display, dated):
    xs = [f"2026-11-{17 + i}" if dated else "abcdef"[i] for i in range(len(rows))]
    sent = [[x, *row] for x, row in zip(xs, rows, strict=True)]
    types = [["x", "Date" if dated else "String"], ["n", "Nullable(Float64)"], ["m", "Float64"]]
    view = sql(sent, ["x", "n", "m"], types, display)
    assert [list(row) for row in view.table.rows] == sent
    whole = sum(row[0] for row in rows if row[0] is not None)
    shares = [share(row[0] or 0, whole) for row in rows]
    Truth(sent, [whole, *shares]).check(words_of(view))
    if isinstance(view.body, XYBody):
        assert [list(one.values) for one in view.body.series] == [
            [row[i] for row in rows] for i in (0, 1)
        ]
    if isinstance(view.body, PieBody):
        assert [one.value for one in view.body.shares] == [row[0] for row in rows]


STOPS = st.sampled_from("abc")
HOPS = st.lists(st.tuples(st.integers(1, 3), STOPS, STOPS, st.integers(1, 9000)), min_size=1,
                max_size=20, unique_by=lambda hop: hop[:3])  # fmt: skip


@QUICK
@given(HOPS)
def test_paths(hops):
    sent = [
        {"source": f"{step}_{a}", "target": f"{step + 1}_{b}", "value": value,
         "average_conversion_time": value * 7.5}
        for step, a, b, value in hops
    ]  # fmt: skip
    view = asking("PathsQuery", sent)
    assert isinstance(view.body, SankeyBody)
    came, went = defaultdict(int), defaultdict(int)
    for link in sent:
        came[link["target"]] += link["value"]
        went[link["source"]] += link["value"]
    names = {name: max(came[name], went[name]) for name in {*came, *went}}
    assert sorted(node.value for node in view.body.nodes) == sorted(names.values())
    assert sorted(node.text for node in view.body.nodes) == sorted(map(plain, names.values()))
    drops = [max(came[name] - went[name], 0) for name in names if came[name]]
    assert sorted(node.dropoff for node in view.body.nodes if node.came_text) == sorted(drops)
    times = [link["average_conversion_time"] / 1000 for link in sent]
    sums = [*came.values(), *went.values(), *drops, *times]
    Truth(sent, sums).check(words_of(view))
