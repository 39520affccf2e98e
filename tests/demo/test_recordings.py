"""Answers have the same keys as those recorded from a real PostHog."""

import pytest

QUERY = "/api/projects/1/query/"
# Keys of later PostHogs that the demo sends as well.
NEWER = {"button_tile", "filters_overrides", "folder", "id", "last_accessed_at", "last_viewed_at"}
NEWER_OF_DASHBOARDS = {"folder", "last_accessed_at", "last_viewed_at", "persisted_filters",
                       "persisted_variables", "variables"}  # fmt: skip
# Maps whose keys are data, and parts that legitimately hold something else here.
OPEN = {"query", "layouts", "properties", "modifiers", "metadata", "default_modifiers",
        "notification_settings", "filter", "filters", "hogql", "timings"}  # fmt: skip


def series(event, **more):
    return {"kind": "EventsNode", "event": event, "name": event} | more


def trends(**more):
    return {"kind": "TrendsQuery", "series": [series("signed_up")]} | more


def shape(value, path=""):
    """List the paths of all keys; a list counts as its first element."""
    if isinstance(value, dict):
        found = set()
        for key, inner in value.items():
            found.add(f"{path}.{key}")
            if key not in OPEN:
                found |= shape(inner, f"{path}.{key}")
        return found
    return shape(value[0], path + "[]") if isinstance(value, list) and value else set()


def same(ours, theirs):
    """Compare shapes, leaving out what is only on one side because a value is null."""
    mine, recorded = shape(ours), shape(theirs)
    filled = {path.rsplit(".", 1)[0] for path in mine} & {
        path.rsplit(".", 1)[0] for path in recorded
    }
    missing = {path for path in recorded - mine if path.rsplit(".", 1)[0] in filled}
    extra = {path for path in mine - recorded if path.rsplit(".", 1)[0] in filled}
    assert missing == set()
    assert {path.rsplit(".", 1)[1] for path in extra} <= NEWER


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("me", "/api/users/@me/"),
        ("organizations_list", "/api/organizations/"),
        ("organization_current", "/api/organizations/@current/"),
        ("projects_list", "/api/projects/"),
        ("project_retrieve", "/api/projects/1/"),
        ("dashboards_list", "/api/projects/1/dashboards/"),
        ("insights_list_search", "/api/projects/1/insights/?basic=true&search=revenue"),
        ("annotations_list", "/api/projects/1/annotations/"),
        ("event_definitions", "/api/projects/1/event_definitions/"),
        ("cohorts_list", "/api/projects/1/cohorts/"),
        ("property_definitions", "/api/projects/1/property_definitions/"),
        ("error_no_auth", None),
    ],
)
def test_pages(client, recording, name, path):
    body = recording(name)
    if path is None:
        assert client.get("/api/projects/", headers={"Authorization": ""}).json() == body
    else:
        same(client.get(path).json(), body)


@pytest.mark.parametrize("refresh", ["blocking", "force_cache"])
def test_a_dashboard_and_its_tiles(client, recording, refresh):
    body = recording("dashboard_retrieve_overview_full")
    ours = client.get(f"/api/projects/1/dashboards/1/?refresh={refresh}").json()
    recorded = next(tile for tile in body["tiles"] if tile["insight"])
    mine = next(tile for tile in ours["tiles"] if tile["insight"])
    same(mine | {"insight": None}, recorded | {"insight": None})
    assert set(mine["insight"]) == set(recorded["insight"])
    texts = [next(tile["text"] for tile in one["tiles"] if tile["text"]) for one in (ours, body)]
    assert set(texts[0]) == set(texts[1])
    assert set(ours) - NEWER_OF_DASHBOARDS == set(body)


