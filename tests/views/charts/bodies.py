"""Bodies that the tests of the painters share: a fair one of each kind, and nasty ones."""

import math

from msgspec import structs

from phdesk.core.charts.parts import without
from phdesk.core.charts.shapes import (
    Box,
    BoxPlotBody,
    BoxSeries,
    HeatCell,
    HeatmapBody,
    HeatRow,
    Slope,
    SlopeBody,
)
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
    MetricBody,
    NoticeBody,
    NumberBody,
    Overlay,
    PairBody,
    PieBody,
    ProportionBody,
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
from phdesk.core.formatting import Format

LONG = "A very long name that nobody can read in one go, /pricing?utm_source=newsletter&x=" * 3
RTL, CJK = "عدد الزيارات اليومية للموقع", "毎日のページビュー数と登録者数"
DAYS = tuple(f"{1 + day % 30} {'Oct' if day < 30 else 'Nov'}" for day in range(30))


NO_ROWS = Table()


def view(body: Body, table: Table = NO_ROWS) -> TileView:
    return TileView(
        title="Title", kind="TrendsQuery", kind_label="Trends", display="", summary="",
        body=body, table=table,
    )  # fmt: skip


def xy(*series: XYSeries, labels: tuple[str, ...] = DAYS, **more: object) -> XYBody:
    titles = tuple(f"Thursday {label} 2026" for label in labels)
    return XYBody(x_labels=labels, x_titles=titles, series=series, **more)  # type: ignore[arg-type]


def wave(index: int, count: int = 30, base: float = 300) -> tuple[float, ...]:
    return tuple(
        round(base / (index + 1) * (1 + 0.3 * math.sin(day / 1.1 + index) + day / count), 0)
        for day in range(count)
    )


def lines(mark: str = "line", count: int = 3, **more: object) -> tuple[XYSeries, ...]:
    names = ("Signed up", "Onboarding completed", "First insight saved", "Invited", "Paid")
    return tuple(
        XYSeries(
            label=names[i % 5], color=f"preset-{i % 15 + 1}", values=wave(i), mark=mark,  # type: ignore[arg-type]
            dashed_from=29, **more,  # type: ignore[arg-type]
        )
        for i in range(count)
    )  # fmt: skip


def share(label: str, value: float | None, color: str = "preset-1", **more: object) -> Share:
    return Share(label=label, color=color, value=value, text=f"{value:,.0f}", **more)  # type: ignore[arg-type]


SHARES = tuple(
    share(name, value, f"preset-{i + 1}", share_text=f"{value / 500:.1f}%")
    for i, (name, value) in enumerate(
        (("Chrome", 24210), ("Safari", 13003), ("Firefox", 8120), ("Edge", 3650), ("Opera", 1017))
    )
)
LIFECYCLE = tuple(
    XYSeries(label=name.title(), color=f"lifecycle-{name}", mark="bar",
             values=tuple(sign * (base + 14 * ((i * 7) % 5)) for i in range(12)))
    for name, sign, base in (("new", 1, 120), ("returning", 1, 260), ("resurrecting", 1, 50),
                             ("dormant", -1, 120))
)  # fmt: skip
TABLE = Table(
    columns=(Column("Page"), Column("Visitors", numeric=True), Column("Bounce rate", numeric=True),
             Column("Referrer"), Column("Time on page", numeric=True)),
    rows=tuple((f"/p/{i}", i, i, "x", i) for i in range(40)),
    texts=tuple((f"/docs/product-analytics/page-{i}", f"{9000 - i * 97:,}", f"{20 + i}.4%",
                 "news.example.com", f"{i}m 12s") for i in range(40)),
    note="First 100 rows",
)  # fmt: skip


