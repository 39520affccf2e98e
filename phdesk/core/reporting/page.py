"""A report as one HTML file: its pictures are inside, and no other computer is asked for any."""

import base64
from collections.abc import Mapping
from html import escape

from phdesk.core.charts.spec import NoticeBody, Table, TileView
from phdesk.core.reporting.building import Item, Made, MadeSection
from phdesk.core.reporting.markdown import MOST_ROWS

STYLE = """
:root{color-scheme:light}
body{font:15px/1.5 Inter,system-ui,'Helvetica Neue',Arial,sans-serif;color:#191b1f;background:#fff;
max-width:900px;margin:40px auto;padding:0 20px}
h1{font-size:28px;margin:0 0 8px}h2{font-size:20px;margin:36px 0 8px;border-top:1px solid #e2e4df;
padding-top:20px}h3{font-size:15px;margin:24px 0 4px}
p{white-space:pre-line}.facts,.note{color:#666b74;font-size:13px;margin:0}.note{font-style:italic}
ul{margin:4px 0 12px;padding-left:20px}img{width:100%;height:auto;border-radius:8px}
table{border-collapse:collapse;font-size:13px;margin:12px 0;display:block;overflow-x:auto}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #e2e4df;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums}
@media print{h2,h3{break-after:avoid}img,tr{break-inside:avoid}
table{display:table;font-size:10px}th,td{padding-right:6px}}
"""
# Nothing of a report may load or run anything, whatever somebody named an event.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def as_page(report: Made, charts: Mapping[tuple[int, int], bytes]) -> str:
    """Write a report; `charts` are SVGs by section and item."""
    body = [f"<h1>{escape(report.title)}</h1>"]
    body += [f'<p class="facts">{escape(fact)}</p>' for fact in report.facts]
    body += [f"<p>{escape(report.text)}</p>"] if report.text else []
    for number, section in enumerate(report.sections):
        body += _section(section, number, charts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(report.title)}</title><style>{STYLE}</style></head>\n"
        f"<body>\n{chr(10).join(body)}\n</body></html>\n"
    )


def _section(
    section: MadeSection, number: int, charts: Mapping[tuple[int, int], bytes]
) -> list[str]:
    lines = [f"<h2>{escape(section.title)}</h2>"] if section.title else []
    lines += [f"<p>{escape(section.text)}</p>"] if section.text else []
    lines += [f'<p class="note">{escape(words)}</p>' for words in section.problems]
    for place, item in enumerate(section.items):
        lines += _item(section, item, charts.get((number, place)))
    return lines


def _item(section: MadeSection, item: Item, chart: bytes | None) -> list[str]:
    view = item.view
    lines = [f"<h3>{escape(view.title)}</h3>"] if view.title != section.title else []
    if "sentences" in section.show and item.said:
        said = "".join(f"<li>{escape(words)}</li>" for words in item.said)
        lines.append(f"<ul>{said}</ul>")
    lines += [f'<p class="note">{escape(words)}</p>' for words in item.notes]
    if chart is not None:
        lines.append(_picture(view, chart))
    if "table" in section.show and view.table.columns and not isinstance(view.body, NoticeBody):
        lines.append(table_of(view.table))
    return lines


def _picture(view: TileView, chart: bytes) -> str:
    data = base64.b64encode(chart).decode()
    return f'<img alt="{escape(view.summary)}" src="data:image/svg+xml;base64,{data}">'


def table_of(table: Table) -> str:
    """Write a table, formatted as on screen."""
    kinds = [' class="n"' if column.numeric else "" for column in table.columns]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(column.title)}</th>'
        for column, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(c)}</td>" for c, kind in zip(row, kinds, strict=False))
        + "</tr>\n"
        for row in table.texts[:MOST_ROWS]
    )
    left = len(table.texts) - MOST_ROWS
    more = f'<p class="note">And {left:,} more rows.</p>' if left > 0 else ""
    return f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>{more}"
