"""What comes of each way in which networks and servers fail, while numbers are on screen.

For each: what a person reads, that no good number goes, that the window never waits, how often is
tried. Every answer comes over real sockets.
"""

import asyncio
import shutil
import socket
import ssl
import subprocess
from datetime import timedelta

import httpx
import pytest
from msgspec import Struct
from PySide6.QtCore import QTimer

from phdesk.api.call import Patience
from phdesk.api.client import Client
from phdesk.core.ages import tile_age
from phdesk.models.account import Account, Project
from phdesk.services.accounts import added
from phdesk.services.credentials import SERVICE
from phdesk.services.online import Online
from phdesk.store.changes import with_account
from phdesk.views import theme as look
from phdesk.views.dashboard.screen import DashboardScreen
from tests.services import faults
from tests.services.faults import HOLD, FaultyPostHog, Pulse, raw, says, status
from tests.services.posthog import KEY, insight, tile
from tests.store.builders import NOON, at

TRUST = httpx.create_ssl_context()  # once: to read all certificates takes a while
HASTE = Patience(connect=HOLD, read=HOLD, blocking=HOLD, whole=1.5 * HOLD)
KEPT = "You see what was kept. Oldest tile "
FAILED = "The newest refresh failed, this is the result before it."
QUOTA = {"type": "quota", "code": "quota_limit_exceeded", "detail": "Used up."}
PLAN = {"type": "server_error", "code": "payment_required", "detail": "Premium."}
USED_UP = {"id": "q", "complete": True, "error": True, "error_code": "quota_limit_exceeded"}
THROTTLED = {"type": "throttled_error", "code": "throttled", "detail": "Slow down."}
CROWDED = {"type": "throttled_error", "code": "concurrency_limit_exceeded", "detail": "Full."}
NO_KEY = {"type": "authentication_error", "code": "authentication_failed", "detail": "no"}
NO_ACCESS = {"type": "authentication_error", "code": "permission_denied", "detail": "Not you."}
FAILED_INSIDE = {
    **insight(101),
    "query_status": {"id": "q", "complete": True, "error": True, "error_message": "No memory."},
}
OLDER = {**insight(101, -60, stale=True)}
PAGE = b"<html><body>Welcome to the hotel. Please sign in.</body></html>"


class Case(Struct, frozen=True):
    """A fault, how often a call is made through it, and what is read: on the tile or above."""

    fault: object
    tries: int
    words: str
    offline: bool = False


TILE_CASES = {
    "reset mid-body": Case(faults.reset, 3, "The connection to 127.0.0.1 broke.", offline=True),
    "slow loris": Case(faults.drip, 3, "127.0.0.1 did not answer in time.", offline=True),
    "silence": Case(faults.silence, 4, "127.0.0.1 did not answer in time.", offline=True),
    "captive portal": Case(raw(PAGE, kind="text/html"), 1, "A web page answered instead"),
    "error inside 200": Case(says(FAILED_INSIDE), 1, "No memory."),
    "401": Case(status(401, NO_KEY), 1, "This key is unknown at 127.0.0.1", offline=True),
    "402 of a quota": Case(
        status(402, QUOTA), 1, "The organization's quota for API queries is used up; nothing more"
    ),
    "402 of a plan": Case(status(402, PLAN), 1, "This needs a paid plan of PostHog."),
    "403": Case(status(403, NO_ACCESS), 1, "PostHog does not allow this: Not you."),
    "404": Case(status(404), 1, "Not found: it may be deleted, or belong to another project."),
    "413": Case(status(413), 1, "The request is too large."),
    "429 for seconds": Case(
        status(429, THROTTLED, retry_after=7), 5, "PostHog asks to wait 7 seconds."
    ),
    "429 for minutes": Case(
        status(429, THROTTLED, retry_after=300), 1, "PostHog asks to wait 5 minutes."
    ),
    "429 unsaid": Case(status(429, THROTTLED), 5, "Too many calls."),
    "429 crowded": Case(status(429, CROWDED), 5, "Too many queries at once"),
    "500": Case(status(500), 2, "The server had an error"),
    "501": Case(status(501), 1, "The server had an error (HTTP 501)."),
    "502": Case(status(502), 5, "The server had an error (HTTP 502)."),
    "503": Case(status(503), 5, "The server is overloaded or down for maintenance."),
    "503 as a page": Case(raw(PAGE, kind="text/html", code=503), 5, "The server is overloaded"),
    "504": Case(status(504), 6, "The calculation took too long."),
    "512": Case(status(512), 1, "choose a shorter period."),
    "truncated": Case(
        raw(b'{"id": 101, "result": [', length=9000), 3, "127.0.0.1 broke.", offline=True
    ),
    "truncated JSON": Case(raw(b'{"id": 101, "result": ['), 1, "but not like PostHog."),
    "100 MB": Case(faults.flood, 1, "The answer is larger than 50 MB."),
    "wrong content": Case(raw(b"\x89PNG\x00\x01", kind="image/png"), 1, "but not like PostHog."),
    "empty": Case(raw(b""), 1, "but not like PostHog."),
    "not an insight": Case(says({"results": []}), 1, "but not like PostHog."),
}
BOARD_CASES = {
    name: case for name, case in TILE_CASES.items()
    if name not in ("error inside 200", "silence", "504", "not an insight")
} | {
    "silence": Case(faults.silence, 3, "127.0.0.1 did not answer in time.", offline=True),
    "504": Case(status(504), 5, "The calculation took too long."),
    "not a dashboard": Case(says({"results": []}), 1, "but not like PostHog."),
}  # fmt: skip


