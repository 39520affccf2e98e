"""What is asked for a report: which tiles, under which filters, and what a failure spoils."""

import asyncio
import json
from datetime import date

import httpx
import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.core.reporting.periods import Days, period_of
from phdesk.models.account import Project
from phdesk.models.report import Report, Section
from phdesk.services.report_reading import chosen, dated, read_parts
from tests.services import posthog
from tests.services.posthog import HOST, KEY, FakePostHog
from tests.store.builders import NOON, answer, at, board, text, tile

WEEK = Days(date(2026, 11, 16), date(2026, 11, 22))
PERIOD = period_of("last week", date(2026, 11, 23))


def test_tiles_are_found_by_title_or_short_id_in_the_order_of_the_names():
    made = board(
        tile(1, answer(name="Signups", short_id="aaa")),
        tile(2, answer(name="Revenue", short_id="bbb")),
        text(3),
    )
    found, missing = chosen(made, ("bbb", " signups ", "Nothing"))
    assert [one.id for one in found] == [2, 1]
    assert missing == ["Nothing"]
    assert [one.id for one in chosen(made, ())[0]] == [1, 2]


@pytest.mark.parametrize("modern", [True, False])
def test_the_dates_of_a_report_take_the_place_of_the_dashboards_and_nothing_else(modern):
    saved = {"date_from": "-30d", "properties": [{"key": "plan", "value": "pro"}]}
    raw = Raw(json.dumps(saved).encode())
    made = replace(board(), filters=raw, saved_filters=raw if modern else Raw(b"null"))
    sent = json.loads(bytes(dated(made, WEEK)))
    assert (sent["date_from"], sent["date_to"]) == ("2026-11-16", "2026-11-22T23:59:59")
    assert sent["properties"][0]["key"] == "plan"
    assert sent.get("explicitDate") is (True if modern else None)


def plain(answers):
    return lambda host, key: Client(host, key, transport=httpx.MockTransport(answers))


def read(server, *sections, **more):
    async def whole():
        connect = getattr(server, "connect", None) or plain(server)
        client = connect(HOST, KEY)
        try:
            report = Report(title="W", sections=sections, **more)
            return await read_parts(client, Project(id=7), report, PERIOD, NOON)
        finally:
            await client.close()

    return asyncio.run(whole())


@pytest.fixture
def server():
    made = FakePostHog()
    made.tiles = [posthog.tile(1, -5), posthog.tile(2, -9, y=5)]
    return made


def dates_asked(server):
    """Give the first days that tiles were asked for."""
    found = [params.get("filters_override") for path, params in server.asked if "insights" in path]
    return sorted(json.loads(one)["date_from"] for one in found if one)


def test_each_tile_is_asked_for_both_periods(server):
    (part,) = read(server, Section(dashboard="9"))
    assert [one.before is not None for one in part.answers] == [True, True]
    assert part.dashboard == "Weekly"
    days = [PERIOD.before.first.isoformat(), PERIOD.days.first.isoformat()]
    assert dates_asked(server) == sorted(days * 2)


def test_without_a_comparison_the_period_alone_is_asked_for(server):
    (part,) = read(server, Section(dashboard="9"), compare=False)
    assert [one.before for one in part.answers] == [None, None]
    assert dates_asked(server) == [PERIOD.days.first.isoformat()] * 2


def test_what_was_kept_from_before_the_end_of_the_period_is_calculated_anew(server):
    server.tiles = [posthog.tile(1, -5)]
    server.minute = -5 * 24 * 60  # what the server kept is of days before
    calculated = server.filtered

    def filtered(number, override):
        answer = calculated(number, override)
        server.minute = 0
        return answer

    server.filtered = filtered
    (part,) = read(server, Section(dashboard="9"), compare=False)
    modes = [params.get("refresh") for path, params in server.asked if "insights" in path]
    assert modes == ["blocking", "force_blocking"]
    assert part.answers[0].now.last_refresh > at(-60)


FAILED = {"type": "validation_error", "code": "invalid_input", "detail": "No.", "attr": None}


def test_why_the_period_before_could_not_be_read_is_known(server):
    server.tiles = [posthog.tile(1, -5)]
    handle = server.handle

    async def refusing(request):
        asked = json.loads(request.url.params.get("filters_override", "{}"))
        if asked.get("date_from") == PERIOD.before.first.isoformat():
            return httpx.Response(400, json=FAILED)
        return await handle(request)

    server.handle = refusing
    (part,) = read(server, Section(dashboard="9"))
    (found,) = part.answers
    assert found.before is None
    assert found.not_before.endswith("No.")
    assert read(server, Section(dashboard="9"), compare=False)[0].answers[0].not_before == ""


def test_why_what_was_kept_could_not_be_calculated_anew_is_known(server):
    server.tiles = [posthog.tile(1, -5)]
    server.minute = -5 * 24 * 60  # what the server kept is of days before
    handle = server.handle

    async def refusing(request):
        if request.url.params.get("refresh") == "force_blocking":
            return httpx.Response(400, json=FAILED)
        return await handle(request)

    server.handle = refusing
    (part,) = read(server, Section(dashboard="9"), compare=False)
    now = part.answers[0].now
    assert now.error.endswith("No.")
    assert now.last_refresh < at(-60), "the older one is told all the same"


def test_a_dashboard_that_is_not_there_spoils_its_section_alone(server):
    gone = {"type": "invalid_request", "code": "not_found", "detail": "Not found.", "attr": None}
    server.special["dashboards/404/"] = (404, gone)
    first, second = read(server, Section(dashboard="404"), Section(dashboard="9"))
    assert first.answers == ()
    assert first.problems[0].startswith("Dashboard 404: Not found")
    assert len(second.answers) == 2


def test_a_refused_key_ends_it():
    def refused(_request):
        return httpx.Response(401, json={"type": "authentication_error", "code": "invalid",
                                         "detail": "no", "attr": None})  # fmt: skip

    with pytest.raises(ApiError):
        read(refused, Section(dashboard="9"))
