"""What a wall shows while things go wrong: its numbers, how old they are, and who must act."""

import asyncio
import re
import socket
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest
from PySide6.QtWidgets import QLineEdit

from phdesk.api.call import Patience
from phdesk.api.client import Client
from phdesk.demo.account import USER
from phdesk.demo.server import DemoServer
from phdesk.models.account import Project, User
from phdesk.models.wall import Care, Item, Screen, Wall
from phdesk.services.accounts import AccountsFile, account_of
from phdesk.services.credentials import SERVICE
from phdesk.services.environment import Given
from tests.app_parts import places_in, vault
from tests.services.faults import HOLD, status
from tests.store.test_cache_trouble import small_disk
from tests.test_hanging import WAIT
from tests.wall_faults import FaultyDemo
from tests.wall_parts import hung

HASTE = Patience(connect=HOLD, read=10 * HOLD, blocking=10 * HOLD, whole=30 * HOLD)
NO_KEY = {"type": "authentication_error", "code": "authentication_failed", "detail": "no"}
THROTTLED = {"type": "throttled_error", "code": "throttled", "detail": "Slow down."}
STAYS = Wall(items=(Item(dashboard=1), Item(dashboard=2)), dwell=86_400, care=Care(shift=False))


class Time:
    """Both clocks of walls: as on this computer, and some time later or earlier."""

    ahead = timedelta()
    steadily = 0.0

    def now(self):
        return datetime.now(UTC) + self.ahead

    def steady(self):
        return datetime.now(UTC).timestamp() + self.steadily

    def go_on(self, **time):
        passed = timedelta(**time)
        self.ahead += passed
        self.steadily += passed.total_seconds()


@pytest.fixture
def time(monkeypatch):
    made = Time()
    monkeypatch.setattr("phdesk.monitor.utc_now", made.now)
    monkeypatch.setattr("phdesk.monitor.monotonic", made.steady)
    return made


@pytest.fixture(scope="module")
def demo():
    with DemoServer() as demo:
        yield demo


@pytest.fixture
def server(demo, monkeypatch):
    monkeypatch.setattr("phdesk.api.retry.FIRST_WAIT", 0.01)
    monkeypatch.setitem(Client.__init__.__kwdefaults__, "patience", HASTE)
    made = FaultyDemo(demo)
    made.key, made.project = demo.key, demo.project_id
    yield made
    made.close()


class Slow:
    """Answers late, and notes in which order it is asked, answers and is closed."""

    def __init__(self):
        self.noted = []

    async def handle(self, _request):
        self.noted.append("asked")
        await asyncio.sleep(HOLD)
        self.noted.append("answered")
        return httpx.Response(200)

    async def close(self):
        self.noted.append("closed")


def test_a_server_of_these_tests_hangs_up_on_the_demo_when_it_asks_no_more(demo, qtbot):
    """What is still connecting when its client is closed would stay open, for another test."""
    made = FaultyDemo(demo)
    made.fake = Slow()
    with socket.create_connection(("127.0.0.1", made.port)) as line:
        line.sendall(b"GET /api/users/@me/ HTTP/1.1\r\n\r\n")
        qtbot.waitUntil(lambda: bool(made.fake.noted))
        made.close()
    assert made.fake.noted == ["asked", "answered", "closed"]