def test_an_insight_on_its_dashboard(client, recording):
    body = recording("insight_retrieve_from_dashboard")
    ours = client.get("/api/projects/1/insights/101/?from_dashboard=1&refresh=blocking").json()
    assert set(ours) == set(body)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("query_trends_force_blocking", trends(compareFilter={"compare": True})),
        ("query_funnel", {"kind": "FunnelsQuery",
                          "series": [series("signed_up"), series("project_created")]}),
        ("query_hogql", {"kind": "HogQLQuery", "query": "select event from events limit 5"}),
        ("query_events", {"kind": "EventsQuery", "select": ["event"], "limit": 3}),
        ("query_actors", {"kind": "ActorsQuery", "select": ["actor"], "limit": 3}),
    ],
)  # fmt: skip
def test_queries(client, recording, name, query):
    same(client.post(QUERY, json={"query": query}).json(), recording(name))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("trends_line_dau", trends()),
        ("trends_line_hourly", trends(interval="hour", dateRange={"date_from": "-24h"})),
        ("trends_line_formula", trends(trendsFilter={"formula": "A * 2"})),
        ("trends_line_breakdown_browser_other",
         trends(breakdownFilter={"breakdown": "$browser", "breakdown_limit": 2})),
        ("trends_bold_number_plain", trends(trendsFilter={"display": "BoldNumber"})),
        ("trends_bold_number_compare",
         trends(trendsFilter={"display": "BoldNumber"}, compareFilter={"compare": True})),
        ("trends_pie_plan", trends(trendsFilter={"display": "ActionsPie"},
                                   breakdownFilter={"breakdown": "$browser"})),
        ("funnel_steps_breakdown_browser",
         {"kind": "FunnelsQuery", "series": [series("signed_up"), series("project_created")],
          "breakdownFilter": {"breakdown": "$browser"}}),
        ("funnel_time_to_convert",
         {"kind": "FunnelsQuery", "series": [series("signed_up"), series("project_created")],
          "funnelsFilter": {"funnelVizType": "time_to_convert"}}),
        ("funnel_trends_conversion",
         {"kind": "FunnelsQuery", "series": [series("signed_up"), series("project_created")],
          "funnelsFilter": {"funnelVizType": "trends"}}),
        ("retention_weekly", {"kind": "RetentionQuery", "retentionFilter": {"period": "Week"}}),
        ("stickiness_two_series", {"kind": "StickinessQuery", "series": [series("$pageview")]}),
        ("stickiness_compare", {"kind": "StickinessQuery", "series": [series("$pageview")],
                                "compareFilter": {"compare": True}}),
        ("lifecycle_weekly", {"kind": "LifecycleQuery", "series": [series("$pageview")],
                              "interval": "week"}),
        ("paths_pageviews", {"kind": "PathsQuery",
                             "pathsFilter": {"includeEventTypes": ["$pageview"]}}),
    ],
)  # fmt: skip
def test_results_of_each_kind(client, recording, name, query):
    recorded = recording(f"insight_{name}")["result"]
    same(client.post(QUERY, json={"query": query}).json()["results"], recorded)


def test_events_table_rows(client, recording):
    columns = ["*", "event", "person", "timestamp"]
    query = {"kind": "EventsQuery", "select": columns, "limit": 3}
    ours = client.post(QUERY, json={"query": query}).json()
    recorded = recording("insight_datatable_events")
    assert ours["types"] == recorded["types"][:4]
    for index in (0, 2):
        assert set(ours["results"][0][index]) == set(recorded["result"][0][index])


def test_status_of_a_background_query(client, recording):
    body = recording("query_async_start")
    ask = {"query": trends(), "refresh": "force_async"}
    assert set(client.post(QUERY, json=ask).json()["query_status"]) == set(body["query_status"])


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("error_query_hogql_unknown_function",
         {"kind": "HogQLQuery", "query": "select frobnicate(1)"}),
        ("error_query_funnel_one_step",
         {"kind": "FunnelsQuery", "series": [series("signed_up")]}),
        ("error_query_bad_formula", trends(trendsFilter={"formula": "A +* B"})),
    ],
)  # fmt: skip
def test_refused_queries_have_the_very_body(client, recording, name, query):
    assert client.post(QUERY, json={"query": query}).json() == recording(name)


def test_unknown_kinds_are_refused_alike(client, recording):
    ours = client.post(QUERY, json={"query": {"kind": "PancakeQuery"}}).json()
    recorded = recording("error_query_unknown_kind")
    assert {**ours, "detail": ""} == {**recorded, "detail": ""}
    start = recorded["detail"].split("expected tags")[0]
    assert ours["detail"].startswith(start)


@pytest.mark.parametrize(
    ("name", "path", "key"),
    [
        ("error_bad_key", "/api/projects/1/dashboards/", "phx_wrong"),
        ("error_unknown_endpoint", "/api/projects/1/nosuchthing/", None),
        ("error_dashboard_not_found", "/api/projects/1/dashboards/999999/", None),
        ("error_dashboard_id_not_a_number", "/api/projects/1/dashboards/abc/", None),
        ("error_insight_not_found", "/api/projects/1/insights/999999/", None),
        ("error_query_poll_unknown", "/api/projects/1/query/nosuchquery/", None),
        ("error_filters_override_malformed",
         "/api/projects/1/dashboards/1/?filters_override=%7Bdate_from:", None),
    ],
)  # fmt: skip
def test_refusals_have_the_very_body(client, recording, name, path, key):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    assert client.get(path, headers=headers).json() == recording(name)
