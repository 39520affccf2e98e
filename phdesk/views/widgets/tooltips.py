"""Tooltips of charts, as the rich text that Qt shows: title, then a line for each value."""

from phdesk.views.charts.hit import Hit
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
    rows = "".join(
        f'<tr><td style="color:{theme.color(token).name()}">■&nbsp;</td>'
        f"<td>{escape(label)}&nbsp;&nbsp;</td><td align=right><b>{_whole(text)}</b></td></tr>"
        for token, label, text in hit.lines[:MOST]
    )
    more = len(hit.lines) - MOST
    rest = f"<tr><td></td><td colspan=2>+ {more} more</td></tr>" if more > 0 else ""
    named = [label for _, label, _ in hit.lines] == [hit.title]  # a slice, a row: said below
    title = "" if named else f"<div><b>{escape(hit.title)}</b></div>"
    return f"{title}<table cellspacing=0>{rows}{rest}</table>"


def _whole(text: str) -> str:
    """Keep a value in one line."""
    return escape(text).replace(" ", "&nbsp;")