class Looked:
    """A wall that was fine, with what it showed then."""

    def __init__(self, walls, qtbot):
        self.walls, self.qtbot = walls, qtbot
        qtbot.waitUntil(walls.is_whole, timeout=WAIT)
        qtbot.waitUntil(self.is_settled, timeout=WAIT)
        self.before = self.numbers

    @property
    def numbers(self):
        """Give the age of each number on show."""
        showing = self.walls.showing
        page = showing.known.page
        return {one: page.tiles[one].computed_at for one in showing.tile_ids}

    @property
    def failure(self):
        """Give what stands against newer numbers of the page on show."""
        self.walls.window._on_changed()
        known = self.walls.monitor.rooms.known(self.walls.showing.stop)
        return known.failure or known.state.offline

    def is_settled(self):
        """Say whether all of the wall was read and calculated."""
        pages = self.walls.monitor.workspace.store.state.dashboards
        held = [one for page in pages.values() for one in page.tiles.values() if one.insight]
        online = self.walls.online
        return (
            len(pages) == 2
            and not (online is not None and online._surroundings._running)
            and not any(page.loading for page in pages.values())
            and all(one.has_result and not one.refreshing for one in held)
        )

    def fails(self):
        """Wait until the wall knows that something is wrong, and all that it asked is answered."""
        worker = self.walls.monitor._background
        lasting = set(worker._wanted)  # what keeps the screen awake has no end
        self.walls.refresh()
        self.qtbot.waitUntil(lambda: self.failure is not None, timeout=WAIT)
        self.qtbot.waitUntil(lambda: lasting.issuperset(worker._wanted), timeout=WAIT)

    def says(self, *words):
        def said():
            self.walls.window._on_changed()
            lines = " ".join(self.walls.banners)
            return all(each in lines for each in words)

        self.qtbot.waitUntil(said, timeout=WAIT)

    def keeps_what_it_had(self):
        """No number is gone or older; nothing asks to be typed into; the picture is there."""
        numbers = self.numbers
        assert numbers.keys() == self.before.keys()
        assert all(numbers[one] >= when for one, when in self.before.items() if when)
        assert self.walls.is_whole()
        assert self.walls.window.findChildren(QLineEdit) == []
        picture = self.walls.window.grab().toImage().scaled(64, 36)
        colors = {picture.pixel(x, y) for x in range(64) for y in range(36)}
        assert len(colors) > 50, "a dashboard is in sight"


@pytest.fixture
def make(qtbot, tmp_path, server, time):
    """Give a maker of a wall, at an address that leads to the server."""
    with ExitStack() as stack:
        all_made = []

        def made(host="127.0.0.1", folder=tmp_path, *, given=True):
            keys = [server.key]
            address = f"http://{host}:{server.port}"
            walls = stack.enter_context(
                hung(
                    folder,
                    lambda: Given(keys[-1], address, server.project) if given else None,
                    Screen(name="", walls={"": STAYS}, timezone="UTC"),
                )
            )
            looked = Looked(walls, qtbot)
            looked.keys = keys
            all_made.append(looked)
            return looked

        def close():
            all_made.clear()
            stack.close()

        made.close = close
        yield made
        for looked in all_made:  # a session that another one followed is closed in its own time
            worker = looked.walls.monitor._background
            with suppress(qtbot.TimeoutError):
                qtbot.waitUntil(lambda worker=worker: len(worker._wanted) <= 1, timeout=3000)


@pytest.fixture
def wall(make):
    return make()


def test_a_key_that_was_revoked_is_told_to_who_must_act_and_no_data_asked_for(wall, server, qtbot):
    server.fail(status(401, NO_KEY))
    wall.fails()
    wall.says("key was refused", "must sign in again on this computer", "Data from")
    wall.keeps_what_it_had()
    server.tries.clear()
    assert wall.walls.online.dashboards.auto.paused
    assert not wall.walls.online.dashboards.reach.waits
    wall.walls.monitor._on_listing()
    qtbot.wait(50)
    assert server.tries == []


def is_done(worker, lasting):
    return lasting.issuperset(worker._wanted)


def looks(wall, server, qtbot, times):
    """Look for a key as often as minutes pass; gives what was asked at which of them."""
    asked, monitor = {}, wall.walls.monitor
    for minute in range(1, times + 1):
        server.tries.clear()
        lasting = set(monitor._background._wanted)
        monitor._session.look_for_key()
        qtbot.waitUntil(partial(is_done, monitor._background, lasting), timeout=WAIT)
        if server.tries:
            asked[minute] = [path for _, path, _ in server.tries]
    return asked


