"""SQL, events tables and people lists answer rows with columns and types."""

import pytest

from phdesk.demo.errors import ApiError


@pytest.fixture
def small(plant):
    return plant(
        ("pay", 1, "11-20 10:00", {"amount": 40, "status": "ok"}),
        ("pay", 2, "11-21 10:00", {"amount": 60}),
        ("visit", 2, "11-22 12:00", {"$browser": "Safari"}),
        ("visit", 2, "10-01 12:00"),
        traits={1: {"plan": "pro"}, 2: {"plan": "free"}},
    )


def rows(engine, text, **more):
    return engine.run({"kind": "HogQLQuery", "query": text} | more)["results"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select count() from events", [[4]]),
        ("select uniq(person_id) as people from events", [[2]]),
        ("select countIf(event = 'pay'), sumIf(properties.amount, event = 'pay') from events",
         [[2, 100]]),
        ("select avg(toFloat(properties.amount)) from events", [[50.0]]),
        ("select quantile(0.5)(properties.amount), median(properties.amount) from events",
         [[50.0, 50.0]]),
        (("select toDate(timestamp) as day, count() as n from events where timestamp >"
         " now() - interval 7 day group by day order by day"),
         [["2026-11-20", 1], ["2026-11-21", 1], ["2026-11-22", 1]]),
        ("select toStartOfWeek(timestamp) w from events where event='pay' order by w",
         [["2026-11-15"], ["2026-11-15"]]),
        ("select toStartOfMonth(min(timestamp)), toHour(max(timestamp)) from events",
         [["2026-10-01", 12]]),
        ("select if(1 > 2, 'a', 'b'), multiIf(1 = 2, 'x', 2 = 2, 'y', 'z')", [["b", "y"]]),
        ("select dateDiff('day', min(timestamp), max(timestamp)) from events", [[52]]),
        ("select round(1 / 3, 2), 7 / 2", [[0.33, 3.5]]),
        (("select person.properties.plan as plan, sum(properties.amount) from events"
         " where event = 'pay' group by plan order by plan"), [["free", 60], ["pro", 40]]),
        ("select properties.$browser from events where properties.$browser is not null",
         [["Safari"]]),
        (("with paid as (select person_id from events where event = 'pay')"
         " select count() from paid -- all of them"), [[2]]),
        ("select toDate(now() - toIntervalDay(3)), today()", [["2026-11-20", "2026-11-23"]]),
        ("select event from events where event in ('visit') and (1 = 1) limit 1", [["visit"]]),
        (("select sum(n) over (order by day) from (select toDate(timestamp) as day, count() as n"
         " from events group by day) order by day"), [[1], [2], [3], [4]]),
        ("select toDate(today() - interval '2 day'), addDays(today(), 1)",
         [["2026-11-21", "2026-11-24"]]),
        (("select dateTrunc('month', max(timestamp)), date_trunc('week', max(timestamp))"
         " from events"), [["2026-11-01", "2026-11-22"]]),
        ("select 'it\\'s'", [["it's"]]),
    ],
)  # fmt: skip
def test_sql(small, text, expected):
    assert rows(small, text) == expected


def test_columns_and_types(small):
    answer = small.run({
        "kind": "HogQLQuery",
        "query": "select event, count() as n, max(timestamp) as last, toDate(max(timestamp)) as d,"
        " avg(properties.amount) as a from events group by event order by event",
    })  # fmt: skip
    assert answer["columns"] == ["event", "n", "last", "d", "a"]
    assert answer["types"] == [
        ["event", "String"],
        ["n", "UInt64"],
        ["last", "DateTime64(6, 'UTC')"],
        ["d", "Date"],
        ["a", "Nullable(Float64)"],
    ]
    assert (answer["hasMore"], answer["limit"]) == (False, 100)


def test_sql_is_cut_at_a_hundred_rows_unless_it_says_otherwise(small):
    counting = "select 1 as x union all select x + 1 from t where x < 300"
    text = f"with recursive t as ({counting}) select x from t"
    answer = small.run({"kind": "HogQLQuery", "query": text})
    assert (len(answer["results"]), answer["hasMore"]) == (100, True)
    assert len(rows(small, text + " limit 200")) == 200


def test_filters_placeholder(small):
    text = "select count() from events where {filters}"
    assert rows(small, text) == [[4]]
    assert rows(small, text, filters={"dateRange": {"date_from": "-2d"}}) == [[2]]
    only = [{"key": "plan", "operator": "exact", "value": ["pro"], "type": "person"}]
    assert rows(small, text, filters={"properties": only}) == [[1]]


def test_values_placeholder(small):
    text = "select count() from events where event = {wanted}"
    assert rows(small, text, values={"wanted": "pay"}) == [[2]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select frobnicate(1)", "Unsupported function call 'frobnicate(...)'"),
        ("select nope from events", "Unable to resolve field: nope"),
        ("select 1 from secrets", "Unknown table `secrets`."),
        ("select name from sqlite_master", "prohibited"),
        ("delete from events", ""),
        ("select 1; select 2", ""),
        ("select (1", "bracket"),
        ("select now() - interval day", "interval"),
        ("select interval 1 day", "interval"),
        ("select if(1)", "more arguments"),
        ("select {missing}", "placeholder"),
        (("with recursive t as (select 1 as x union all select x + 1 from t)"
         " select count() from t"), "too long"),
    ],
)  # fmt: skip
def test_refused_sql_is_a_400(small, text, message):
    with pytest.raises(ApiError) as refusal:
        rows(small, text)
    assert refusal.value.status == 400
    assert message in refusal.value.detail
    assert rows(small, "select count() from events") == [[4]]


def test_events_table(small):
    answer = small.run({
        "kind": "EventsQuery",
        "select": ["*", "event", "person", "timestamp", "properties.amount -- Amount"],
        "after": "-7d",
        "limit": 2,
    })  # fmt: skip
    first = answer["results"][0]
    assert first[0]["event"] == first[1] == "visit"
    assert first[0]["properties"] == {"$browser": "Safari"}
    assert first[2]["properties"] == {"plan": "free"}
    assert first[3] == "2026-11-22T12:00:00.000000Z"
    assert answer["columns"][-1] == "properties.amount -- Amount"
    assert (answer["hasMore"], answer["limit"], answer["offset"]) == (True, 2, 0)


def test_events_table_filters(small):
    query = {"kind": "EventsQuery", "select": ["event"], "event": "pay",
             "where": ["properties.amount > 50"], "orderBy": ["timestamp"]}  # fmt: skip
    assert small.run(query)["results"] == [["pay"]]


def test_people(small):
    answer = small.run({"kind": "ActorsQuery", "select": ["person", "id", "created_at"]})
    assert [row[0]["properties"]["plan"] for row in answer["results"]] == ["pro", "free"]
    source = {"kind": "TrendsQuery", "series": [{"kind": "EventsNode", "event": "pay"}]}
    behind = {"kind": "InsightActorsQuery", "source": source, "day": "2026-11-21"}
    answer = small.run({"kind": "ActorsQuery", "select": ["actor"], "source": behind})
    assert [row[0]["properties"]["plan"] for row in answer["results"]] == ["free"]


@pytest.mark.parametrize("query", [{"kind": "PancakeQuery"}, {"kind": "TrendsQuery"}, {}])
def test_unknown_and_incomplete_queries_are_unreadable(small, query):
    with pytest.raises(ApiError) as refusal:
        small.run(query)
    assert refusal.value.body["code"] == "parse_error"
