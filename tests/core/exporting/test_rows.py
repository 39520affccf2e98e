import pytest
from msgspec.structs import replace

from phdesk.core.charts.local import UNTOUCHED, Local, hidden_numbers, localised, narrowed, toggled
from phdesk.core.charts.parts import is_parted, shown
from phdesk.core.charts.spec import Column, Table, XYBody
from phdesk.core.exporting.rows import WHOLE, shown_table
from tests.views.charts import bodies

DAYS = ("Mon", "Tue", "Wed", "Thu")


def xy_view(*values):
    body = bodies.xy(
        *(replace(one, values=v) for one, v in zip(bodies.lines(count=len(values)), values,
                                                  strict=True)),
        labels=DAYS,
    )  # fmt: skip
    columns = (Column("Series"), Column("Total", numeric=True), *(Column(d, True) for d in DAYS))
    rows = tuple(
        (line.label, sum(v or 0 for v in line.values), *line.values) for line in body.series
    )
    texts = tuple(tuple(map(str, row)) for row in rows)
    return bodies.view(body, Table(columns, rows, texts))


THREE = xy_view((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, None, 12))


def test_a_chart_as_it_came_has_all_rows():
    assert shown_table(THREE, UNTOUCHED) == (THREE.table, "")


def test_hidden_series_have_no_rows():
    table, words = shown_table(THREE, toggled(UNTOUCHED, THREE.body, 1))
    assert [row[0] for row in table.rows] == [THREE.table.rows[0][0], THREE.table.rows[2][0]]
    assert len(table.texts) == 2
    assert words == "1 hidden"


def test_a_zoom_keeps_its_buckets_and_no_sum_of_others():
    table, words = shown_table(THREE, narrowed(UNTOUCHED, THREE.body, 1, 2))
    assert [column.title for column in table.columns] == ["Series", "Tue", "Wed"]
    assert [row[1:] for row in table.rows] == [(2, 3), (6, 7), (10, None)]
    assert words == "zoomed"


def test_rows_and_buckets_are_those_that_are_drawn():
    local = narrowed(toggled(UNTOUCHED, THREE.body, 0), THREE.body, 0, 2)
    table, _ = shown_table(THREE, local)
    drawn = localised(THREE.body, local)
    assert isinstance(drawn, XYBody)
    assert [row[1:] for row in table.rows] == [
        line.values for line in drawn.series if not line.hidden
    ]


def test_rows_that_are_of_other_values_are_left_whole_and_that_is_said():
    other = replace(THREE, table=replace(THREE.table, rows=THREE.table.rows[::-1]))
    assert shown_table(other, toggled(UNTOUCHED, other.body, 1)) == (other.table, WHOLE)


@pytest.mark.parametrize("groups", [2, 4])
def test_a_hidden_group_of_a_funnel_takes_the_rows_of_all_its_steps(groups):
    body = bodies.funnel(columns=True, groups=groups, steps=3)
    rows = tuple((step, f"g{group}") for group in range(groups) for step in range(3))
    table = Table((Column("Step"), Column("Group")), rows, tuple((str(a), b) for a, b in rows))
    kept, _ = shown_table(bodies.view(body, table), toggled(UNTOUCHED, body, 1))
    assert {row[1] for row in kept.rows} == {f"g{group}" for group in range(groups)} - {"g1"}


@pytest.mark.parametrize("name", sorted(bodies.FAIR))
def test_no_chart_gives_rows_that_it_does_not_have(name):
    view = bodies.FAIR[name]
    if not is_parted(view.body):
        assert shown_table(view, Local(hidden=frozenset({("x", False, 0)}))) == (view.table, "")
        return
    if not any(shown(view.body)):
        return
    local = toggled(UNTOUCHED, view.body, shown(view.body).index(True))
    table, words = shown_table(view, local)
    assert words
    assert set(table.rows) <= set(view.table.rows)
    assert hidden_numbers(view.body, local)
