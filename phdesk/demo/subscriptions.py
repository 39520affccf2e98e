"""Keep the demo's subscriptions, which it never delivers: it knows when it would have to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phdesk.demo.account import USER
from phdesk.demo.errors import ApiError, invalid, not_found
from phdesk.demo.ranges import iso
from phdesk.demo.recurring import UNITS, WEEKDAYS, next_time, summary
from phdesk.demo.routing import JSON, as_json, page, route
from phdesk.demo.shelf import Shelf

TARGETS = ("email", "slack", "teams")
NEEDED = ("target_type", "target_value", "frequency", "start_date")
MOST_CHARTS = 6
RESTS = timedelta(minutes=1)  # between two tests of one
DEFAULTS: JSON = {
    "dashboard": None,
    "insight": None,
    "integration_id": None,
    "dashboard_export_insights": [],
    "interval": 1,
    "byweekday": None,
    "bysetpos": None,
    "count": None,
    "until_date": None,
    "deleted": False,
    "title": None,
    "invite_message": None,
    "enabled": True,
}


@dataclass(slots=True)
class Subscription:
    """A subscription, in the fields in which it was sent."""

    id: int
    fields: JSON
    created: datetime
    tested: datetime | None = None


class Subscriptions:
    """All of the project; a deleted one can be brought back."""

    def __init__(self, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self._shelf, self._now = shelf, now
        self._all: dict[int, Subscription] = {}
        self._begin()

    def routes(self, project: str) -> list[Route]:
        """Say what is asked where."""
        base = project + "subscriptions/"
        return [
            route(base, {"GET": self._list, "POST": self._create}),
            route(base + "{subscription}/", {"GET": self._read, "PATCH": self._change}),
            route(base + "{subscription}/test-delivery/", {"POST": self._test}),
        ]

    def _begin(self) -> None:
        """Let Monday's numbers go to two people, as in many companies."""
        board = self._shelf.dashboard(1)
        charts = [tile.insight.id for tile in board.shown() if tile.insight]
        monday = self._shelf.created.replace(hour=8, minute=0, second=0, microsecond=0)
        fields = {
            "dashboard": 1,
            "dashboard_export_insights": charts[:MOST_CHARTS],
            "target_type": "email",
            "target_value": "ada@example.org,ben@example.org",
            "frequency": "weekly",
            "byweekday": ["monday"],
            "start_date": iso(monday),
            "title": "Monday numbers",
        }
        self._all[1] = Subscription(1, DEFAULTS | fields, self._shelf.created)

    def _list(self, request: Request, _body: JSON) -> Response:
        asked = request.query_params
        found = [one for one in self._all.values() if not one.fields["deleted"]]
        for key in ("dashboard", "insight"):
            if key in asked:
                found = [one for one in found if str(one.fields[key]) == asked[key]]
        return page(request, [self._written(one) for one in found])

    def _read(self, request: Request, _body: JSON) -> Response:
        return as_json(self._written(self._one(request)))

    def _create(self, _request: Request, body: JSON) -> Response:
        for key in NEEDED:
            if body.get(key) is None:
                raise ApiError(
                    400, "validation_error", "required", "This field is required.", attr=key
                )
        fields = DEFAULTS | {key: body[key] for key in (*DEFAULTS, *NEEDED) if key in body}
        self._check(fields)
        made = Subscription(max(self._all) + 1, fields, self._now())
        self._all[made.id] = made
        return as_json(self._written(made), 201)

    def _change(self, request: Request, body: JSON) -> Response:
        found = self._one(request)
        known = (*DEFAULTS, *NEEDED)
        fields = found.fields | {key: body[key] for key in known if key in body}
        self._check(fields)
        found.fields = fields
        return as_json(self._written(found))

    def _test(self, request: Request, _body: JSON) -> Response:
        found, now = self._one(request), self._now()
        if found.tested is not None and now - found.tested < RESTS:
            wait = int((RESTS - (now - found.tested)).total_seconds()) + 1
            detail = f"Request was throttled. Expected available in {wait} seconds."
            raise ApiError(429, "throttled_error", "throttled", detail)
        found.tested = now
        return as_json({}, 202)

    def _one(self, request: Request) -> Subscription:
        text = request.path_params["subscription"]
        found = self._all.get(int(text)) if text.isdigit() else None
        if found is None:
            raise not_found()
        return found

    def _check(self, fields: Mapping[str, Any]) -> None:
        _check_choice("target_type", fields["target_type"], TARGETS)
        _check_choice("frequency", fields["frequency"], tuple(UNITS))
        for day in fields["byweekday"] or []:
            _check_choice("byweekday", day, WEEKDAYS)
        if not isinstance(fields["interval"], int) or fields["interval"] < 1:
            raise invalid("Ensure this value is greater than or equal to 1.", attr="interval")
        if not str(fields["target_value"]).strip():
            raise invalid("This field may not be blank.", attr="target_value")
        self._check_charts(fields)

    def _check_charts(self, fields: Mapping[str, Any]) -> None:
        if fields["dashboard"] is None and fields["insight"] is None:
            raise invalid("Either dashboard or insight is required.")
        if fields["insight"] is not None:
            self._shelf.insight(fields["insight"])
            return
        board = self._shelf.dashboard(fields["dashboard"])
        known = {tile.insight.id for tile in board.shown() if tile.insight}
        charts = fields["dashboard_export_insights"] or []
        if not charts:
            raise invalid("Select at least one insight.", attr="dashboard_export_insights")
        if len(charts) > MOST_CHARTS or not set(charts) <= known:
            raise invalid(
                f"Select at most {MOST_CHARTS} insights of the dashboard.",
                attr="dashboard_export_insights",
            )

    def _written(self, one: Subscription) -> JSON:
        fields = one.fields
        start = _moment(fields["start_date"])
        following = next_time(fields, start, self._now())
        is_insight = fields["insight"] is not None
        insight = self._shelf.insight(fields["insight"], deleted=True) if is_insight else None
        board = None if is_insight else self._shelf.dashboards.get(fields["dashboard"])
        name = insight.name if insight else str(board.fields["name"]) if board else ""
        return {
            "id": one.id,
            **fields,
            "created_at": iso(one.created),
            "created_by": USER,
            "summary": summary(fields),
            "next_delivery_date": None if following is None else iso(following),
            "invite_message": None,  # written, never told
            "resource_type": "insight" if is_insight else "dashboard",
            "resource_name": name,
            "insight_short_id": insight.short_id if insight else None,
        }


def _check_choice(key: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        detail = f'"{value}" is not a valid choice.'
        raise ApiError(400, "validation_error", "invalid_choice", detail, attr=key)


def _moment(text: object) -> datetime:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise invalid("Datetime has wrong format.", attr="start_date") from error
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
