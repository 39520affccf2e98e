from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.reporting.reading import read_report
from phdesk.models.report import Report, Schedule, Section
from phdesk.services.report_writing import report_toml

words = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text and "ph" not in text and "earer" not in text
)
shows = st.lists(st.sampled_from(["sentences", "chart", "table"]), min_size=1, unique=True)
sections = st.one_of(
    st.builds(
        Section,
        title=words,
        dashboard=st.integers(1, 9999).map(str),
        tiles=st.lists(words, max_size=3).map(tuple),
        show=shows.map(tuple),
    ),
    st.builds(Section, event=words, count=st.sampled_from(["events", "people"])),
    st.builds(Section, text=words, funnel=st.lists(words, min_size=2, max_size=4).map(tuple)),
)
schedules = st.one_of(
    st.builds(Schedule, every=st.just("week"), weekday=st.integers(0, 6), folder=words),
    st.builds(Schedule, every=st.just("month"), day=st.integers(1, 28), folder=words),
    st.builds(
        Schedule,
        every=st.just("day"),
        at=st.integers(0, 24 * 60 - 1),
        folder=words,
        formats=st.just(("pdf", "md")),
        command=st.lists(words, max_size=3).map(tuple),
    ),
)
reports = st.builds(
    Report,
    title=words,
    period=st.sampled_from(["last week", "last 7 days"]),
    compare=st.booleans(),
    host=st.sampled_from(["", "https://eu.posthog.com"]),
    project=st.one_of(st.none(), st.integers(1, 999)),
    sections=st.lists(sections, min_size=1, max_size=4).map(tuple),
    schedule=st.one_of(st.none(), schedules),
)


@given(reports)
def test_what_is_written_is_read_as_the_same_report(report):
    assert read_report(report_toml(report), "x.toml") == report
