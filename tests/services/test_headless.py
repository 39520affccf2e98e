import pytest

from phdesk.api.errors import InvalidRequestError, NoKeyError, NotFoundError, WrongRegionError
from phdesk.core.sources import Noun, Source, parse_source
from phdesk.models.account import Account
from phdesk.services.credentials import SERVICE, Credentials
from phdesk.services.headless import Access, access_for, fetch, list_dashboards
from tests.services.posthog import HOST, KEY, NO_SCOPE, insight, tile
from tests.store.builders import at

ADA = Account(id="ada", host=HOST, project_id=7)
BEN = Account(id="ben", host="http://localhost:8000", project_id=3)
ENVIRON = {"PHDESK_API_KEY": KEY, "PHDESK_HOST": HOST, "PHDESK_PROJECT": "5"}
HERE = Access(host=HOST, key=KEY, project=7)


def chosen(text=None, environ=None, last=None):
    source = parse_source(text) if text else None
    return access_for(source, environ or {}, [ADA, BEN], Credentials(), last)


@pytest.fixture
def keys(vault):
    vault.kept.update({(SERVICE, "ada"): "phx_ada", (SERVICE, "ben"): "phx_ben"})


@pytest.mark.parametrize(
    ("text", "environ", "last", "access"),
    [
        ("9", ENVIRON, None, Access(host=HOST, key=KEY, project=5)),
        (f"{HOST}/project/6/dashboard/9", ENVIRON, None, Access(host=HOST, key=KEY, project=6)),
        (None, ENVIRON, "ben", Access(host=HOST, key=KEY, project=5)),
        ("9", {}, None, Access(host=HOST, key="phx_ada", project=7)),
        ("9", {}, "ben", Access(host=BEN.host, key="phx_ben", project=3)),
        (f"{HOST}/dashboard/9", {}, "ben", Access(host=HOST, key="phx_ada", project=7)),
        ("http://localhost:8000/dashboard/9", {}, None,
         Access(host=BEN.host, key="phx_ben", project=3)),
    ],
    ids=["environment", "project of the address", "list", "first account", "last account",
         "account of the host", "other account of the host"],
)  # fmt: skip
def test_the_right_key_is_chosen(keys, text, environ, last, access):
    assert chosen(text, environ, last) == access


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        ("https://evil.example/dashboard/9", ENVIRON, "is for https://eu.posthog.com"),
        ("https://evil.example/dashboard/9", {}, "no key for https://evil.example"),
    ],
    ids=["environment", "accounts"],
)
def test_a_key_is_never_sent_to_another_host(keys, text, environ, words):
    with pytest.raises(NoKeyError, match=words):
        chosen(text, environ)


def test_a_key_that_is_not_in_the_keyring_is_told(vault):
    with pytest.raises(NoKeyError, match="PHDESK_API_KEY"):
        chosen("9")


def test_a_dashboard_is_read(server):
    server.tiles = [tile(1, 0)]
    found = fetch(Source(noun=Noun.DASHBOARD, id=9), HERE, connect=server.connect)
    assert (found.dashboard.row.name, found.project.timezone) == ("Weekly", "Europe/Berlin")
    assert found.dashboard.tiles[0].insight.last_refresh == at(0)


@pytest.mark.parametrize(
    "source",
    [Source(noun=Noun.INSIGHT, id=101), Source(noun=Noun.INSIGHT, short_id="short101")],
    ids=["number", "short id"],
)
def test_an_insight_is_read(server, source):
    found = fetch(source, HERE, connect=server.connect)
    assert (found.insight.name, found.insight.last_refresh) == ("Insight 101", at(1))
    assert server.asked[-1] == ("insights/101/", {"refresh": "force_cache"})
    assert insight(101)["short_id"] == "short101"


def test_what_is_not_there_is_an_error(server):
    server.special["dashboards/9/"] = (404, {"type": "invalid_request", "code": "not_found"})
    with pytest.raises(NotFoundError):
        fetch(Source(noun=Noun.DASHBOARD, id=9), HERE, connect=server.connect)


def test_a_key_of_the_other_region_is_told_where_to_go(server):
    elsewhere = Access(host="https://us.posthog.com", key="phx_of_eu", project=7)
    with pytest.raises(WrongRegionError, match="in the EU region") as caught:
        fetch(Source(noun=Noun.DASHBOARD, id=9), elsewhere, connect=server.connect)
    assert "phx_of_eu" not in str(caught.value)


def test_dashboards_are_listed_in_the_project_of_the_key(server):
    rows = list_dashboards(Access(host=HOST, key=KEY), connect=server.connect)
    assert [row.name for row in rows] == ["Weekly"]


def test_a_key_without_a_project_is_told_what_to_set(server):
    server.special["users/@me/"] = (403, NO_SCOPE)
    with pytest.raises(InvalidRequestError, match="PHDESK_PROJECT"):
        list_dashboards(Access(host=HOST, key=KEY), connect=server.connect)


def test_a_key_that_may_not_read_the_project_still_reads_dashboards(server):
    server.special[""] = server.special["projects/7/"] = (403, NO_SCOPE)
    found = fetch(Source(noun=Noun.DASHBOARD, id=9), HERE, connect=server.connect)
    assert (found.dashboard.row.id, found.project.id) == (9, 7)


def test_the_key_does_not_show_in_descriptions():
    assert KEY not in repr(HERE)