class Watched:
    """Dashboard 9 on screen, with good numbers of three tiles, over a server that may fail."""

    def __init__(self, parts, clocks, qtbot, server, host=""):
        self.parts, self.clocks, self.qtbot, self.server = parts, clocks, qtbot, server
        self.now, self.waits = NOON, []
        account = Account(id="ada", host=host or f"http://127.0.0.1:{server.port}", project_id=7)
        parts.preferences.change_accounts(added, account)
        parts.store.apply(with_account, account, Project(id=7))
        self.online = Online(parts, connect=self.connect, now=lambda: self.now)
        self.screen = DashboardScreen(look.light())
        qtbot.addWidget(self.screen)
        parts.store.changed.connect(self.follow)

    def connect(self, host, key):
        transport = httpx.AsyncHTTPTransport(verify=TRUST)
        return Client(
            host,
            key,
            transport=transport,
            sleep=self.sleep,
            random=lambda: 0.5,
            patience=HASTE,
        )

    async def sleep(self, seconds):
        self.waits.append(seconds)
        self.clocks.go_on(seconds)
        await asyncio.sleep(0)

    def follow(self, what):
        if self.board is not None:
            self.screen.update_dashboard(self.board, self.state.offline, what, self.now)

    @property
    def state(self):
        return self.parts.store.state

    @property
    def board(self):
        return self.state.dashboards.get(9)

    def quiet(self):
        self.qtbot.waitUntil(
            lambda: (
                self.board is not None
                and not self.board.loading
                and (self.board.progress is None or self.board.progress.until is not None)
            )
        )
        self.parts.store.announce()

    def tries(self, path):
        return sum(asked == path for _, asked, _ in self.server.tries)

    def starts(self):
        """Open the dashboard while all is well, then let its first tile grow stale."""
        self.server.fake.tiles = [tile(number, 0, y=number) for number in (1, 2, 3)]
        self.online.resume()
        self.qtbot.waitUntil(lambda: bool(self.state.rows.items))
        self.online.open_dashboard(9)
        self.quiet()
        self.qtbot.waitUntil(lambda: not self.online._surroundings._running)
        self.good = self.times()
        self.server.fake.tiles[0] = tile(1, 0, stale=True, y=1)
        self.server.tries.clear()

    def times(self):
        return {one: held.computed_at for one, held in self.board.tiles.items()}

    def stored(self):
        kept = self.parts.cache.load_dashboard("ada", 7, 9)
        return {one.tile_id: one.computed_at for one in kept.tiles}

    def keeps_what_it_had(self):
        """No number is gone, nor older, on screen and on disk."""
        for found in (self.times(), self.stored()):
            assert found.keys() == self.good.keys()
            assert all(found[one] >= self.good[one] for one in found)
        assert all(held.has_result for held in self.board.tiles.values())
        assert not any(held.refreshing for held in self.board.tiles.values())


