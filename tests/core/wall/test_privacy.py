"""A wall that hides amounts or people says them nowhere: not in picture, table nor sentence."""

import json
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.charts.spec import (
    Column,
    FunnelBody,
    FunnelStep,
    MarkdownBody,
    NoticeBody,
    Table,
    TileView,
    XYBody,
    XYSeries,
)
from phdesk.core.formatting import BLOCK, HIDDEN, Format
from phdesk.core.people import may_name_people
from phdesk.core.wall.money import has_money, without_figures, without_money
from phdesk.core.wall.privacy import blurred
from tests.core.charts.asked import CONTEXT, item, made, sql, total, trends
from tests.core.charts.sent import all_sent, of_json, shown
from tests.shared import needs_shared

QUICK = settings(max_examples=30, deadline=None)
# Five digits and two decimals: neither a year nor a day nor the number of a row.
FIGURES = st.integers(1_000_000, 9_999_999).map(lambda cents: cents / 100)
MAILS = ("ada@example.org", "bob.b@mail.example.com", "Cäsar <c@x.io>")
KINDS = ("TrendsQuery", "FunnelsQuery", "RetentionQuery", "StickinessQuery", "LifecycleQuery",
         "PathsQuery", "CalendarHeatmapQuery", "HogQLQuery", "EventsQuery")  # fmt: skip
LOOKS_LIKE_A_FIGURE = re.compile(r"\d,\d{3}|\d\.\d|\d\s?%|\d\s?[kM]\b|[$€£]\s?\d")
TIME = re.compile(r"\d\d:\d\d:\d\d\.\d+")
NOT_SHOWN = {"color", "colors", "url", "short_id", "accent", "no_sum", "x_starts", "computed_at"}
DAYS = ("2026-05-01", "2026-05-02")
MONEY = {"aggregationAxisFormat": "currency"}


def words(value):
    """Collect all texts of a view that anybody could read or hear."""
    if isinstance(value, dict):
        parts = (words(part) for key, part in value.items() if key not in NOT_SHOWN)
        return [one for part in parts for one in part]
    if isinstance(value, list | tuple):
        return [one for part in value for one in words(part)]
    return [value] if isinstance(value, str) else []


def said(view):
    return " | ".join(words(msgspec.to_builtins(view, enc_hook=tuple)))


def numbers(value, key=""):
    if isinstance(value, dict):
        return [one for key, part in value.items() for one in numbers(part, key)]
    if isinstance(value, list | tuple):
        return [one for part in value for one in numbers(part, key)]
    return [value] if isinstance(value, float) else []


def says(view, figure):
    whole = f"{figure:,.2f}"
    forms = {whole, whole.rstrip("0"), whole[:-3], whole.replace(",", ""), f"{figure:.0f}"}
    return [form for form in forms if form in said(view)]


@QUICK
@given(
    st.lists(FIGURES, min_size=2, max_size=5),
    st.sampled_from(
        [None, "ActionsAreaGraph", "ActionsBar", "ActionsTable", "ActionsLineGraphCumulative",
         "Metric", "SlopeGraph"]
    ),
    st.booleans(),
)  # fmt: skip
def test_no_amount_over_time_is_left(values, display, compared):
    now = {"compare": True, "compare_label": "current"} if compared else {}
    sent = [item(values, name="paid", start=10, **now)]
    if compared:
        sent.append(item(values[::-1], start=3, compare=True, compare_label="previous"))
    view = trends(sent, display, MONEY)
    hidden = blurred(view, ["amounts"])
    assert LOOKS_LIKE_A_FIGURE.search(said(view))
    assert not [each for figure in (*values, sum(values)) for each in says(hidden, figure)]
    assert not LOOKS_LIKE_A_FIGURE.search(said(hidden))
    assert all(abs(each) <= 100.001 for each in numbers(msgspec.to_builtins(hidden.body)))


@QUICK
@given(
    st.lists(FIGURES, min_size=1, max_size=4),
    st.sampled_from(
        ["BoldNumber", "ActionsPie", "ActionsDonut", "ActionsBarValue", "ActionsProportionBar"]
    ),
)
def test_no_total_is_left(values, display):
    names = ("Pro", "Team", "Scale", "Free")
    sent = [total(value, breakdown_value=name) for value, name in zip(values, names, strict=False)]
    view = trends(sent, display, MONEY)
    hidden = blurred(view, ["amounts"])
    assert says(view, values[0])
    assert not [each for figure in (*values, sum(values)) for each in says(hidden, figure)]
    assert not LOOKS_LIKE_A_FIGURE.search(said(hidden))
    assert BLOCK in said(hidden)


