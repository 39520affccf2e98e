"""Cells of a table as text that other programs take: one line each, nothing that runs."""

from phdesk.core.charts.spec import Table

# With these, or with the wide forms that some keyboards write, formulas begin.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

SIGNS = frozenset(sign for sign in FORMULA if sign.isprintable())


def as_tsv(table: Table) -> str:
    """Write a table as tab-separated text for the clipboard, formatted as on screen.

    Texts that a spreadsheet would run are disarmed; what stands for a number stays one.
    """
    lines = [[str(safe_cell(column.title)) for column in table.columns]]
    for row, texts in zip(table.rows, table.texts, strict=True):
        pairs = zip(row, texts, strict=True)
        lines.append([str(safe_cell(t)) if isinstance(raw, str) else t for raw, t in pairs])
    return "\n".join("\t".join(one_line(cell) for cell in line) for line in lines)


def safe_cell(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and would_run(cell) else cell


def would_run(cell: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula.

    Also behind spaces and signs that are not seen: some programs take those away first, as all do
    with a mark of the order of bytes at the beginning of a file.
    """
    if cell.startswith(FORMULA):
        return True
    return next((sign for sign in cell if sign.isprintable() and sign != " "), "") in SIGNS


def one_line(cell: str) -> str:
    """Give a text without line ends and other characters that cannot be seen."""
    return "".join(c if c.isprintable() else " " for c in cell)