def test_a_key_that_was_revoked_is_checked_by_one_call_an_hour(wall, server, qtbot):
    server.fail(status(401, NO_KEY))
    wall.fails()
    asked = looks(wall, server, qtbot, 140)
    assert list(asked) == [1, 16, 76, 136]
    assert {path for one in asked.values() for path in one} == {"users/@me/"}
    wall.says("key was refused", "Data from")
    wall.keeps_what_it_had()


def test_a_refusal_that_was_none_of_the_keys_is_over_by_itself(wall, server, qtbot):
    server.fail(status(401, NO_KEY))
    wall.fails()
    wall.says("key was refused")
    server.fail(None)
    wall.walls.monitor._session.look_for_key()
    qtbot.waitUntil(lambda: not wall.walls.banners, timeout=WAIT)
    assert not wall.walls.online.dashboards.auto.paused
    wall.keeps_what_it_had()


def test_a_key_that_is_refused_now_and_then_is_not_checked_each_minute(wall, server, qtbot):
    monitor, minutes = wall.walls.monitor, []
    lasting = set(monitor._background._wanted)
    for minute in range(1, 60):
        server.fail(status(401, NO_KEY))
        if wall.failure is None:
            wall.fails()
        qtbot.waitUntil(partial(is_done, monitor._background, lasting), timeout=WAIT)
        server.fail(None)
        monitor._session.look_for_key()
        if monitor._session._looks.number == 0:
            minutes.append(minute)
            qtbot.waitUntil(lambda: wall.failure is None, timeout=WAIT)
            qtbot.waitUntil(partial(is_done, monitor._background, lasting), timeout=WAIT)
    assert minutes == [1, 16]


@pytest.fixture
def of_keyring(make, server, tmp_path):
    """Give a wall whose key is in the keyring, with the entry."""
    host = f"http://127.0.0.1:{server.port}"
    owner = User(uuid=USER["uuid"])
    account = account_of(host, owner, Project(id=server.project))
    AccountsFile(places_in(tmp_path).accounts).save((account,))
    with vault() as entries:
        entries.set_password(SERVICE, account.id, server.key)
        wall = make(given=False)
        wall.replace_key = partial(entries.set_password, SERVICE, account.id)
        yield wall


def test_another_key_in_the_keyring_is_found_by_itself(of_keyring, server, qtbot):
    wall, session = of_keyring, of_keyring.walls.monitor._session
    server.fail(status(401, NO_KEY))
    wall.fails()
    wall.says("key was refused")
    assert list(looks(wall, server, qtbot, 10)) == [1]
    server.fail(None)
    wall.replace_key("phx_another")
    server.fake.key = server.key  # what the demo knows it by
    session.look_for_key()
    qtbot.waitUntil(lambda: not wall.walls.banners, timeout=WAIT)
    assert wall.walls.online.key == "phx_another"
    wall.keeps_what_it_had()


def test_a_bad_key_in_the_keyring_is_not_tried_each_minute(of_keyring, server, qtbot):
    server.fail(status(401, NO_KEY))
    of_keyring.fails()
    of_keyring.replace_key("phx_bad")
    asked = looks(of_keyring, server, qtbot, 20)
    assert list(asked) == [1, 2, 17]
    assert {path for one in asked.values() for path in one} == {"users/@me/"}


def test_another_key_is_found_by_itself(wall, server, qtbot):
    server.fail(status(401, NO_KEY))
    wall.fails()
    wall.says("key was refused")
    server.fail(None)
    wall.keys.append("phx_another")
    server.fake.key = server.key  # what the demo knows it by
    wall.walls.monitor._session.look_for_key()
    qtbot.waitUntil(lambda: not wall.walls.banners, timeout=WAIT)
    wall.keeps_what_it_had()


