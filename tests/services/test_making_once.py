"""What is made of a real server, over connections that break: once, and told as it is."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from shiboken6 import delete

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.demo.server import DemoServer
from phdesk.models.account import Project
from phdesk.models.alert import AlertDraft
from phdesk.models.dashboard import DashboardDraft
from phdesk.models.failure import Cause, Failure
from phdesk.models.subscription import SubscriptionDraft
from phdesk.services import doubting, making, sharing, subscribing
from phdesk.services.making_once import Hopes, Once, Wish
from phdesk.services.posthog_alerts import alert_wish
from tests.services.lines import AFTER, BEFORE, Line

DASHBOARD, INSIGHT = 1, 103
COPY = making.copy_wish(
    "ada", DashboardDraft(name="Another", description="Why?"), DASHBOARD, deep=False
)
MAIL = subscribing.wish(
    "ada",
    SubscriptionDraft(
        title="Fridays ",
        insight=INSIGHT,
        value="ada@example.org,Ben@example.org",
        weekdays=("friday",),
        start=datetime(2026, 11, 2, 8, tzinfo=UTC),
    ),
)
ALERT = alert_wish(
    SimpleNamespace(account="ada", project=Project(id=1)),
    AlertDraft(name="Low ", insight_id=INSIGHT, users=(1,), lower=0.1),
    of_2024=False,
)
PASSWORD = sharing.password_wish(
    "ada", sharing.Shareable("dashboards", DASHBOARD), "For Ben ", "long enough"
)
WISHES = [
    pytest.param(COPY, id="a copy of a dashboard"),
    pytest.param(MAIL, id="a subscription"),
    pytest.param(ALERT, id="an alert"),
    pytest.param(PASSWORD, id="a password"),
]


class Maker:
    """Makes things of one kind; what it heard is a list of words and values."""

    def __init__(self, server, wish):
        self.server, self.wish, self.once, self.cuts, self.heard = server, wish, Once(), {}, []
        self.older = 0
        self.older = self.count()

    def run(self, work):
        async def carried_out():
            line = Line(self.cuts)
            async with Client(self.server.url, self.server.key, transport=line) as client:
                session = SimpleNamespace(client=lambda: client, project=Project(id=1))
                session.read_frame = lambda number: making.dashboards.get(client, 1, number)
                return await work(session)

        return asyncio.run(carried_out())

    def ask(self, work, *, done, failed):
        try:
            found = self.run(work)
        except ApiError as error:
            failed(error.failure)
        else:
            done(found)

    def make(self, wish=None):
        """Make it; tells how that went, and forgets it."""
        hopes = Hopes(
            lambda made: self.heard.append(("made", made)),
            lambda failure: self.heard.append(("failed", failure)),
            lambda: self.heard.append(("looking", None)),
        )
        self.once.make(self.ask, wish or self.wish, hopes)
        heard, self.heard = self.heard, []
        return heard

    def count(self):
        """Count what was made of what is wished."""
        self.cuts = {}
        return sum(map(self.wish.is_it, self.run(self.wish.there))) - self.older


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running:
        yield running


@pytest.fixture(autouse=True)
def looks(monkeypatch):
    monkeypatch.setattr(doubting, "WAITS", (0.0, 0.0))


@pytest.fixture(params=WISHES)
def maker(server, request):
    return Maker(server, request.param)


def test_one_that_is_answered_is_made_without_a_look(maker):
    ((what, made),) = maker.make()
    assert (what, made.lost) == ("made", False)
    assert maker.count() == 1


def test_one_whose_answer_was_lost_is_there(maker):
    maker.cuts = {"POST": AFTER}
    looking, (what, made) = maker.make()
    assert (looking, what, made.lost) == (("looking", None), "made", True)
    assert maker.wish.is_it(made.one)
    assert maker.count() == 1


def test_one_that_never_arrived_is_told_to_be_not_there_and_made_by_the_next_try(maker):
    maker.cuts = {"POST": BEFORE}
    looking, (what, failure) = maker.make()
    assert (looking, what, failure.looked) == (("looking", None), "failed", True)
    assert maker.count() == 0
    ((what, made),) = maker.make()
    assert (what, made.lost) == ("made", False)
    assert maker.count() == 1


@pytest.mark.parametrize("cut", [BEFORE, AFTER])
def test_where_looking_fails_too_it_cannot_be_told_and_the_next_try_looks_first(maker, cut):
    maker.cuts = {"POST": cut}

    def cut_off():
        maker.cuts["GET"] = BEFORE

    hopes = Hopes(maker.heard.append, maker.heard.append, cut_off)
    maker.once.make(maker.ask, maker.wish, hopes)
    (failure,) = maker.heard
    assert not failure.looked
    maker.cuts, maker.heard = {}, []
    ((what, made),) = maker.make()
    assert (what, made.lost) == ("made", cut == AFTER)
    assert maker.count() == 1


def test_of_several_that_are_like_it_nobody_can_tell_which_it_is(maker):
    maker.cuts = {"POST": AFTER}
    there = maker.wish.make

    async def twice(session):
        maker.cuts.clear()
        await there(session)
        maker.cuts["POST"] = AFTER
        return await there(session)

    wish = replace(maker.wish, make=twice)
    _, (what, failure) = maker.make(wish)
    assert (what, failure.looked) == ("failed", False)
    ((what, made),) = maker.make(wish)
    assert (what, made.lost) == ("made", True)
    assert maker.count() == 2, "of which the server made both at the first try"


def test_an_equal_one_of_before_is_not_taken_for_it(maker):
    maker.make()
    maker.cuts = {"POST": BEFORE}
    *_, (what, failure) = maker.make()
    assert (what, failure.looked) == ("failed", True)


def test_where_the_server_cannot_be_reached_nothing_is_sent_and_nothing_doubted(maker):
    maker.cuts = {"GET": BEFORE, "POST": AFTER}
    ((what, failure),) = maker.make()
    assert (what, failure.unsent) == ("failed", True)
    assert maker.count() == 0


def test_one_that_was_asked_for_in_its_place_is_not_made_beside_it(maker):
    maker.cuts = {"POST": BEFORE}
    maker.make()
    maker.cuts = {}
    maker.run(maker.wish.make)  # it came through, late
    other = replace(maker.wish, key="other", is_it=lambda _one: False)
    ((what, made),) = maker.make(other)
    assert (what, made.other) == ("made", True)
    assert maker.count() == 1
    maker.make(other)
    assert maker.count() == 2, "wanted, now that this is known"


def test_another_form_asks_for_nothing_in_the_place_of_the_last_one(maker):
    maker.cuts = {"POST": BEFORE}
    maker.make()
    maker.cuts = {}
    maker.run(maker.wish.make)
    maker.once.begin()
    other = replace(maker.wish, key="other", is_it=lambda _one: False)
    ((_, made),) = maker.make(other)
    assert (made.lost, made.other) == (False, False)


class Form(QObject):
    """Hears how it went, as long as its window is there."""

    def __init__(self, heard):
        super().__init__()
        self.heard = heard

    def hear(self, *said):
        self.heard.append(said)


@pytest.mark.parametrize("came", ["an answer", "a refusal", "nothing"])
def test_a_form_that_went_with_its_window_is_told_nothing(came):
    asked, heard = [], []
    form = Form(heard)

    def ask(_work, *, done, failed):
        asked.append((done, failed))

    wish = Wish(key="", there=None, make=None, is_it=bool, number=hash)
    once = Once()
    once.make(ask, wish, Hopes(form.hear, form.hear, form.hear))
    asked.pop()[0](())
    delete(form)
    made, failed = asked.pop()
    if came == "an answer":
        made("one")
    else:
        cause = Cause.FORBIDDEN if came == "a refusal" else Cause.NETWORK
        failed(Failure(cause=cause, message=""))
    for looked, _ in asked:
        looked(None)
    assert len(asked) == (came == "nothing")
    assert heard == []
