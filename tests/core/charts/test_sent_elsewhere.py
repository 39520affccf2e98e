"""Answers that came outside of insights, joined to their questions; and that none is left out."""

import json
from collections import Counter

import pytest

from phdesk.core.charts.spec import NoticeBody
from tests.core.charts import asked, sent
from tests.shared import FIXTURES, RECORDINGS, SHARED, needs_shared

pytestmark = needs_shared
IN_INSIGHTS = ("TrendsQuery", "HogQLQuery", "EventsQuery", "ActorsQuery")
WITH_QUESTIONS = (
    "FunnelsQuery", "RetentionQuery", "StickinessQuery", "LifecycleQuery", "PathsQuery"
)  # fmt: skip
NO_RESULTS = {
    "projects_list", "environments_list", "organizations_list", "property_definitions",
    "event_definitions", "persons_list", "insight_activity",
}  # fmt: skip
TOTALS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"}
LEGACY = {"trend": "TRENDS", "funnel": "FUNNELS", "path": "PATHS"}


def exchanges():
    for path in sorted(RECORDINGS.glob("*.json")):
        yield path.stem, json.loads(path.read_text())


def walk(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


def asked_by_id():
    """Collect what was asked by the ids under which an answer may be polled."""
    found = {}
    for _, exchange in exchanges():
        body = exchange["request"].get("json")
        if isinstance(body, dict) and body.get("client_query_id"):
            found[body["client_query_id"]] = body["query"]
        for part in walk(exchange["response"].get("json")):
            status = part.get("query_status")
            if isinstance(status, dict) and isinstance(part.get("query"), dict):
                found[status.get("id")] = part["query"]
    return found


def queried(exchange, questions):
    """Give question and answer of the query endpoint, whole or polled."""
    body, answer = exchange["request"].get("json"), exchange["response"].get("json")
    status = answer.get("query_status") if isinstance(answer, dict) else None
    if isinstance(status, dict) and isinstance(status.get("results"), dict):
        return questions.get(status["id"]), status["results"]
    if isinstance(body, dict) and isinstance(body.get("query"), dict) and "results" in answer:
        return body["query"], answer
    return None, None


def filtered(exchange):
    """Give the filters and the answer of the endpoints of old."""
    parts = exchange["request"]["path"].strip("/").split("/")
    name = LEGACY.get(parts[-1])
    if name is None or exchange["response"]["status"] != 200:
        return None, None
    filters = exchange["request"].get("json") or {
        key: json.loads(text) if text[:1] == "[" else text
        for key, text in exchange["request"]["query"].items()
    }
    return {**filters, "insight": name}, exchange["response"]["json"]


def answers():
    questions, found = asked_by_id(), []
    for name, exchange in exchanges():
        query, answer = queried(exchange, questions)
        if query is not None:
            found.append((name, {**answer, "query": query, "result": answer["results"]}))
        filters, answer = filtered(exchange)
        if filters is not None:
            found.append((name, {**answer, "query": None, "filters": filters}))
    return found


ANSWERS = answers() if SHARED.is_dir() else []


def of_kind(*kinds):
    return [pytest.param(item, id=name) for name, item in ANSWERS if kind_of(item) in kinds]


def kind_of(item):
    if not item["query"]:
        return item["filters"]["insight"]
    is_wrapped = item["query"]["kind"] in {"InsightVizNode", "DataVisualizationNode"}
    return (item["query"]["source"] if is_wrapped else item["query"])["kind"]


def test_every_answer_has_a_question():
    assert len(ANSWERS) >= 24
    assert {kind_of(item) for _, item in ANSWERS} >= {
        "TrendsQuery", "HogQLQuery", "EventsQuery", "ActorsQuery", "TRENDS", "FUNNELS", "PATHS"
    }  # fmt: skip


@pytest.mark.parametrize("item", of_kind("TrendsQuery", "TRENDS"))
def test_trends_show_the_numbers_sent(item):
    view = asked.sent_view(item)
    if not item["result"]:
        assert isinstance(view.body, NoticeBody)
        return
    own = (item["query"] or {}).get("trendsFilter") or {}
    is_total = own.get("display") in TOTALS
    wanted = [
        [one["aggregated_value"]] if is_total else [count, *one["data"]]
        for count, one in zip(asked.sums_sent(item), item["result"], strict=True)
    ]
    numeric = [place for place, column in enumerate(view.table.columns) if column.numeric]
    assert [[row[place] for place in numeric] for row in view.table.rows] == wanted
    if not is_total:
        assert [list(one.values) for one in view.body.series] == [row[1:] for row in wanted]


@pytest.mark.parametrize("item", of_kind("HogQLQuery", "EventsQuery", "ActorsQuery"))
def test_rows_show_the_cells_sent(item):
    view = asked.sent_view(item)
    assert len(view.table.rows) == len(item["result"])
    for shown, row in zip(view.table.rows, item["result"], strict=True):
        pairs = zip(shown, row[: len(shown)], strict=True)
        assert all(cell == was for cell, was in pairs if not isinstance(was, dict | list))


@pytest.mark.parametrize("item", of_kind("FUNNELS", "FunnelsQuery"))
def test_funnels_show_the_counts_sent(item):
    view = asked.sent_view(item)
    titles = [column.title for column in view.table.columns]
    shown = [row[titles.index("Persons")] for row in view.table.rows]
    assert shown == [step["count"] for step in item["result"]]
    assert [step.count for step in view.body.steps] == shown


@pytest.mark.parametrize("item", of_kind("PATHS", "PathsQuery"))
def test_paths_show_the_links_sent(item):
    view = asked.sent_view(item)
    titles = [column.title for column in view.table.columns]
    place = titles.index("Persons")
    assert [row[place] for row in view.table.rows] == [one["value"] for one in item["result"]]
    assert Counter(link.value for link in view.body.links) == Counter(
        one["value"] for one in item["result"]
    )


def is_result(value, holder):
    """Tell results from lists of nouns, which have ids, and from envelopes of answers."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        return not {"short_id", "tiles", "template_name", "created_by", "access_token"} & {*first}
    return isinstance(first, list) and "count" not in holder


def test_no_recorded_result_is_left_out():
    known = {text(item["result"]) for _, item in ANSWERS}
    known |= {text(item["result"]) for _, item in asked.all_sent(*IN_INSIGHTS)}
    for kind in WITH_QUESTIONS:
        known |= {text(item["result"]) for _, item in sent.all_sent(kind)}
    missing, seen = set(), 0
    for path in [*RECORDINGS.glob("*.json"), *FIXTURES.rglob("*.json")]:
        for part in walk(json.loads(path.read_text())):
            for key in ("result", "results"):
                value = part.get(key)
                is_envelope = isinstance(value, dict) and "results" in value
                if not value or is_envelope or not is_result(value, part):
                    continue
                seen += 1
                missing |= {path.stem} if text(value) not in known else set()
    assert seen > 300
    assert missing <= NO_RESULTS


def text(value):
    return json.dumps(value, sort_keys=True)
