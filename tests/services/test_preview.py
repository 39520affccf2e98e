"""The newest draft's answer is shown; what only looks otherwise is not asked again."""

import json

import msgspec
import pytest

from phdesk.core.building.draft import at, opened, put
from phdesk.core.building.starting import blank
from phdesk.models.failure import Cause
from phdesk.services.calls import NOBODY
from phdesk.services.preview import Preview
from tests.services.posthog import NO_SCOPE, Gate

TRENDS = blank("trends")
ANSWER = {"results": [{"data": [1, 2], "days": []}], "last_refresh": "2026-11-23T12:00:00Z"}


class Heard:
    """What a preview said, in order."""

    def __init__(self, preview):
        self.answers, self.failures, self.began = [], [], []
        preview.came.connect(self.answers.append)
        preview.failed.connect(self.failures.append)
        preview.began.connect(lambda: self.began.append(True))


@pytest.fixture
def preview(ada, online):
    return Preview(online.calls)


@pytest.fixture
def told(preview):
    return Heard(preview)


def asked(server):
    return len([path for path in server.paths("query/") if path == "query/"])


def test_an_answer_is_shown_as_the_draft_says(preview, told, server, qtbot):
    server.special["query/"] = 200, ANSWER
    preview.show(TRENDS)
    assert preview.running
    qtbot.waitUntil(lambda: bool(told.answers))
    (answer,) = told.answers
    assert msgspec.json.decode(answer.result) == ANSWER["results"]
    assert msgspec.json.decode(answer.query) == TRENDS.query
    assert not preview.running


def test_what_only_looks_otherwise_is_not_asked_again(preview, told, server, qtbot):
    server.special["query/"] = 200, ANSWER
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: bool(told.answers))
    legend = put(TRENDS, "trendsFilter.showLegend", value=True)
    preview.show(legend)
    assert msgspec.json.decode(told.answers[1].query) == legend.query
    assert asked(server) == 1
    preview.show(legend, anew=True)
    qtbot.waitUntil(lambda: len(told.answers) == 3)
    assert asked(server) == 2


def test_the_newest_draft_counts_and_the_one_before_is_stopped(preview, told, server, qtbot):
    gate = server.special["query/"] = Gate()
    gate.answer = ANSWER
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: server.running == 1)
    server.special["query/"] = 200, ANSWER
    weekly = put(TRENDS, "interval", "week")
    preview.show(weekly)
    qtbot.waitUntil(lambda: bool(told.answers))
    assert [at(opened(one.query), "interval") for one in told.answers] == ["week"]
    qtbot.waitUntil(lambda: "DELETE" in server.methods)
    stopped = server.asked[server.methods.index("DELETE")][0]
    assert stopped.startswith("query/")


def test_a_draft_that_looks_otherwise_meanwhile_takes_the_answer_that_comes(
    preview, told, server, qtbot
):
    gate = server.special["query/"] = Gate()
    gate.answer = ANSWER
    preview.show(TRENDS)
    preview.show(put(TRENDS, "trendsFilter.showLegend", value=True))
    qtbot.waitUntil(lambda: server.running == 1)
    gate.open()
    qtbot.waitUntil(lambda: bool(told.answers))
    (answer,) = told.answers
    assert at(opened(answer.query), "trendsFilter.showLegend") is True
    assert asked(server) == 1


def test_what_is_known_to_be_refused_is_not_sent(preview, told, server):
    preview.show(put(TRENDS, "series", []))
    assert not preview.running
    assert not told.began
    assert asked(server) == 0


def test_a_refusal_is_told_and_the_next_draft_is_asked(preview, told, server, qtbot):
    server.special["query/"] = 403, json.loads(json.dumps(NO_SCOPE).replace("user", "query"))
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: bool(told.failures))
    assert told.failures[0].cause is Cause.MISSING_SCOPE
    assert told.failures[0].scope == "query:read"
    server.special["query/"] = 200, ANSWER
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: bool(told.answers))


def test_a_failure_inside_an_answer_is_told(preview, told, server, qtbot):
    status = {"id": "q", "complete": True, "error": True, "error_message": "No such field."}
    server.special["query/"] = 200, {"query_status": status}
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: bool(told.failures))
    assert told.failures[0].message == "No such field."


def test_nobody_signed_in_is_said(online):
    preview = Preview(online.calls)
    told = Heard(preview)
    preview.show(TRENDS)
    assert told.failures == [NOBODY]
    assert not preview.running


def test_who_stops_hears_nothing(preview, told, server, qtbot):
    gate = server.special["query/"] = Gate()
    gate.answer = ANSWER
    preview.show(TRENDS)
    qtbot.waitUntil(lambda: server.running == 1)
    preview.stop()
    qtbot.waitUntil(lambda: "DELETE" in server.methods)
    assert told.answers == []
    assert told.failures == []
