"""Leave weekends out of charts of days, when an insight wants that (`hideWeekends`, 6.1.6).

The reference names the setting without a rule, so this is ours: only the drawing loses Saturdays
and Sundays, as named by the buckets themselves, which are days of the project's time zone. Totals
and tables keep all that was sent. A period before is matched by index, so it loses the buckets
beside the weekends of the current one, whatever days they are.
"""

from collections.abc import Sequence

from msgspec import structs

from phdesk.core.charts.series import Line
from phdesk.core.dates import parse_iso
from phdesk.core.jsonvalue import as_bool
from phdesk.core.question import Question

SATURDAY = 5
SAID = "weekends left out"
NOTE = "The chart leaves weekends out."


def weekday_places(days: Sequence[str], question: Question) -> list[int] | None:
    """Give the buckets that are drawn; None when all are, or when nothing would be left."""
    if not as_bool(question.filter.get("hideWeekends")) or question.interval != "day":
        return None
    places = [place for place, day in enumerate(days) if not _is_weekend(day)]
    return places if 0 < len(places) < len(days) else None


def cut_to(lines: Sequence[Line], places: Sequence[int]) -> list[Line]:
    """Keep some buckets of each series; counts stay those of the whole."""
    return [
        structs.replace(
            line,
            data=tuple(line.data[place] for place in places if place < len(line.data)),
            days=tuple(line.days[place] for place in places if place < len(line.days)),
        )
        for line in lines
    ]


def _is_weekend(day: str) -> bool:
    start = parse_iso(day)
    return start is not None and start.weekday() >= SATURDAY
