"""A report as Markdown: headings, sentences, tables."""

import re

from phdesk.core.cells import one_line
from phdesk.core.charts.spec import NoticeBody, Table
from phdesk.core.reporting.building import Item, Made, MadeSection

SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&]|(?<![^\W_])_|_(?![^\W_]))")  # `a_b` is no mark
LISTED = re.compile(r"^(\s*(?:\d{1,9})?)([-+.)=])(?=\s|[-=]|$)", re.MULTILINE)  # "1. Sign-ups: 5"
MANY_ENDS = re.compile(r"\n{3,}")
MOST_ROWS = 50  # of a table; the rest is counted


def as_markdown(report: Made) -> str:
    """Write a report."""
    lines = [f"# {escaped_line(report.title)}", ""]
    lines += [f"{escaped_line(fact)}  " for fact in report.facts]
    if report.text:
        lines += ["", report.text.strip()]
    for section in report.sections:
        lines += ["", *_section(section)]
    return MANY_ENDS.sub("\n\n", "\n".join(lines)).rstrip() + "\n"


def section_words(section: MadeSection, item: Item) -> str:
    """Write sentences and notes of one item as a list."""
    said = item.said if "sentences" in section.show else ()
    lines = [f"- {escaped_line(words)}" for words in said]
    lines += [f"- *{escaped_line(words)}*" for words in item.notes]
    return "\n".join(lines)


def _section(section: MadeSection) -> list[str]:
    lines = [f"## {escaped_line(section.title)}"] if section.title else []
    if section.text:
        lines += ["", section.text.strip()]
    lines += [line for words in section.problems for line in ("", f"*{escaped_line(words)}*")]
    for item in section.items:
        lines += ["", *_item(section, item)]
    return lines


def _item(section: MadeSection, item: Item) -> list[str]:
    title = escaped_line(item.view.title)
    lines = [f"### {title}"] if title != escaped_line(section.title) else []
    words = section_words(section, item)
    lines += ["", words] if words else []
    wanted = "table" in section.show or ("chart" in section.show and not item.said)
    if wanted and item.view.table.columns and not isinstance(item.view.body, NoticeBody):
        lines += ["", *table_lines(item.view.table)]
    return lines


def table_lines(table: Table) -> list[str]:
    """Write a table, formatted as on screen."""
    heads = [escaped_line(column.title) or " " for column in table.columns]
    sides = ["---:" if column.numeric else "---" for column in table.columns]
    rows = [[escaped_line(cell) for cell in row] for row in table.texts[:MOST_ROWS]]
    lines = [_row(heads), _row(sides), *map(_row, rows)]
    left = len(table.texts) - MOST_ROWS
    return [*lines, "", f"And {left:,} more rows."] if left > 0 else lines


def escaped(words: str) -> str:
    """Keep names from being taken for marks, signs for others, and lines for items of a list."""
    return LISTED.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", words))


def escaped_line(words: str) -> str:
    """Do the same with a name that has to stay on its line."""
    return escaped(" ".join(one_line(words).split()))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