@pytest.fixture
def server():
    made = FaultyPostHog()
    yield made
    made.close()


@pytest.fixture
def make(parts, clocks, qtbot, vault, server):
    made = []

    def make(host=""):
        vault.kept[SERVICE, "ada"] = KEY
        made.append(Watched(parts, clocks, qtbot, server, host))
        made[-1].starts()
        return made[-1]

    yield make
    for one in made:  # the screen goes before the store, which may have something left to say
        parts.store.changed.disconnect(one.follow)


@pytest.fixture
def watched(make):
    return make()


@pytest.fixture
def pulse(qtbot):
    made = Pulse(QTimer())
    yield made
    made.stop()
    waited = made.gui - 2 * made.control
    assert waited < 0.8 * HOLD, f"the window stood still for {made.gui:.2f} s"


@pytest.mark.parametrize("name", TILE_CASES)
def test_a_tile_that_fails_keeps_its_number_and_says_why(watched, pulse, name):
    case = TILE_CASES[name]
    watched.server.faults["insights/101/"] = case.fault
    watched.online.refresh(9)
    held = lambda: watched.board.tiles[1]  # noqa: E731
    watched.qtbot.waitUntil(lambda: held().failure is not None or watched.state.offline is not None)
    watched.quiet()
    assert watched.tries("insights/101/") == case.tries
    assert case.words in watched.screen.views[1].warning
    assert watched.screen.views[1].warning.startswith(FAILED)
    assert (watched.state.offline is not None) == case.offline
    if case.offline:
        assert case.words in watched.screen.top_rows.banner.text
        assert KEPT in watched.screen.top_rows.banner.text
    watched.keeps_what_it_had()


@pytest.mark.parametrize("name", BOARD_CASES)
def test_a_dashboard_that_cannot_be_read_stays_on_screen(watched, pulse, name):
    case = BOARD_CASES[name]
    watched.server.faults["dashboards/9/"] = case.fault
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.board.failure is not None)
    watched.quiet()
    assert watched.tries("dashboards/9/") == case.tries
    assert case.words in watched.screen.top_rows.banner.text
    assert KEPT in watched.screen.top_rows.banner.text
    assert (watched.state.offline is not None) == case.offline
    watched.keeps_what_it_had()


def test_an_older_answer_replaces_nothing(watched, pulse):
    watched.server.faults["insights/101/"] = says(OLDER)
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.tries("insights/101/") == 1)
    watched.quiet()
    assert watched.board.tiles[1].failure is None
    assert watched.times()[1] == at(0)
    watched.keeps_what_it_had()


def test_another_content_type_around_a_good_answer_is_no_failure(watched, pulse):
    good = {**insight(101, 3)}

    async def plain(writer):
        await faults.sent(writer, 200, faults.json.dumps(good).encode(), kind="text/plain")

    watched.server.faults["insights/101/"] = plain
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.times()[1] == at(3))
    watched.quiet()
    watched.keeps_what_it_had()


def test_a_server_that_refuses_all_is_tried_and_then_spared_until_it_is_back(watched, pulse):
    watched.server.refuse()
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.state.offline is not None)
    watched.quiet()
    assert watched.waits == [1.2, 2.4]
    assert "127.0.0.1 cannot be reached." in watched.screen.top_rows.banner.text
    assert KEPT in watched.screen.top_rows.banner.text
    assert watched.online.dashboards.reach.waits
    watched.keeps_what_it_had()


def test_waits_between_tries_double_or_are_those_of_the_server(watched):
    watched.server.faults["insights/101/"] = status(503)
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.board.tiles[1].failure is not None)
    assert watched.waits == [1.2, 2.4, 4.8, 9.6]
    watched.waits.clear()
    watched.server.faults["insights/101/"] = status(429, THROTTLED, retry_after=7)
    watched.online.refresh(9, tile_ids=[1])
    watched.qtbot.waitUntil(lambda: len(watched.waits) == 4)
    assert watched.waits == [7.0] * 4


