"""Define the dashboard Engineering health."""

from phdesk.demo.choices import with_variables
from phdesk.demo.dashboards.parts import (
    Board,
    axes,
    by,
    card,
    events,
    heading,
    newest,
    number,
    percent,
    row,
    sql,
    trends,
    where,
)

_MS = {"aggregationAxisFormat": "duration_ms"}
_FAILED = {"properties": [where("status", "gt", 499)]}


def _latency(math: str, name: str) -> dict[str, object]:
    return events("api_request", math, math_property="duration_ms", custom_name=name)


BOARD = Board(
    name="Engineering health",
    description=(
        "For engineers on call: is the product fast and whole, and do we ship? Demo data with a"
        " bad day about every other week."
    ),
    tags=("engineering", "on-call"),
    date_from="-14d",
    rows=(
        row(
            2,
            card(
                3,
                "Slow requests (p95)",
                "19 of 20 API requests are faster.",
                number(_latency("p95", "p95"), **_MS),
                "blue",
            ),
            card(
                3,
                "Failed API requests",
                "Share of requests answered with 500 or more.",
                number(
                    events("api_request", **_FAILED),
                    events("api_request"),
                    **percent("Failed requests", 2),
                ),
                above=0.7,
            ),
            card(
                3,
                "Exceptions",
                "Errors caught in the browser.",
                number(events("$exception", custom_name="Exceptions")),
            ),
            card(
                3,
                "Deploys",
                "Finished deploys, failed ones included.",
                number(events("deploy_finished", custom_name="Deploys")),
            ),
        ),
        heading("## Fast and whole\nThe median is the usual day, the p99 is the bad one."),
        row(
            5,
            card(
                8,
                "API latency",
                "Median, p90 and p99 of a request.",
                trends(
                    "ActionsLineGraph",
                    _latency("median", "Median"),
                    _latency("p90", "p90"),
                    _latency("p99", "p99"),
                    look=_MS | {"showLegend": True, "showAlertThresholdLines": True},
                ),
                above=800,
                series=2,
            ),
            card(
                4,
                "Exceptions by type",
                "Stacked by the name of the error.",
                trends("ActionsStackedBar", events("$exception"), split=by("$exception_type")),
            ),
        ),
        row(
            5,
            card(
                6,
                "API requests by hour",
                "Volume over the range of the dashboard.",
                sql(
                    "ActionsLineGraph",
                    """select toStartOfHour(timestamp) as hour, count() as requests
                       from events where event = 'api_request' and {filters}
                       group by hour order by hour limit 1000""",
                    **axes("hour", "requests"),
                ),
            ),
            card(
                6,
                "Deploys by week",
                "Succeeded and failed deploys of the last 90 days.",
                with_variables(
                    sql(
                        "ActionsStackedBar",
                        """select toStartOfWeek(timestamp) as week,
                       countIf(properties.status = 'succeeded') as succeeded,
                       countIf(properties.status = 'failed') as failed
                       from events where event = 'deploy_finished'
                       and timestamp > now() - interval 90 day
                       and ({variables.service} = 'all'
                            or properties.service = {variables.service})
                       group by week order by week""",
                        **axes("week", "succeeded", "failed"),
                    ),
                    "service",
                ),
            ),
        ),
        heading("## Where to look first"),
        row(
            5,
            card(
                6,
                "Endpoints by slowness",
                "The slowest at the top.",
                with_variables(
                    sql(
                        "ActionsTable",
                        """select properties.endpoint as endpoint, count() as requests,
                       countIf(properties.duration_ms >= {variables.slow_ms}) as slow,
                       round(quantile(0.5)(properties.duration_ms), 1) as median_ms,
                       round(quantile(0.95)(properties.duration_ms), 1) as p95_ms,
                       round(100 * countIf(properties.status >= 500) / count(), 2)
                           as failed_percent
                       from events where event = 'api_request' and {filters}
                       group by endpoint order by p95_ms desc""",
                    ),
                    "slow_ms",
                ),
            ),
            card(
                6,
                "Latest exceptions",
                "The newest 25, with the browser they happened in.",
                newest("$exception", "properties.$exception_type", "person", "properties.$browser"),
            ),
        ),
    ),
)
