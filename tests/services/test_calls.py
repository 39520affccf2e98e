"""Single calls: answered through the session of the moment, or not at all."""

import pytest

from phdesk.models.failure import Cause
from phdesk.services.calls import NOBODY


@pytest.fixture
def answers():
    return []


@pytest.fixture
def failures():
    return []


def test_a_call_is_carried_out_by_the_session(ada, online, answers, failures, qtbot):
    online.calls.ask(read_rows, done=answers.append, failed=failures.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert [row.id for row in answers[0]] == [9]
    assert not failures


def test_a_refusal_is_told_by_its_cause(ada, online, server, answers, failures, qtbot):
    server.special["insights/404/"] = 404, {"detail": "Not found."}
    online.calls.read_insight(404, done=answers.append, failed=failures.append, tag="insight")
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].cause is Cause.NOT_FOUND
    assert not answers


def test_without_a_session_nobody_can_be_asked(online, answers, failures):
    assert not online.calls.ready
    assert online.calls.ask(read_rows, done=answers.append, failed=failures.append) is None
    assert failures == [NOBODY]


def test_of_calls_with_one_tag_the_newest_alone_is_answered(ada, online, answers, failures, qtbot):
    for name in ("first", "second"):
        online.calls.ask(say(name), done=answers.append, failed=failures.append, tag="said")
    online.calls.ask(say("other"), done=answers.append, failed=failures.append)
    qtbot.waitUntil(lambda: "other" in answers)
    assert answers == ["second", "other"]
    assert not failures


def test_answers_to_a_session_that_is_gone_never_come(ada, online, answers, failures, qtbot):
    online.calls.ask(say("late"), done=answers.append, failed=failures.append)
    with qtbot.waitSignal(online.calls.changed):
        online.sign_out(ada.id)
    asked = online.calls.ask(say("none"), done=answers.append, failed=failures.append)
    assert asked is None
    assert failures == [NOBODY]
    assert answers == []


async def read_rows(session):
    return await session.read_rows()


def say(word):
    async def said(_session):
        return word

    return said
