"""Offer templates of dashboards as PostHog does, one of them with events left open."""

from typing import Any
from uuid import UUID

from phdesk.demo.dashboards.parts import by, events, funnel, insight, number, retention, trends

JSON = dict[str, Any]
STARTING = "DEFAULT_APP"  # the name by which PostHog itself asks for the first one
VISITS = events("$pageview", "dau")
_COLUMNS, _HEIGHT = 6, 5

# In the place of a series, for whoever uses the template to fill in.
SIGNUP: Any = "{SIGNUP}"
ACTIVATION: Any = "{ACTIVATION}"


def templates(created: str) -> list[JSON]:
    """List the templates."""
    return [
        _template(1, "Product analytics", "", _product(), None, created),
        _template(
            2,
            "Sign-up and activation",
            "How many people sign up, and how many of them get to what makes the product worth it.",
            _activation(),
            [
                _variable("SIGNUP", "Sign-up", "The event of somebody who made an account"),
                _variable("ACTIVATION", "Activation", "The event that means somebody got value"),
            ],
            created,
        ),
    ]


def template(name: str, created: str) -> JSON | None:
    """Find a template by the name that a body gives."""
    listed = templates(created)
    if name == STARTING:
        return listed[0]
    return next((one for one in listed if one["template_name"] == name), None)


def _product() -> list[JSON]:
    return [
        _tile(0, "Daily active users (DAUs)", trends("ActionsLineGraph", VISITS), "blue"),
        _tile(
            1,
            "Weekly active users (WAUs)",
            trends("ActionsLineGraph", VISITS, interval="week", dateRange={"date_from": "-90d"}),
            "green",
        ),
        _tile(
            2, "Retention", retention({"id": "$pageview"}, {"id": "$pageview"}, "Week", 8), "blue"
        ),
        _tile(
            3,
            "Growth accounting",
            insight(
                "LifecycleQuery",
                series=[events("$pageview")],
                interval="week",
                dateRange={"date_from": "-30d"},
            ),
            "purple",
        ),
        _tile(
            4,
            "Referring domain (last 14 days)",
            trends(
                "ActionsBarValue",
                VISITS,
                split=by("$referring_domain"),
                dateRange={"date_from": "-14d"},
            ),
            "black",
        ),
        _tile(
            5,
            "Pageview funnel, by browser",
            funnel(*[events("$pageview")] * 3, split=by("$browser"), layout="horizontal"),
            "green",
        ),
    ]


def _activation() -> list[JSON]:
    return [
        _tile(0, "Sign-ups", number(SIGNUP)),
        _tile(1, "Activated", number(ACTIVATION)),
        _tile(
            2,
            "From sign-up to activation",
            funnel(SIGNUP, ACTIVATION, layout="vertical"),
        ),
        {
            "type": "TEXT",
            "name": "",
            "description": "",
            "body": "## Activation\nWho gets here stays.",
            "layouts": _layouts(3),
            "color": None,
        },
    ]


def _tile(place: int, name: str, query: JSON, color: str | None = None) -> JSON:
    return {
        "type": "INSIGHT",
        "name": name,
        "description": "",
        "query": query,
        "layouts": _layouts(place),
        "color": color,
    }


def _layouts(place: int) -> JSON:
    size = {"w": _COLUMNS, "h": _HEIGHT}
    wide = {"x": place % 2 * _COLUMNS, "y": place // 2 * _HEIGHT, **size}
    return {"sm": wide, "xs": {"x": 0, "y": place * _HEIGHT, "w": 1, "h": _HEIGHT}}


def _variable(number: str, name: str, description: str) -> JSON:
    default = {"kind": "EventsNode", "event": "$pageview", "name": "$pageview", "math": "total"}
    return {
        "id": number,
        "name": name,
        "description": description,
        "type": "event",
        "required": True,
        "default": default,
    }


def _template(
    number: int,
    name: str,
    description: str,
    tiles: list[JSON],
    variables: list[JSON] | None,
    created: str,
) -> JSON:
    return {
        "id": str(UUID(int=number)),
        "template_name": name,
        "dashboard_description": description,
        "dashboard_filters": {},
        "tags": [],
        "tiles": tiles,
        "variables": variables,
        "deleted": None,
        "created_at": created,
        "created_by": None,
        "image_url": None,
        "team_id": None,
        "scope": "global",
        "availability_contexts": ["general"],
    }
