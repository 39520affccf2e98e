"""Breaks text into lines that fit a width and a number of lines."""

from phdesk.views.charts.ink import Ink


def wrapped(
    words: str, room: float, lines: int, ink: Ink, px: float, weight: int = 400
) -> list[str]:
    """Break a text at its spaces; the last line is shortened when there is more than fits."""
    made: list[str] = []
    rest = " ".join(words[:2000].split())
    while rest and len(made) < lines:
        if len(made) == lines - 1 or ink.width(rest, px, weight) <= room:
            made.append(ink.elided(rest, room, px, weight))
            break
        line, rest = _first_line(rest, room, ink, px, weight)
        made.append(line)
    return [line for line in made if line]


def _first_line(rest: str, room: float, ink: Ink, px: float, weight: int) -> tuple[str, str]:
    low, high = 1, min(len(rest), 300)
    while low < high:  # the longest start that fits
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if ink.width(rest[:middle], px, weight) <= room else (low, middle - 1)
        )
    if low < len(rest) and rest[low] != " " and " " in rest[:low]:
        low = rest.rindex(" ", 0, low)
    return rest[:low].strip(), rest[low:].strip()