def test_a_server_that_is_gone_for_a_weekend_is_told_with_the_true_age(wall, server, time, qtbot):
    server.refuse()
    wall.fails()
    assert wall.walls.banners == [], "not before half a minute"
    since = min(when for when in wall.before.values() if when)
    time.go_on(hours=62)
    wall.says(f"Offline: data from {since.day} {since:%b}")
    assert wall.walls.heading.age.endswith("2 days ago")
    assert wall.walls.heading.stale
    wall.keeps_what_it_had()
    beat = wall.walls.window.beat()
    assert all(one.stale for one in beat.tiles if one.calculated)
    conductor = wall.walls.window.conductor
    qtbot.waitUntil(lambda: conductor.renderer.is_idle, timeout=WAIT)  # the banner has its room
    conductor.go_on()
    qtbot.waitUntil(lambda: wall.walls.window.beat().rotations == beat.rotations + 1, timeout=WAIT)


def test_a_server_that_is_back_is_noticed_without_anybody(wall, server, time, qtbot):
    server.fail(status(503))
    wall.fails()
    time.go_on(minutes=5)
    wall.says("PostHog does not answer as it should", "Data from")
    server.fail(None)
    wall.walls.online.dashboards.try_again()
    qtbot.waitUntil(lambda: not wall.walls.banners, timeout=WAIT)
    wall.keeps_what_it_had()


def test_a_name_that_leads_nowhere_takes_nothing_from_the_wall(
    make, server, time, monkeypatch, qtbot
):
    lost, known = [], socket.getaddrinfo

    def lookup(host, *rest, **more):
        if host in ("posthog.example", b"posthog.example"):
            if lost:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            host = "127.0.0.1"
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    wall = make("posthog.example")
    lost.append(True)
    server.refuse()
    wall.fails()
    time.go_on(minutes=40)
    wall.says("Offline: data from")
    assert re.search(r"· 4\d min ago$", wall.walls.heading.age)
    wall.keeps_what_it_had()


def test_a_storm_of_429_is_waited_out(wall, server, time, qtbot):
    server.fail(status(429, THROTTLED, retry_after=300))
    server.tries.clear()
    for _ in range(10):
        wall.walls.refresh()
        qtbot.wait(20)
    qtbot.waitUntil(lambda: len(server.tries) > 0)
    assert len(server.tries) <= 10, "each question once at most"
    wall.keeps_what_it_had()
    time.go_on(hours=2)
    wall.walls.window._on_changed()
    assert wall.walls.heading.stale
    assert wall.walls.heading.age.endswith("2 h ago")


@pytest.mark.parametrize(
    ("hours", "age", "stale"), [(24, "· 24 h ago", True), (-24, "· clocks differ", False)]
)
def test_a_clock_that_is_a_day_off_never_makes_a_number_look_newer(wall, time, hours, age, stale):
    place = wall.walls.window.conductor.rotation.place
    time.ahead += timedelta(hours=hours)  # the other clock, of the rotation, goes on as before
    wall.walls.window._on_changed()
    assert wall.walls.heading.age.endswith(age)
    assert wall.walls.heading.stale is stale
    assert wall.walls.window.conductor.rotation.place == place
    wall.keeps_what_it_had()


def test_a_full_disk_takes_nothing_from_the_wall(make, server, qtbot, tmp_path):
    with small_disk(tmp_path, "12m") as folder:
        wall, told = make(folder=folder), []
        wall.walls.monitor.told.connect(told.append)
        with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        wall.walls.online.dashboards.refresh(1, force=True)
        qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
        assert told[0].startswith("The disk is full.")
        wall.keeps_what_it_had()
        assert wall.walls.banners == []

        def is_new():
            wall.walls.window._on_changed()
            return wall.walls.heading.age.endswith("just now")

        qtbot.waitUntil(is_new, timeout=WAIT)
        make.close()