def funnel(columns: bool, groups: int = 1, steps: int = 4) -> FunnelBody:
    names = ("Signed up", "Created project", "Invited teammate", "Saved insight", "Paid")
    counts = (5248, 3740, 1596, 842, 200)
    made = []
    for i in range(steps):
        count, before = counts[i % 5], counts[max(i % 5 - 1, 0)]
        made.append(
            FunnelStep(
                name=names[i % 5], count=count, rate=count / 5248, count_text=f"{count:,}",
                rate_text=f"{count / 52.48:.2f}%",
                dropped_text=f"{before - count:,}" if i else "",
                dropped_rate_text=f"{(before - count) / before * 100:.2f}%" if i else "",
                time_text="12m 49s" if i else "",
                bars=tuple(
                    FunnelBar(
                        count=count / (g + 1),
                        rate=count / 5248 / (1 + g * 0.2 * (i > 0)),
                        text=f"{count}",
                    )
                    for g in range(groups)
                ),
            )
        )  # fmt: skip
    return FunnelBody(
        steps=tuple(made), columns=columns, total_text="16.04%", average_time_text="1d 4h",
        groups=tuple(FunnelGroup(f"Chrome {g}", f"preset-{g + 1}") for g in range(groups)),
    )  # fmt: skip


def retention(count: int = 7) -> RetentionBody:
    rows = [
        RetentionRow(label="Mean", size_text="", mean=True,
                     cells=tuple(_cell(i, 0, False) for i in range(count)))
    ]  # fmt: skip
    for r in range(count):
        cells = tuple(_cell(i, r, i == count - r - 1) for i in range(count - r))
        rows.append(RetentionRow(label=f"{5 + r} Oct", size_text=f"{380 + 37 * r}", cells=cells))
    return RetentionBody(columns=tuple(f"Week {i}" for i in range(count)), rows=tuple(rows))


def _cell(column: int, row: int, pending: bool) -> RetentionCell:
    ratio = 1.0 if column == 0 else 0.53 / (1 + 0.35 * (column - 1)) - row * 0.01
    return RetentionCell(f"{ratio * 100:.1f}%", ratio, pending)


def paths() -> SankeyBody:
    spec = (
        (0, "/", 5248, 620), (0, "/blog", 800, 100), (1, "/product", 3740, 700),
        (1, "/cart", 1276, 300), (1, "/checkout", 464, 40), (2, "/cart", 1596, 400),
        (2, "/", 555, 100), (2, "/product", 490, 60), (3, "/checkout", 842, 842),
        (3, "/cart", 485, 200),
    )  # fmt: skip
    flows = (
        (0, 2, 3200), (0, 3, 1000), (0, 4, 300), (1, 2, 540), (1, 3, 160), (2, 5, 1400),
        (2, 6, 500), (2, 7, 490), (3, 5, 196), (3, 8, 200), (5, 8, 642), (6, 9, 300), (7, 9, 185),
    )  # fmt: skip
    return SankeyBody(
        nodes=tuple(
            SankeyNode(layer=layer, label=name, title=f"https://example.com{name}", value=value,
                       text=f"{value:,}", dropoff=left)
            for layer, name, value, left in spec
        ),
        links=tuple(SankeyLink(source=a, target=b, value=v) for a, b, v in flows),
    )  # fmt: skip


def world() -> MapBody:
    values = (("AU", "Australia", 1732), ("IS", "Iceland", 6), ("US", "United States", 900),
              ("SG", "Singapore", 500), ("DE", "Germany", 640), ("BR", "Brazil", 210))  # fmt: skip
    return MapBody(
        countries=tuple(
            Country(code=c, name=n, value=v, text=f"{v:,}", strength=v / 1732) for c, n, v in values
        ),
        unplaced=("ZZ",),
    )


NUMBER = NumberBody(text="1.23 M", value=1.23e6, caption="Signed up", delta_text="6.2%",
                    direction="up", comparison="from previous period")  # fmt: skip
HUGE = (1.7e308, -1.7e308, 1e300, 0.0)


def metric(values: tuple[float | None, ...], dashed: int | None = None) -> MetricBody:
    titles = tuple(f"Thursday {day}" for day in range(len(values)))
    return MetricBody(number=NUMBER, values=values, x_titles=titles, dashed_from=dashed)