REFUSED = {
    "of a quota": (status(402, QUOTA), False),
    "of a quota, without a code": (status(402, {"detail": "Pay."}), False),
    "of a quota, inside 200": (says({**insight(101), "query_status": USED_UP}), False),
    "of the plan": (status(402, PLAN), True),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_402_stops_the_rest_only_when_it_is_about_all_of_it(watched, name):
    fault, goes_on = REFUSED[name]
    watched.server.fake.tiles = [tile(number, 0, stale=True, y=number) for number in range(1, 9)]
    for number in range(101, 109):
        watched.server.faults[f"insights/{number}/"] = fault
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.board.tiles[1].failure is not None)
    watched.quiet()
    asked = {one for _, one, _ in watched.server.tries if one.startswith("insights/")}
    assert len(asked) == 8 if goes_on else len(asked) <= 4
    assert watched.board.progress is None


@pytest.fixture
def lost(monkeypatch):
    """Let posthog.example lead here, until something is in the list."""
    lost, known = [], socket.getaddrinfo

    def lookup(host, *rest, **more):
        if host not in ("posthog.example", b"posthog.example"):
            return known(host, *rest, **more)
        if lost:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return lost


def test_a_name_that_leads_nowhere_is_told(make, server, lost, pulse):
    watched = make(f"http://posthog.example:{server.port}")
    lost.append(True)
    server.refuse()
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.state.offline is not None)
    watched.quiet()
    assert "posthog.example cannot be reached." in watched.screen.top_rows.banner.text
    assert watched.waits == [1.2, 2.4]
    watched.keeps_what_it_had()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of nobody: made here, trusted nowhere."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "cert.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-subj", "/CN=nobody", "-days", "1", "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


@pytest.mark.parametrize("kind", ["nobody's certificate", "no TLS at all"])
def test_a_connection_that_is_not_safe_is_not_used(watched, pulse, certificate, kind):
    other = FaultyPostHog(certificate if kind == "nobody's certificate" else None)
    words = "is not trusted" if kind == "nobody's certificate" else "does not speak https"
    watched.online._session._client._exchange.host = f"https://127.0.0.1:{other.port}"
    watched.online.refresh(9)
    watched.qtbot.waitUntil(lambda: watched.state.offline is not None)
    watched.quiet()
    assert words in watched.screen.top_rows.banner.text
    assert other.tries == [], "the key was sent to nobody"
    watched.keeps_what_it_had()
    other.close()


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=1)], ids=["back", "ahead"])
def test_a_clock_that_is_set_loses_no_number_and_asks_at_once(watched, pulse, jump):
    auto = watched.online.dashboards.auto
    auto.tick()
    watched.clocks.go_on(300)
    watched.clocks.wall += jump.total_seconds()
    watched.now += timedelta(seconds=300) + jump
    auto.tick()
    watched.qtbot.waitUntil(lambda: watched.tries("dashboards/9/") == 1)
    watched.quiet()
    watched.screen.set_now(watched.now)
    age = watched.screen.grid.tiles[2].card_state.age
    assert age == tile_age(watched.times()[2], watched.now)
    assert age.endswith("clocks differ" if jump < timedelta() else "24 h")
    watched.keeps_what_it_had()


def test_an_outage_in_the_middle_ends_where_it_began(watched):
    """Refused, portal, throttled and well again: the numbers only ever grow newer."""
    for fault in (status(502), raw(PAGE, kind="text/html"), status(429, THROTTLED, retry_after=1)):
        watched.server.faults["insights/101/"] = fault
        watched.online.refresh(9, tile_ids=[1])
        watched.qtbot.waitUntil(lambda: watched.board.tiles[1].refreshing)
        watched.qtbot.waitUntil(lambda: not watched.board.tiles[1].refreshing)
        watched.keeps_what_it_had()
    watched.server.faults.clear()
    watched.clocks.go_on(60)
    watched.online.refresh(9, tile_ids=[1])
    watched.qtbot.waitUntil(lambda: watched.board.tiles[1].failure is None)
    assert watched.times()[1] == at(1)
    assert watched.screen.views[1].warning == ""
