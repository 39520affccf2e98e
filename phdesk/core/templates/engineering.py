"""Define the template Engineering health."""

from phdesk.core.templates.parts import (
    Card,
    Chosen,
    Row,
    Slot,
    Template,
    by,
    card,
    event,
    newest,
    number,
    row,
    trends,
    words,
)

REQUEST = Slot(
    id="request",
    label="The product is used",
    hint="A request or a page view: what errors are compared with.",
    guesses=("api_request", "api_response_time", "request_finished", "$pageview", "$web_vitals"),
)
ERROR = Slot(
    id="error",
    label="Something fails",
    guesses=("$exception", "api_error_occurred", "error_occurred", "error", "exception"),
)
DURATION = Slot(
    id="duration",
    label="How long it took, in milliseconds",
    hint="A number on the event above. Without it, nothing is said of speed.",
    guesses=("duration_ms", "duration", "response_time_ms", "response_time", "latency_ms"),
    required=False,
    kind="property",
    of="request",
    numeric=True,
)
DEPLOY = Slot(
    id="deploy",
    label="A version is released",
    guesses=("deploy_finished", "deployed", "release_created", "deployment"),
    required=False,
)


def _rows(chosen: Chosen) -> tuple[Row, ...]:
    errors = event(chosen["error"], label="Errors")
    met = event(chosen["error"], "dau", "People")
    used = event(chosen["request"], label="Uses")
    changes = [errors]
    if "deploy" in chosen:
        changes.append(event(chosen["deploy"], label="Releases"))
    return (
        row(
            2,
            _hero(chosen),
            card(3, "Errors", "All that failed.", number(errors), "purple"),
            card(3, "People who met an error", "Distinct people.", number(met)),
            card(
                3,
                "Errors for 1,000 uses",
                "Grows only when things get worse, not when more people come.",
                number(errors, used, formula="A / B * 1000", decimalPlaces=2),
            ),
        ),
        words("## Fast and whole\nThe median is the usual day, the slowest tenth is the bad one."),
        row(
            5,
            _speed(chosen),
            card(
                4,
                "Errors by browser",
                "One bar far above the others is a place to begin.",
                trends("ActionsBarValue", errors, split=by("$browser", limit=8)),
            ),
        ),
        row(
            5,
            card(
                6,
                "Errors by day",
                "With releases, where they are known."
                if len(changes) > 1
                else "All that failed, each day.",
                trends("ActionsLineGraph", *changes, showLegend=True),
            ),
            card(
                6,
                "Where it fails",
                "Pages with the most errors.",
                trends("ActionsTable", errors, split=by("$current_url", limit=10)),
            ),
        ),
        words("## Where to look first\nOf a new error, the person can still be asked."),
        row(
            5,
            card(12, "Newest errors", "With the person who met it.", newest(chosen["error"])),
        ),
    )


def _hero(chosen: Chosen) -> Card:
    if "duration" not in chosen:
        used = number(event(chosen["request"], label="Uses"))
        return card(3, "Uses", "What errors are compared with.", used, "blue")
    slow = _took(chosen, "p90", "Slowest tenth")
    query = number(slow, aggregationAxisFormat="duration_ms")
    return card(3, "Slowest tenth (p90)", "Nine of ten were faster.", query, "blue")


def _speed(chosen: Chosen) -> Card:
    if "duration" not in chosen:
        used = trends("ActionsLineGraph", event(chosen["request"], label="Uses"))
        return card(8, "Uses by day", "What errors are compared with.", used)
    series = (
        _took(chosen, "median", "Median"),
        _took(chosen, "p90", "p90"),
        _took(chosen, "p99", "p99"),
    )
    query = trends(
        "ActionsLineGraph", *series, aggregationAxisFormat="duration_ms", showLegend=True
    )
    return card(8, "How long it takes", "Median, p90 and p99 by day.", query)


def _took(chosen: Chosen, math: str, label: str) -> dict[str, object]:
    return event(chosen["request"], math, label, math_property=chosen["duration"])


TEMPLATE = Template(
    key="engineering",
    title="Engineering health",
    description="For engineers on call: is the product fast and whole, and who feels it when not?",
    tags=("engineering", "on-call"),
    slots=(REQUEST, ERROR, DURATION, DEPLOY),
    rows=_rows,
    date_from="-14d",
)
