"""A report on paper says all that is said, whatever letters it is said in."""

from collections import deque
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from phdesk.core.charts.spec import MarkdownBody, TileView
from phdesk.core.reporting.building import Item, Made, MadeSection
from phdesk.views.export.paper import Paper
from phdesk.views.export.report import report_file
from phdesk.views.theme import light, load_fonts
from tests.views.export.full_disk import taking, unix_only
from tests.views.export.printing import words_of

VIEW = TileView(
    title="T", kind="text", kind_label="", display="", summary="", body=MarkdownBody("hi")
)


def report_of(words):
    section = MadeSection(
        title="S", text=words, show=("sentences",), items=(Item(view=VIEW, said=(words, words)),),
        problems=(words,),
    )  # fmt: skip
    return Made(title="R", text="", facts=(), made_at=datetime.now(UTC), sections=(section,))


def printed(words, path, **paper):
    deque(report_file(report_of(words), "pdf", path, light(), Paper(**paper)), maxlen=0)
    return " ".join(words_of(PdfReader(path)))


@pytest.mark.parametrize(
    "words",
    [
        "登録数は先週より増えました。" * 12 + "END",
        "WIDE MMMM WWWW " * 16 + "END",
        "plain words of a sentence that go on " * 9 + "END",
        "first\n\nsecond\n\nthird END",
    ],
    ids=["wide letters", "capitals", "usual", "paragraphs"],
)
@pytest.mark.parametrize("landscape", [False, True])
def test_nothing_that_is_said_is_cut(qapp, tmp_path, words, landscape):
    load_fonts()
    found = printed(words, tmp_path / "r.pdf", landscape=landscape)
    assert "more" not in found
    assert found.count("END") >= 4


@unix_only
@pytest.mark.parametrize("kind", ["pdf", "html", "md"])
def test_a_full_disk_leaves_the_report_that_was_there(qapp, tmp_path, kind):
    path = tmp_path / f"r.{kind}"
    path.write_text("before")
    with taking(20), pytest.raises(OSError, match=r"\w"):
        list(report_file(report_of("words"), kind, path, light(), Paper()))
    assert path.read_text() == "before"
