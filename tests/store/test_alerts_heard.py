"""Events that a program reads as lines: each once, whoever tells it on screen."""

from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.noticing.rules import Due
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices, forget_account
from phdesk.store.alerts_heard import hear
from phdesk.store.alerts_inbox import acknowledge_group
from phdesk.store.alerts_told import claim, hand, told
from tests.store.noticed import NOW, notice


def every(waiting):
    return Due(tuple(waiting))


def ids(file, choose=every, now=NOW):
    return [one.notice.id for one in hear(file, choose, now)]


def tell(file, *names):
    """Have the app tell notices on screen."""
    claim(file, names, NOW)
    hand(file, names, NOW)
    told(file, names, "desktop", NOW)


@contextmanager
def files(folder):
    path = folder / "alerts.sqlite3"
    with closing(AlertsFile(path)) as first, closing(AlertsFile(path)) as second:
        yield first, second


@pytest.fixture
def both(tmp_path):
    with files(tmp_path) as two:
        yield two


def test_what_the_app_tells_is_heard_all_the_same_and_once(both):
    app, watch = both
    assert ids(watch) == []
    add_notices(app, [notice("n1"), notice("n2", "errors")], NOW)
    tell(app, "n1")
    acknowledge_group(app, notice("n1").group, NOW)
    assert ids(watch) == ["n1", "n2"]
    assert ids(watch) == []
    assert claim(app, ["n2"], NOW) == ("n2",)  # the app tells it none the less


def test_who_listens_for_the_first_time_hears_nothing_of_before(both):
    app, watch = both
    add_notices(app, [notice("n1"), notice("n2", "errors")], NOW)
    tell(app, "n1")
    assert ids(watch) == ["n2"]  # nobody told it
    add_notices(app, [notice("n3")], NOW)
    tell(app, "n3")
    assert ids(watch) == ["n3"]


def test_quiet_news_is_not_heard(both):
    app, watch = both
    add_notices(app, [notice("n1", loud=False)], NOW)
    assert ids(watch) == []


def test_what_is_passed_over_is_never_heard(both):
    app, watch = both
    add_notices(app, [notice("n1"), notice("n2")], NOW)
    assert ids(watch, lambda waiting: Due(waiting[1:], (waiting[0].notice.id,))) == ["n2"]
    assert ids(watch) == []


def test_what_waits_is_heard_later(both):
    app, watch = both
    add_notices(app, [notice("n1")], NOW)
    assert ids(watch, lambda _waiting: Due()) == []
    assert ids(watch) == ["n1"]


def test_nothing_of_a_forgotten_account_is_remembered(both):
    app, watch = both
    add_notices(app, [notice("n1")], NOW)
    ids(watch)
    forget_account(app, notice().account)
    rows = app.read(None, lambda db: db.execute("select id from heard").fetchall())
    assert rows == [("",)]


STEPS = st.lists(st.tuples(st.sampled_from(["find", "tell", "first", "second"]), st.booleans()))


@given(steps=STEPS)
def test_two_that_listen_share_the_events_and_lose_none(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("heard")
    with files(folder) as (first, second):
        shared_by(first, second, steps)


def shared_by(first, second, steps):
    heard, found, now = ids(first), [], NOW
    for step, again in steps:
        now += timedelta(seconds=1)
        if step == "find":
            if not (again and found):
                found.append(f"n{len(found)}")
            add_notices(first, [notice(found[-1], "ab"[len(found) % 2])], now)
        elif step == "tell" and found:
            tell(second, found[-1])
        elif step != "tell":
            heard += ids(first if step == "first" else second, now=now)
    heard += ids(second, now=now)
    assert sorted(heard) == sorted(found)
