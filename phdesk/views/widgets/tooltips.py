"""Tooltips of charts, as the rich text that Qt shows: title, then a line for each value."""

from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.theme import Theme

MOST = 10  # lines; the rest is counted


ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escape(text: str) -> str:
    """Make text harmless in rich text; the library's own would be imported for this alone."""
    return text.translate(ENTITIES)


def plain_tip(text: str) -> str:
    """Write a tooltip that shows text as it is; Qt takes what looks like HTML for it."""
    if "<" not in text and "&" not in text:
        return text
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def tooltip_html(hit: Hit, theme: Theme) -> str:
    """Write a hit as a small table; only escaped text of the data goes in."""
    near = hit.near if len(hit.lines) > 1 else None  # with one row there is nothing to tell apart
    rows = "".join(
        _row(line, theme, strong=near == place) for place, line in enumerate(hit.lines[:MOST])
    )
    more = len(hit.lines) - MOST
    rest = f"<tr><td></td><td colspan=3>+ {more} more</td></tr>" if more > 0 else ""
    total = f"<tr><td></td><td>Total</td><td align=right><b>{_whole(hit.total)}</b>&nbsp;</td></tr>"
    rest += total if hit.total else ""
    named = [line.label for line in hit.lines] == [hit.title]  # a slice, a row: said below
    title = "" if named else f"<div><b>{escape(hit.title)}</b></div>"
    return f"{title}<table cellspacing=0>{rows}{rest}</table>"


def _row(line: HitLine, theme: Theme, *, strong: bool) -> str:
    """Write a row; the one pointed at has a ground, for bold is not seen in a variable font."""
    ground = f' bgcolor="{theme.accent_bg.name()}"' if strong else ""
    change = f"<td align=right>&nbsp;&nbsp;{_whole(line.change)}</td>" if line.change else ""
    return (
        f'<tr{ground}><td style="color:{theme.color(line.color).name()}">&nbsp;■&nbsp;</td>'
        f"<td>{escape(line.label)}&nbsp;&nbsp;</td>"
        f"<td align=right><b>{_whole(line.text)}</b>&nbsp;</td>{change}</tr>"
    )


def _whole(text: str) -> str:
    """Keep a value in one line."""
    return escape(text).replace(" ", "&nbsp;")