def slopes(*pairs: tuple[str, float, float]) -> SlopeBody:
    made = tuple(
        Slope(label=label, color=f"preset-{i % 15 + 1}", start=a, end=b, start_text=f"{a:,.0f}",
              end_text=f"{b:,.0f}", change_text="+8.3%", dashed=i == 1)
        for i, (label, a, b) in enumerate(pairs)
    )  # fmt: skip
    return SlopeBody(slopes=made, start_title="26 Oct 2026", end_title="23 Nov 2026")


def boxes(count: int = 14, series: int = 1, base: float = 20.0, **more: object) -> BoxPlotBody:
    made = []
    for s in range(series):
        row: list[Box | None] = []
        for i in range(count):
            mid = base * (s + 1) * (1 + 0.3 * math.sin(i / 2 + s))
            one = Box(low=mid * 0.3, p25=mid * 0.7, median=mid, p75=mid * 1.4, high=mid * 2.1,
                      mean=mid * 1.1)  # fmt: skip
            row.append(None if i == 4 else one)
        made.append(BoxSeries(label=f"Load time {s}", color=f"preset-{s + 1}", boxes=tuple(row)))
    labels = tuple(DAYS[i % 30] for i in range(count))
    return BoxPlotBody(x_labels=labels, x_titles=labels, series=tuple(made), **more)  # type: ignore[arg-type]


def heat(rows: int = 7, columns: int = 24, *, totals: bool = True) -> HeatmapBody:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    made = []
    for r in range(rows):
        values = [round(300 * (0.5 + 0.5 * math.sin(c / 4 + r))) for c in range(columns)]
        cells = tuple(HeatCell(f"{v:,}", v / 300, short=f"{v}") for v in values)
        words = f"{sum(values):,}" if totals else ""
        made.append(HeatRow(label=days[r % 7], cells=cells, total_text=words))
    return HeatmapBody(
        columns=tuple(f"{c:02}:00" for c in range(columns)), rows=tuple(made), low_text="0",
        high_text="300", total_text="25,200" if totals else "",
        column_totals=tuple("952" for _ in range(columns)) if totals else (),
    )  # fmt: skip


MARKDOWN = """## What this board is for
Only *paid* traffic, see [the plan](https://example.com/plan) and <b>nothing</b> else.

- [x] Launch
- [ ] Measure

| team | goal |
|---|---|
| Growth | 12 % |

> Numbers are from `events`. ![alt](file:///etc/passwd) [bad](javascript:alert(1))
"""

