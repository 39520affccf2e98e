"""Define the dashboard Growth and acquisition."""

from phdesk.demo.dashboards.parts import (
    Board,
    by,
    card,
    events,
    funnel,
    heading,
    number,
    percent,
    row,
    trends,
    where,
)

_ON_SITE = {"properties": [where("$current_url", "icontains", "//lumenlane.example")]}
_PRICING = {"properties": [where("$current_url", "icontains", "lumenlane.example/pricing")]}
_VISITORS = events("$pageview", "dau", custom_name="Visitors", **_ON_SITE)
_SIGNUPS = events("signed_up", custom_name="Sign-ups")
_STEPS = (
    events("signed_up", custom_name="Signed up"),
    events("project_created", custom_name="Created a project"),
    events("teammate_invited", custom_name="Invited a teammate"),
)

BOARD = Board(
    name="Growth and acquisition",
    description=(
        "For marketing and growth: where do people come from, and where do we lose them on the"
        " way to becoming customers? Demo data."
    ),
    tags=("growth", "marketing"),
    date_from="-30d",
    rows=(
        row(
            2,
            card(3, "Website visitors", "Distinct people on the website.", number(_VISITORS)),
            card(3, "Sign-ups", "People who made an account.", number(_SIGNUPS)),
            card(
                3,
                "Visitors who sign up",
                "Sign-ups out of a hundred visitors.",
                number(
                    events("signed_up", "dau"),
                    _VISITORS,
                    **percent("Sign-up rate"),
                ),
            ),
            card(
                3,
                "New subscriptions",
                "Customers who began to pay.",
                number(events("subscription_started", custom_name="Subscriptions")),
            ),
        ),
        heading("## From visit to customer\nEach step is one more promise kept."),
        row(
            5,
            card(
                8,
                "From pricing page to subscription",
                "Ordered steps within 14 days.",
                funnel(
                    events("$pageview", custom_name="Saw the prices", **_PRICING),
                    *_STEPS,
                    events("subscription_started", custom_name="Subscribed"),
                    layout="vertical",
                ),
            ),
            card(
                4,
                "Sign-ups by channel",
                "The site that sent them.",
                trends("ActionsPie", _SIGNUPS, split=by("$referring_domain", limit=6)),
            ),
        ),
        row(
            5,
            card(
                6,
                "Visitors by source",
                "Tagged campaigns; untagged visits are None.",
                trends("ActionsAreaGraph", _VISITORS, split=by("utm_source", limit=3)),
            ),
            card(
                6,
                "Onboarding by browser",
                "Does one browser lose more people than the others?",
                funnel(*_STEPS, split=by("$browser", limit=4), layout="horizontal"),
            ),
        ),
        heading("## Speed\nHow many get through, and how fast."),
        row(
            5,
            card(
                6,
                "Sign-up to project, by week",
                "Share of each week's sign-ups with a project within 3 days.",
                funnel(
                    *_STEPS[:2], funnelVizType="trends", funnelWindowInterval=3, interval="week"
                ),
            ),
            card(
                6,
                "Time from sign-up to teammate",
                "How long the whole onboarding takes.",
                funnel(
                    *_STEPS,
                    funnelVizType="time_to_convert",
                    funnelWindowInterval=6,
                    funnelWindowIntervalUnit="hour",
                ),
            ),
        ),
    ),
)