@QUICK
@given(
    st.lists(FIGURES, min_size=2, max_size=4, unique=True),
    st.sampled_from(
        ["", "BoldNumber", "ActionsPie", "ActionsBar", "ActionsLineGraph", "TwoDimensionalHeatmap"]
    ),
    st.booleans(),
)
def test_no_amount_of_sql_is_left_whether_it_comes_as_number_or_text(values, display, as_text):
    rows = [["Pro", "2026-11-01", str(value) if as_text else value] for value in values]
    types = [["plan", "String"], ["day", "Date"], ["revenue", "Decimal(18, 2)"]]
    view = sql(rows, ["plan", "day", "revenue"], types, display)
    hidden = blurred(view, ["amounts"])
    assert not [each for figure in values for each in says(hidden, figure)]
    for row in (*hidden.table.rows, *hidden.table.texts):
        assert row[2] == BLOCK
    assert hidden.table.texts[0][0] == "Pro"


def test_the_shape_of_a_chart_stays():
    hidden = blurred(trends([item([25_000.0, 0.0, 50_000.0])], None, MONEY), ["amounts"])
    assert hidden.body.series[0].values == (50.0, 0.0, 100.0)
    assert hidden.body.format == Format(style=HIDDEN)
    assert hidden.body.x_labels == ("21 Nov", "22 Nov", "23 Nov")


@pytest.mark.parametrize("name", ["Revenue", "MRR by plan", "avgOrderPrice", "Order amount"])
def test_what_is_called_like_money_is_hidden_without_a_sign_too(name):
    view = trends([item([54_321, 65_432])], None, insight={"name": name})
    assert blurred(view, ["amounts"]).table.texts[0][1] == BLOCK
    assert blurred(view, ["amounts"]).title == name