FAIR: dict[str, TileView] = {
    "line": view(xy(*lines())),
    "area": view(xy(*lines("area"), stacked=True)),
    "compare": view(xy(
        lines()[0], XYSeries(label="Signed up (previous)", color="preset-1",
                             values=wave(0, base=220), previous=True),
        goal_lines=(GoalLine("Target", 700, "700"),))),
    "bar": view(xy(*lines("bar"), stacked=True)),
    "grouped": view(xy(*lines("bar", 2), labels=DAYS[:30])),
    "percent": view(xy(*lines("area"), stacked=True, percent=True)),
    "lifecycle": view(xy(*LIFECYCLE, labels=DAYS[:12], stacked=True)),
    "right axis": view(xy(
        lines()[0],
        XYSeries(label="Revenue", color="preset-5", values=wave(1, base=4e6), right_axis=True),
        right_format=Format(style="currency"))),
    "log": view(xy(XYSeries(label="Requests", color="preset-2",
                            values=tuple(10 ** (i / 6) for i in range(30))), log=True)),
    "histogram": view(xy(
        XYSeries(label="Persons", color="preset-5", values=(4573, 20, 13, 9, 6, 6, 5, 5, 4, 0),
                 mark="bar"),
        labels=("0s", "4h 35m", "8h 1m", "12h", "16h", "20h", "1d", "1d 4h", "1d 8h", "1d 12h"),
        value_labels=("98.6%", "0.4%", "0.3%", "0.2%", "0.1%", "0.1%", "0.1%", "0.1%", "0.1%",
                      ""), legend=False)),
    "overlays": view(xy(*lines(count=2), overlays=(
        Overlay(series=0, values=tuple(280 + 9.0 * i for i in range(30))),
        Overlay(series=1, values=(None,) * 3 + wave(1)[:27], rule="average")))),
    "four axes": view(xy(*(
        XYSeries(label=f"Series {i}", color=f"preset-{i + 1}", values=wave(0, base=10.0 ** (i + 2)),
                 right_axis=i % 2 > 0, axis=i) for i in range(4)))),
    "values": view(xy(*lines("bar", 3), labels=DAYS[:7], stacked=True, all_values=True)),
    "values of lines": view(xy(*lines(count=2), all_values=True)),
    "values of groups": view(xy(*lines("bar", 2), labels=DAYS[:6], all_values=True)),
    "names at the left": view(xy(*lines(count=5), legend_place="left", smooth=True)),
    "names at the right": view(xy(*lines("area"), stacked=True, legend_place="right", smooth=True)),
    "names on top": view(xy(*lines("bar"), stacked=True, legend_place="top")),
    "bars": view(BarsBody(SHARES)),
    "pie": view(PieBody(SHARES, total_text="50,000", labels_on_slices=True)),
    "donut": view(PieBody(SHARES, total_text="50,000", donut=True)),
    "pie without": view(without(PieBody(SHARES, total_text="50,000"), (1,))),
    "proportion without": view(without(ProportionBody(SHARES, "50,000"), (0, 3))),
    "slope without": view(without(slopes(("Chrome", 812, 1204), ("Safari", 640, 512),
                                         ("Firefox", 300, 301)), (1,))),
    "boxes without": view(without(boxes(7, 3), (0,))),
    "funnel without": view(without(funnel(True, 4, 3), (0, 2))),
    "funnel rows without": view(without(funnel(False, 3), (1,))),
    "number": view(NumberBody(text="$184,260", value=184260, delta_text="6.2%", direction="up",
                              comparison="from previous period")),
    "metric": view(metric(wave(0), 29)),
    "proportion": view(ProportionBody(SHARES, "50,000")),
    "slope": view(slopes(("Chrome", 812, 1204), ("Safari", 640, 512), ("Firefox", 300, 301))),
    "box plot": view(boxes()),
    "two box plots": view(boxes(7, 2)),
    "heat map": view(heat()),
    "small heat map": view(heat(4, 5, totals=False)),
    "table": view(TableBody(), TABLE),
    "map": view(world()),
    "funnel columns": view(funnel(True)),
    "funnel events": view(structs.replace(funnel(True, 1, 3), steps=tuple(
        structs.replace(step, name=name, event=event) for step, name, event in zip(
            funnel(True, 1, 3).steps, ("Landing", "Sent the long form for sign-up", "Paid"),
            ("$pageview", "signup_form_was_submitted_at_last", ""), strict=True)))),
    "funnel groups": view(funnel(True, 4, 3)),
    "funnel rows": view(funnel(False)),
    "funnel rows groups": view(funnel(False, 3)),
    "funnel compared": view(structs.replace(funnel(True, 2, 3), groups=(
        FunnelGroup("Current", "preset-1"), FunnelGroup("Previous", "preset-1", previous=True)))),
    "coloured table": view(TableBody(), structs.replace(TABLE, colors=tuple(
        ("", "#388600" if i % 3 else "#c62828", "", "#1d4aff", "preset-13")
        for i in range(40)))),
    "retention": view(retention()),
    "pair": view(PairBody(chart=xy(*lines()), matrix=retention())),
    "retention of groups": view(structs.replace(retention(5), rows=tuple(
        row for name in ("Chrome", LONG) for row in (
            RetentionRow(label=name, size_text="", cells=(), heading=True), *retention(5).rows)))),
    "paths": view(paths()),
    "markdown": view(MarkdownBody(MARKDOWN)),
    "button": view(ButtonBody(text="Open the runbook", url="https://example.com")),
    "error": view(NoticeBody(state="error", headline="The query ran out of memory",
                             detail="PostHog stopped it after 60 seconds. Try a shorter range.")),
    "empty": view(NoticeBody(state="empty", headline="No events in the last 30 days")),
    "unsupported": view(NoticeBody(state="unsupported", headline="Heatmaps are not drawn yet"),
                        TABLE),
}  # fmt: skip


