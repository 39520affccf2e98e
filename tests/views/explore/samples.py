"""Views of every body for the tests of the focus view."""

import math

from phdesk.core.charts.spec import (
    BarsBody,
    Body,
    ButtonBody,
    Column,
    Country,
    FunnelBar,
    FunnelBody,
    FunnelGroup,
    FunnelStep,
    GoalLine,
    MapBody,
    MarkdownBody,
    NoticeBody,
    NumberBody,
    PieBody,
    RetentionBody,
    RetentionCell,
    RetentionRow,
    SankeyBody,
    SankeyLink,
    SankeyNode,
    Share,
    Table,
    TableBody,
    TileView,
    XYBody,
    XYSeries,
)

LABELS = tuple(f"{day} Nov" for day in range(1, 31))
NAMES = ("Signed up", "Onboarding completed", "First insight saved")


def wave(index, count=30):
    return tuple(
        round(900 / (index + 1) + 80 * math.sin(day / 2 + index) + day * 4) for day in range(count)
    )


def table_of(body):
    columns = (Column("Date"), *(Column(one.label, numeric=True) for one in body.series))
    rows = tuple(
        (body.x_titles[i], *(one.values[i] for one in body.series))
        for i in range(len(body.x_titles))
    )
    texts = tuple(
        tuple(
            "–" if cell is None else cell if isinstance(cell, str) else f"{cell:,}" for cell in row
        )
        for row in rows
    )
    return Table(columns, rows, texts)


def lines(mark="line", *, stacked=False, percent=False, previous=False, dashed=28):
    series = tuple(
        XYSeries(
            label=name,
            color=f"preset-{i + 1}",
            values=wave(i),
            mark=mark,
            dashed_from=dashed,
            no_sum="",
        )
        for i, name in enumerate(NAMES)
    )
    if previous:
        before = tuple(value - 60 for value in wave(0))
        series += (
            XYSeries(label=NAMES[0], color="preset-1", values=before, previous=True, no_sum=""),
        )
    return XYBody(
        x_labels=LABELS,
        x_titles=tuple(f"{label} 2026" for label in LABELS),
        series=series,
        stacked=stacked,
        percent=percent,
        goal_lines=(GoalLine("Goal {2026}", 950.0, "950"),) if mark == "line" else (),
    )


def view(body, *, table=None, title="Signups and activated teams", short_id="abc123"):
    made = table_of(body) if table is None and isinstance(body, XYBody) else table or Table()
    return TileView(
        title=title,
        kind="TrendsQuery",
        kind_label="Trends",
        display="ActionsLineGraph",
        summary="Signups: line chart, 3 series, last value 1,204, up 8% on the previous period.",
        body=body,
        table=made,
        range_label="last 30 days",
        short_id=short_id,
    )


SHARES = tuple(
    Share(label=name, color=f"preset-{i}", value=float(90 // i), text=str(90 // i), share_text="9%")
    for i, name in enumerate(("Chrome", "Safari", "Firefox"), 1)
)
FUNNEL = FunnelBody(
    steps=tuple(
        FunnelStep(
            name=name,
            count=count,
            rate=count / 5248,
            count_text=f"{count:,}",
            rate_text=f"{count / 52.48:.2f}%",
            bars=(FunnelBar(count=count, rate=count / 5248, text=f"{count:,}"),),
        )
        for name, count in (("Signed up", 5248), ("Created project", 3740), ("Saved insight", 842))
    ),
    groups=(FunnelGroup("All", "preset-1"),),
    columns=False,
    total_text="16.04%",
)
RETENTION = RetentionBody(
    columns=("Week 0", "Week 1"),
    rows=(
        RetentionRow(
            label="5 Oct",
            size_text="380",
            cells=(RetentionCell("100%", 1.0), RetentionCell("53%", 0.53)),
        ),
    ),
)
SANKEY = SankeyBody(
    nodes=(
        SankeyNode(layer=0, label="/", title="/", value=10, text="10"),
        SankeyNode(layer=1, label="/pricing", title="/pricing", value=6, text="6"),
    ),
    links=(SankeyLink(source=0, target=1, value=6),),
)
PEOPLE = Table(
    (Column("Name"), Column("Visits", numeric=True), Column("Note")),
    (
        ("Ada", 900, "=cmd()"),
        ("Bea", 1200, None),
        ("Cyd", None, "-5 points"),
        ("Dan", 30, "plain"),
    ),
    (
        ("Ada", "900", "=cmd()"),
        ("Bea", "1,200", "–"),
        ("Cyd", "–", "-5 points"),
        ("Dan", "30", "plain"),
    ),
    "First 100 rows",
)
BODIES: dict[str, Body] = {
    "line": lines(),
    "line with previous": lines(previous=True),
    "area": lines("area"),
    "stacked area": lines("area", stacked=True),
    "bar": lines("bar"),
    "stacked bar": lines("bar", stacked=True),
    "percent bar": lines("bar", stacked=True, percent=True),
    "bars": BarsBody(SHARES),
    "pie": PieBody(SHARES, "150"),
    "number": NumberBody(text="$184,260", value=184260.0, delta_text="6.2%", direction="up"),
    "table": TableBody(),
    "map": MapBody((Country(code="DE", name="Germany", value=9, text="9", strength=1.0),)),
    "funnel": FUNNEL,
    "retention": RETENTION,
    "paths": SANKEY,
    "markdown": MarkdownBody("# Hello\n\nWorld"),
    "button": ButtonBody(text="Docs", url="https://example.com"),
    "notice": NoticeBody(state="error", headline="The query failed."),
}
