"""Draw how long a funnel takes, as a histogram (reference 6.2.5)."""

from msgspec import Raw, Struct

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.funnel_groups import actors_of
from phdesk.core.charts.rates import counted, known, ratio, seconds_text, total
from phdesk.core.charts.results import TimeToConvert, decode
from phdesk.core.charts.spec import (
    ADDS_UP,
    Column,
    NoticeBody,
    Table,
    Value,
    XYBody,
    XYSeries,
)
from phdesk.core.formatting import number, percent
from phdesk.core.palette import preset
from phdesk.core.question import Question
from phdesk.models.insight import Insight

NOBODY = "Nobody completed these steps in this period."
AVERAGE = "Average time to convert"
SMALLEST = 0.0005  # what is still written as 0.1%
UNITS = 2  # PostHog writes 14,435 s as "4h 35s" and 28,870 s as "8h 1m"


class _Bin(Struct, frozen=True, gc=False):
    """The actors that took from `start` to `end` seconds; an end that was not sent is None."""

    start: int | float
    end: int | float | None
    count: int | float

    @property
    def span(self) -> str:
        end = "" if self.end is None else seconds_text(self.end, UNITS)
        return f"{seconds_text(self.start, UNITS)} – {end}".rstrip()


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw the times to convert; a comparison's second histogram is of the period before."""
    answers = _answers(insight.result)
    histograms = [bins for bins in map(_bins, answers) if bins]
    if not histograms:
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY)
    actors = actors_of(question, context)
    return Drawn(
        body=_body(answers[0], histograms, actors),
        summary=_summary(answers[0], histograms[0], actors),
        table=_table(histograms, actors),
    )


def _answers(raw: Raw) -> list[TimeToConvert]:
    if bytes(raw).lstrip().startswith(b"["):
        return decode(raw, list[TimeToConvert])
    return [decode(raw, TimeToConvert)]


def _bins(answer: TimeToConvert) -> list[_Bin]:
    """Read bins; a last one without anybody is only the end of the one before."""
    pairs = [(counted(pair[0]), counted(pair[1])) for pair in answer.bins if len(pair) > 1]
    if len(pairs) > 1 and pairs[-1][1] == 0:
        ends = pairs[1:]
    else:
        ends = [*pairs[1:], (_after(pairs), 0)] if len(pairs) > 1 else []
    if not ends:
        return [_Bin(start, None, count) for start, count in pairs if count]
    return [_Bin(pair[0], end[0], pair[1]) for pair, end in zip(pairs, ends, strict=False)]


def _after(pairs: list[tuple[int | float, int | float]]) -> int | float:
    """Give the end of the last bin: bins are all as wide."""
    return total((pairs[-1][0], pairs[-1][0], -pairs[-2][0]))


def _body(answer: TimeToConvert, histograms: list[list[_Bin]], actors: str) -> XYBody:
    longest, average = max(histograms, key=len), known(answer.average_conversion_time)
    labels = ("", "Previous")
    return XYBody(
        x_labels=tuple(seconds_text(one.start, UNITS) for one in longest),
        x_titles=tuple(one.span for one in longest),
        series=tuple(
            XYSeries(
                label=labels[min(index, 1)] or actors[:1].upper() + actors[1:],
                color=preset(0),
                values=_padded(bins, len(longest)),
                mark="bar",
                previous=index > 0,
                no_sum=ADDS_UP,  # who converted is in one bin
            )
            for index, bins in enumerate(histograms)
        ),
        value_labels=_shares(histograms[0]) if len(histograms) == 1 else (),
        legend=len(histograms) > 1,
        x_end="" if longest[-1].end is None else seconds_text(longest[-1].end, UNITS),
        foot=("", "") if average is None else (AVERAGE, seconds_text(average)),
    )


def _padded(bins: list[_Bin], length: int) -> tuple[float | None, ...]:
    return (*(one.count for one in bins), *([None] * (length - len(bins))))


def _shares(bins: list[_Bin]) -> tuple[str, ...]:
    """Write each bar's share; PostHog leaves bars without anybody bare."""
    everybody = total(one.count for one in bins)
    return tuple(_share(one, everybody) if one.count else "" for one in bins)


def _share(one: _Bin, everybody: float) -> str:
    """Write a share with one decimal; somebody is never 0%."""
    share = ratio(one.count, everybody)
    return "<0.1%" if 0 < share < SMALLEST else percent(share, 1)


def _summary(answer: TimeToConvert, bins: list[_Bin], actors: str) -> str:
    everybody = total(one.count for one in bins)
    fullest = max(bins, key=lambda one: one.count)
    average = known(answer.average_conversion_time)
    time = "" if average is None else f"{AVERAGE} {seconds_text(average)}; "
    share = _share(fullest, everybody)
    return f"{time}{share} of {number(everybody)} {actors} took {fullest.span}."


def _table(histograms: list[list[_Bin]], actors: str) -> Table:
    compared = len(histograms) > 1
    columns = (
        *([Column("Period")] if compared else []),
        Column("From", numeric=True),
        Column("To", numeric=True),
        Column(actors[:1].upper() + actors[1:], numeric=True),
        Column("Share", numeric=True),
    )
    rows: list[tuple[Value, ...]] = []
    texts: list[tuple[str, ...]] = []
    for index, bins in enumerate(histograms):
        period = (("Previous" if index else "Current"),) if compared else ()
        everybody = total(one.count for one in bins)
        for one in bins:
            share = ratio(one.count, everybody)
            rows.append((*period, one.start, one.end, one.count, share * 100))
            texts.append((*period, *_edges(one), number(one.count), _share(one, everybody)))
    return Table(columns, tuple(rows), tuple(texts))


def _edges(one: _Bin) -> tuple[str, str]:
    return seconds_text(one.start, UNITS), seconds_text(one.end, UNITS)