def _one(values: tuple[float | None, ...], mark: str = "line", label: str = "x") -> TileView:
    labels = tuple(f"{i}" for i in range(len(values)))
    series = XYSeries(label=label, color="preset-1", values=values, mark=mark)  # type: ignore[arg-type]
    return view(xy(series, series, labels=labels, stacked=mark != "line"))


NASTY: dict[str, TileView] = {
    "no series": view(xy()),
    "no buckets": view(xy(XYSeries(label="x", color="preset-1", values=()), labels=())),
    "one point": _one((5.0,)),
    "one bar": _one((5.0,), "bar"),
    "all zero": _one((0.0,) * 9),
    "all gaps": _one((None,) * 9, "area"),
    "gaps": _one((1, None, 3, None, None, 4, 5), "area"),
    "negative": _one((-3, -9, -4.5), "area"),
    "negative bars": _one((-3, 9, -4.5), "bar"),
    "huge": _one(HUGE),
    "huge bars": _one(HUGE, "bar"),
    "tiny": _one((1e-300, 2e-300, 5e-324)),
    "short values": view(xy(XYSeries(label="x", color="preset-1", values=(1, 2)), labels=DAYS)),
    "log of nothing": view(xy(XYSeries(label="x", color="preset-1", values=(0, -1, None)),
                              labels=("a", "b", "c"), log=True)),
    "odd overlays": view(xy(*lines(count=1), overlays=(
        Overlay(series=7, values=(1.0,)), Overlay(series=0, values=(1.7e308, -1.7e308, None)),
        Overlay(series=0, values=(float("nan"),) * 90, rule="average")))),
    "odd axes": view(xy(*(XYSeries(label="x", color="preset-1", values=wave(i), axis=9 - 4 * i)
                          for i in range(4)), log=True, all_values=True)),
    "long names": view(xy(
        *(XYSeries(label=LONG, color=f"preset-{i}", values=wave(0, 4), mark="bar")
          for i in range(1, 9)), labels=(LONG, RTL, CJK, LONG))),
    "200 series": view(xy(*lines("line", 200))),
    "200 stacked bars": view(xy(*lines("bar", 200), stacked=True)),
    "percent of nothing": view(xy(XYSeries(label="x", color="other", values=(0, 0), mark="bar"),
                                  labels=("a", "b"), percent=True)),
    "many goals": view(xy(*lines(), goal_lines=tuple(
        GoalLine(LONG, 300 + i * 3, "300") for i in range(9)))),
    "bars negative": view(BarsBody((share("a", -5), share("b", 9), share(LONG, 0)))),
    "bars of none": view(BarsBody((Share(label="", color="?", value=None, text="–"),))),
    "no bars": view(BarsBody(())),
    "many bars": view(BarsBody(tuple(share(f"{CJK} {i}", i) for i in range(200)))),
    "no slices": view(PieBody((), total_text="0")),
    "zero slices": view(PieBody((share("a", 0), share("b", -1)), total_text="0", donut=True)),
    "many slices": view(PieBody(tuple(share(LONG, i) for i in range(200)), total_text="1" * 40)),
    "no slice left": view(without(PieBody(SHARES, total_text="50,000", donut=True),
                                  tuple(range(5)))),
    "no share left": view(without(ProportionBody(SHARES, "50,000"), tuple(range(5)))),
    "no slope left": view(without(slopes(*((f"{i} {LONG}", i * 7.0 % 50, 3.0) for i in range(60))),
                                  tuple(range(60)))),
    "no boxes left": view(without(boxes(5, 2), (0, 1))),
    "no groups left": view(without(funnel(True, 3, 3), (0, 1, 2))),
    "one slice": view(PieBody((share("a", 3),), labels_on_slices=True)),
    "long number": view(NumberBody(text="1,234,567,890,123,456,789.12 " + CJK, caption=LONG,
                                   delta_text="∞", direction="down", comparison=LONG)),
    "no comparison": view(NumberBody(text="0", comparison="No data for comparison")),
    "empty table": view(TableBody()),
    "wide table": view(TableBody(), Table(
        columns=tuple(Column(f"Column {i}", numeric=i % 2 > 0) for i in range(90)),
        texts=tuple(tuple(f"{LONG}" for _ in range(90)) for _ in range(3)))),
    "ragged table": view(TableBody(), Table(columns=(Column("a"), Column("b")),
                                            texts=(("x",), (), (RTL, CJK, "z")))),
    "empty map": view(MapBody(())),
    "metric of nothing": view(metric(())),
    "metric of gaps": view(metric((None, 5, None, float("nan"), 7, None))),
    "metric of huge values": view(metric(HUGE, -3)),
    "long metric": view(metric(wave(0, 9000), 8999)),
    "no proportion": view(ProportionBody(())),
    "proportion of nothing": view(ProportionBody((share("a", 0), share("b", -4)))),
    "many proportions": view(ProportionBody(
        tuple(share(f"{LONG} {i}", i, previous=i % 2 > 0, share_text="1.2%")
              for i in range(90)))),
    "no slopes": view(slopes()),
    "many slopes": view(slopes(*((f"{i} {LONG}", i * 7.0 % 50, i * 3.0 % 40)
                                 for i in range(60)))),
    "huge slopes": view(slopes(("a", 1.7e308, -1.7e308), (CJK, 0, float("nan")))),
    "one box": view(boxes(1, 1)),
    "many boxes": view(boxes(400, 6)),
    "huge boxes": view(boxes(5, 2, 5e307)),
    "boxes of nothing": view(boxes(5, 2, 0.0)),
    "log boxes": view(boxes(9, 2, 1e4, log=True)),
    "negative boxes": view(BoxPlotBody(x_labels=("a",), x_titles=(), series=(BoxSeries(
        label=LONG, color="?", boxes=(Box(low=-9, p25=-5, median=-1, p75=0, high=3),)),))),
    "no boxes": view(BoxPlotBody(x_labels=(), x_titles=(), series=())),
    "no heat": view(HeatmapBody(columns=(), rows=())),
    "much heat": view(heat(200, 90)),
    "one cell": view(heat(1, 1)),
    "long heat": view(HeatmapBody(
        columns=(LONG, CJK, RTL), low_text=LONG, high_text=LONG, total_text=LONG,
        rows=(HeatRow(label=LONG, cells=(HeatCell("", known=False), HeatCell(LONG, 7.0),
                                         HeatCell("0", -3.0)), total_text=LONG),),
        column_totals=(LONG,))),
    "steps without bars": view(FunnelBody(groups=(), steps=funnel(True).steps[:1])),
    "no steps": view(FunnelBody(groups=(), steps=())),
    "30 steps": view(funnel(True, 2, 30)),
    "30 rows": view(funnel(False, 2, 30)),
    "one step": view(funnel(False, 1, 1)),
    "big retention": view(retention(40)),
    "no retention": view(RetentionBody(columns=(), rows=())),
    "no paths": view(SankeyBody((), ())),
    "odd paths": view(SankeyBody(
        tuple(SankeyNode(layer=i % 3, label=LONG, title=LONG, value=i % 4, text="9" * 30,
                         dropoff=99) for i in range(60)),
        (SankeyLink(source=0, target=99, value=1), SankeyLink(source=2, target=0, value=3),
         SankeyLink(source=0, target=1, value=5)))),
    "empty card": view(MarkdownBody("")),
    "long card": view(MarkdownBody(f"# {LONG}\n\n" + f"{LONG}\n\n" * 20 + f"{CJK} {RTL}")),
    "html card": view(MarkdownBody("before <script> after\n\n![x](http://127.0.0.1:9/x.png) end")),
    "dead button": view(ButtonBody(text=LONG, url="", primary=False, placement="right")),
    "long notice": view(NoticeBody(state="forbidden", headline=LONG, detail=LONG * 9)),
}  # fmt: skip