@pytest.mark.parametrize("blur", [(), ("amounts",), ("people",), ("amounts", "people")])
def test_what_is_neither_money_nor_about_people_stays_as_it_is(blur):
    view = trends([item([1, 2, 3])], insight={"name": "Signups"})
    insight = made({"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}}, [])
    assert blurred(view, blur, insight) == view


def test_a_failure_of_a_tile_of_money_stays_readable():
    view = trends(None, insight={"name": "Revenue", "error": "Memory limit of 10 GB exceeded"})
    hidden = blurred(view, ["amounts"])
    assert isinstance(hidden.body, NoticeBody)
    assert hidden.body == view.body


@QUICK
@given(
    st.sampled_from([None, "ActionsBar", "ActionsPie", "ActionsBarValue", "ActionsTable"]),
    st.lists(st.sampled_from(MAILS), min_size=1, unique=True),
)
def test_no_name_of_a_breakdown_by_people_is_left(display, mails):
    named = [
        item([5, 6], name="paid", breakdown_value=mail, label=mail, count=11) for mail in mails
    ]
    own = {"display": display} if display else {}
    source = {"kind": "TrendsQuery", "trendsFilter": own,
              "breakdownFilter": {"breakdown": "email", "breakdown_type": "person"}}  # fmt: skip
    insight = made({"kind": "InsightVizNode", "source": source}, named)
    view = shown(insight, CONTEXT)
    hidden = blurred(view, ["people"], insight)
    assert any(mail in said(view) for mail in mails)
    assert not [
        mail for mail in mails if mail in said(hidden) or mail.split("@")[0] in said(hidden)
    ]
    assert hidden.body != view.body or not isinstance(view.body, XYBody)


def test_a_table_of_people_keeps_its_columns_alone():
    rows = [["Ada Lovelace", 36, None], ["Bob", 52, "yes"]]
    query = {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery", "query": "select 1"}}
    insight = made(query, rows, columns=["who", "age", "paid"])
    hidden = blurred(shown(insight, CONTEXT), ["people"], insight)
    assert [column.title for column in hidden.table.columns] == ["who", "age", "paid"]
    assert hidden.table.rows == ((BLOCK, BLOCK, None), (BLOCK, BLOCK, BLOCK))
    assert "Ada" not in said(hidden)
    assert hidden.summary.endswith("SQL, names of people are hidden.")


def test_of_a_text_card_amounts_and_addresses_go_and_the_rest_stays():
    body = MarkdownBody("Goal: **$1.2m** by 30 June, ask ada@example.org, 3 of 5 done")
    view = TileView(title="", kind="text", kind_label="Text", display="", summary=body.source,
                    body=body)  # fmt: skip
    hidden = blurred(view, ["amounts", "people"])
    assert hidden.body.source == f"Goal: **{BLOCK}** by 30 June, ask {BLOCK}, 3 of 5 done"
    assert hidden.summary == hidden.body.source


@needs_shared
@pytest.mark.parametrize("kind", KINDS)
def test_of_nothing_that_posthog_sent_a_figure_is_left(kind):
    for name, one in all_sent(kind):
        view = replace(shown(of_json(one), CONTEXT), title="Revenue at $5")
        if isinstance(view.body, NoticeBody):
            continue
        hidden = blurred(view, ["amounts"])
        bare = replace(
            hidden, range_label="", range_dates="", table=replace(hidden.table, columns=())
        )
        left = LOOKS_LIKE_A_FIGURE.findall(TIME.sub("", said(bare)))
        assert not left, (name, left, said(bare)[:500])
        for row, texts in zip(view.table.rows, hidden.table.texts, strict=True):
            for value, text in zip(row, texts, strict=True):
                if isinstance(value, int | float) and not isinstance(value, bool):
                    assert text == BLOCK, name


@needs_shared
@pytest.mark.parametrize("kind", KINDS)
def test_of_nothing_that_posthog_sent_about_people_a_name_is_left(kind):
    for name, one in all_sent(kind):
        insight = of_json(one)
        view = shown(insight, CONTEXT)
        if isinstance(view.body, NoticeBody) or not may_name_people(insight):
            continue
        hidden = replace(blurred(view, ["people"], insight), title="")
        cells = {text for row in view.table.rows for text in row if isinstance(text, str)}
        dates = set(view.body.x_titles) if isinstance(view.body, XYBody) else set()
        cells = {cell for cell in cells - dates if len(cell) > 3}
        heard = json.dumps(words(msgspec.to_builtins(replace(hidden, summary="", kind_label=""))))
        columns = {column.title for column in view.table.columns}
        assert not [cell for cell in cells - columns if json.dumps(cell)[1:-1] in heard], name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$1,234.50 a month", f"{BLOCK} a month"),
        ("from 1.234,50 € on", f"from {BLOCK} on"),
        ("-£3k and A$ 5", f"{BLOCK} and {BLOCK}"),
        ("CHF 12'000", BLOCK),
        ("12 USD", BLOCK),
        ("$1.2m", BLOCK),
        ("at 5 million $", f"at {BLOCK}"),
        ("Top 10 of 2026", "Top 10 of 2026"),
        ("12 krauts", "12 krauts"),
    ],
)
def test_amounts_are_told_by_sign_or_currency(text, wanted):
    assert without_money(text) == wanted
    assert has_money(text) is (text != wanted)


@pytest.mark.parametrize("text", ["3.4%", "12.3k", "1,234", "1h 5m", "250ms", "$5", "-7.5 K"])
def test_all_figures_of_a_text_can_be_hidden(text):
    assert not re.search(r"[\d$%kKhm]", without_figures(text))


@pytest.mark.parametrize("text", ["Signups", "Arrivals", "Marginal", "Spending time", "Costa Rica"])
def test_words_that_only_look_like_money_hide_nothing(text):
    assert not has_money(text)


def test_names_that_stand_above_columns_go_too():
    source = {"kind": "TrendsQuery", "breakdownFilter": {"breakdown": "username"}}
    insight = made({"kind": "InsightVizNode", "source": source}, [])
    series = XYSeries(label="Ada Lovelace", color="preset-1", values=(1.0, 2.0))
    body = XYBody(x_labels=("1", "2"), x_titles=("1 May", "2 May"), series=(series,), x_starts=DAYS)
    columns = Column("Day"), Column("Ada Lovelace (previous)", numeric=True)
    table = Table(columns, (("1 May", 1), ("2 May", 2)), (("1 May", "1"), ("2 May", "2")))
    view = TileView(title="Signups", kind="TrendsQuery", kind_label="Trends", display="",
                    summary="Signups: Ada Lovelace 2.", body=body, table=table)  # fmt: skip
    hidden = blurred(view, ["people"], insight)
    assert "Ada" not in said(hidden)
    assert [column.title for column in hidden.table.columns] == ["Day", BLOCK]
    assert hidden.table.texts == table.texts


def test_a_funnel_past_the_prices_counts_people_and_stays():
    steps = tuple(FunnelStep(name=name, count=9, rate=1, count_text="9", rate_text="100%")
                  for name in ("Saw the prices", "Paid"))  # fmt: skip
    body = FunnelBody(steps=steps, groups=())
    view = TileView(title="To revenue", kind="FunnelsQuery", kind_label="Funnel", display="",
                    summary="To revenue: funnel, 2 steps.", body=body)  # fmt: skip
    assert blurred(view, ["amounts"]) == view
    assert blurred(replace(view, title="To $5 a month"), ["amounts"]).body != body
