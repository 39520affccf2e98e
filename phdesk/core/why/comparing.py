"""Two tiles side by side: in what they ask differently, and so may show different numbers."""

from msgspec import Struct

from phdesk.core.ages import tile_age
from phdesk.core.answers import is_good
from phdesk.core.health.events import SQL
from phdesk.core.names import kind_label
from phdesk.core.question import same_asked
from phdesk.core.why.known import (
    Known,
    breakdown,
    compared,
    conditions,
    counted,
    formula,
    interval,
    left_out,
    question_of,
    sampled,
)

NONE = "–"
BY_SQL = "as its SQL says"
IN_SQL = ("What it counts", "Test accounts", "Conditions", "Breakdown", "Sample")


class Row(Struct, frozen=True, gc=False):
    """One thing that both tiles have, and whether it is another."""

    label: str
    left: str
    right: str

    @property
    def untold(self) -> bool:
        """Say whether it is in the SQL of one of them, which tells nobody else."""
        return BY_SQL in (self.left, self.right)

    @property
    def differs(self) -> bool:
        """Say whether the two are known not to be the same."""
        return self.left != self.right and not self.untold


def compare(left: Known, right: Known) -> tuple[Row, ...]:
    """Write what decides the numbers of two tiles side by side."""
    one, other = _facts(left), _facts(right)
    return tuple(Row(label, text or NONE, other[label] or NONE) for label, text in one.items())


def verdict(left: Known, right: Known) -> str:
    """Say in a sentence in what two tiles differ."""
    labels = [row.label.lower() for row in compare(left, right) if row.differs]
    without = [one.title for one in (left, right) if not is_good(one.insight)]
    if without and labels in ([], ["calculated"]):
        few = f"“{without[0]}” has no number" if len(without) == 1 else "Neither has a number"
        return f"{few}; in what is compared here they do not differ."
    same = same_asked(left.insight, right.insight)
    if not labels:
        if same:
            return "They ask the same, and were calculated in the same minute."
        return "Of what is compared here nothing differs; their settings differ elsewhere."
    if labels == ["calculated"] and same:
        return "They differ only in when they were calculated: what came meanwhile counts in one."
    untold = [row.label.lower() for row in compare(left, right) if row.untold]
    rest = f" SQL does not tell of: {', '.join(untold)}." if untold else ""
    return f"They differ in: {', '.join(labels)}.{rest}"


def _facts(known: Known) -> dict[str, str]:
    question, insight, now = question_of(known), known.insight, known.now
    facts = {
        "Kind": kind_label(question),
        "What it counts": counted(question, known.groups),
        "Formula": formula(question),
        "Dates": known.range,
        "Interval": interval(question),
        "Time zone": insight.timezone or known.project_zone,
        "Test accounts": "left out" if left_out(question) else "counted",
        "Conditions": "; ".join(conditions(question)),
        "Breakdown": breakdown(question),
        "Compared": compared(question),
        "Sample": _share(sampled(question)),
        "Filters": known.own or ("temporary" if known.temporary else "the dashboard's"),
        "Calculated": tile_age(insight.last_refresh, now, known.here) if is_good(insight) else "",
    }
    return facts | (dict.fromkeys(IN_SQL, BY_SQL) if question.kind in SQL else {})


def _share(share: float) -> str:
    return "all" if share == 1 else f"{share * 100:.3g} %"
