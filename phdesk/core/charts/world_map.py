"""Draw values by country on a world map (reference 6.1.11)."""

from collections.abc import Sequence

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import SeriesItem
from phdesk.core.charts.series import Line, axis_format, current, read_lines, visible
from phdesk.core.charts.spec import Column, Country, MapBody, Table, Value
from phdesk.core.charts.totals import row_names, sum_title
from phdesk.core.countries import COUNTRIES
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_str
from phdesk.core.question import Question

FAINTEST = 0.2


def view(items: Sequence[SeriesItem], question: Question, context: Context) -> Drawn:
    """Draw one value a country; what has no place is named beside the map."""
    lines = read_lines(items, question, context, ranked=True)
    how = axis_format(question.filter, context)
    shown = visible(current(lines))
    countries = _countries(shown, how)
    placed = {country.code for country in countries}
    unplaced = [line for line in shown if code_of(line) not in placed]
    names = tuple(f"{'::'.join(line.breakdowns)}: {number(line.total, how)}" for line in unplaced)
    return Drawn(
        body=MapBody(countries=countries, unplaced=names),
        summary=_sentence(countries),
        table=_table(lines, question, how),
    )


def code_of(line: Line) -> str:
    """Give a series' country code as sent, in capitals."""
    value = line.value[0] if isinstance(line.value, list) and line.value else line.value
    return as_str(value).upper()


def _countries(lines: Sequence[Line], how: Format) -> tuple[Country, ...]:
    most = max((line.total or 0 for line in lines if code_of(line) in COUNTRIES), default=0)
    found: dict[str, Country] = {}
    for line in lines:
        code = code_of(line)
        if code in COUNTRIES and line.total is not None and code not in found:
            found[code] = Country(
                code=code,
                name=COUNTRIES[code],
                value=float(line.total),
                text=number(line.total, how),
                strength=_strength(line.total, most),
            )
    return tuple(found.values())


def _strength(value: float, most: float) -> float:
    """Give the share of the largest, lifted in proportion so that the least still shows.

    A floor that cut off instead would paint all small countries alike; PostHog's page lifts too:
    6 of 1,732 is #d1daff there, which is 0.203 of its blue on white, and not 0.2.
    """
    if value <= 0 or most <= 0:
        return 0.0
    return FAINTEST + (1 - FAINTEST) * min(1.0, value / most)


def _table(lines: Sequence[Line], question: Question, how: Format) -> Table:
    titles = ("Series", "Country code", "Country name")
    columns = (*map(Column, titles), Column(sum_title(lines, question), numeric=True))
    rows: list[tuple[Value, ...]] = []
    texts: list[tuple[str, ...]] = []
    for line in lines:
        code = code_of(line)
        known = code in COUNTRIES
        said = "::".join(line.breakdowns)
        words = (row_names(line, 0)[0], code if known else "", COUNTRIES.get(code, said))
        rows.append((*words, line.total))
        texts.append((*words, number(line.total, how)))
    return Table(columns=columns, rows=tuple(rows), texts=tuple(texts))


def _sentence(countries: Sequence[Country]) -> str:
    if not countries:
        return "world map, no country with a value."
    top = max(countries, key=lambda country: country.value)
    count = "1 country" if len(countries) == 1 else f"{len(countries)} countries"
    return f"world map, {count}, most in {top.name} with {top.text}."
