from pathlib import Path
from threading import Event, get_ident, main_thread

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from phdesk.core.exporting.sheet import DataSheet, rows_of
from phdesk.services.tables_out import table_bytes
from phdesk.views import theme as look
from phdesk.views.dashboard.card import paint_card
from phdesk.views.dashboard.sketch import MANY
from phdesk.views.export.filing import (
    MOST_PIXELS,
    Drawing,
    filing,
    named_as,
    rows_filing,
    stepped_beside,
)
from tests.store.builders import NOON
from tests.views.dashboard.showing import CHART, has_color
from tests.views.export.full_disk import taking, unix_only
from tests.views.export.printing import page


@pytest.fixture(autouse=True)
def app(qapp):
    return qapp


def drawing(count=4, **more):
    return Drawing(page=page([CHART] * count), theme=look.light(), width=900, height=1000, **more)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_file_is_there_only_when_it_is_whole(kind, tmp_path):
    path = tmp_path / f"x.{kind}"
    path.write_text("before")
    steps = filing(drawing(), kind, path)
    next(steps)
    assert path.read_text() == "before"
    steps.close()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "before"
    list(filing(drawing(), kind, path))
    assert path.read_bytes()[:4] != b"befo"


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("/a/x.pdf", "pdf", "/a/x.pdf"),
        ("/a/x.PDF", "pdf", "/a/x.PDF"),
        ("/a/x.htm", "html", "/a/x.htm"),
        ("/a/x.png", "pdf", "/a/x.png.pdf"),
        ("/a/x", "csv", "/a/x.csv"),
        ("/a/v1.2", "csv", "/a/v1.2.csv"),
    ],
)
def test_a_file_has_the_end_of_its_kind(typed, kind, name):
    assert named_as(typed, kind) == Path(name)


def test_a_place_that_takes_nothing_is_told(tmp_path):
    with pytest.raises(OSError, match=r"\w"):
        list(filing(drawing(), "pdf", tmp_path / "gone" / "x.pdf"))


def test_a_picture_has_the_scale_that_was_asked_for(tmp_path):
    list(filing(drawing(scale=2.0), "png", tmp_path / "x.png"))
    image = QImage(str(tmp_path / "x.png"))
    assert (image.width(), image.height()) == (1800, 2000)
    assert has_color(image, look.light().surface)


def test_a_very_long_page_is_drawn_in_fewer_pixels():
    long = Drawing(page=page([CHART]), theme=look.light(), width=1500, height=30_000, scale=2.0)
    assert long.fitting_scale < 1
    assert long.width * long.height * long.fitting_scale**2 <= MOST_PIXELS + 1


@unix_only
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_full_disk_leaves_what_was_there(kind, tmp_path):
    path = tmp_path / f"x.{kind}"
    path.write_text("before")
    with taking(2000), pytest.raises(OSError, match=r"\w"):
        list(filing(drawing(), kind, path))
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_steps_are_carried_out_in_a_thread_and_tell_how_far_they_are():
    here, seen, going_on = get_ident(), [], Event()

    def steps():
        for done in (1, 2):
            seen.append(get_ident())
            yield done
        going_on.wait(10)
        return "made"

    def heard():
        made.append((yield from stepped_beside(steps())))

    beside, made = heard(), []
    assert next(done for done in beside if done == 2) == 2
    going_on.set()
    assert {*beside} <= {2}
    assert made == ["made"]
    assert here not in seen


def test_what_breaks_in_a_thread_breaks_here():
    def steps():
        yield 1
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        list(stepped_beside(steps()))


@unix_only
@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_rows_that_find_no_room_leave_what_was_there(form, tmp_path):
    path, tiles = tmp_path / f"x.{form}", tuple(rows_of(CHART) for _ in range(40))
    path.write_text("before")
    sheet = DataSheet(title="Weekly", made_at=NOON, tiles=tiles)
    with taking(2000), pytest.raises(OSError, match=r"\w"):
        list(rows_filing(table_bytes(form, lambda: sheet), path))
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    list(rows_filing(table_bytes(form, lambda: sheet), path))
    assert path.stat().st_size > 2000


def test_a_chart_of_very_many_points_is_painted_beside_the_window(tmp_path, monkeypatch):
    names = tuple(f"{i}" for i in range(MANY))
    line = replace(CHART.body.series[0], values=tuple(range(MANY)), dashed_from=None)
    body = replace(CHART.body, series=(line,), x_labels=names, x_titles=names)
    views, threads = [CHART, replace(CHART, body=body)], []

    def painted(*args):
        threads.append(get_ident() == main_thread().ident)
        paint_card(*args)

    drawn = Drawing(page=page(views), theme=look.light(), width=900, height=1000)
    path = tmp_path / "x.png"
    monkeypatch.setattr("phdesk.views.picture.paint_card", painted)
    steps = [*filing(drawn, "png", path)]
    assert threads == [True, False]
    assert steps == sorted(steps)
    threads.clear()
    whole = drawn.page.picture(look.light(), 900, 1000, 1.0)
    assert threads == [True, True]
    assert QImage(str(path)).convertToFormat(whole.format()) == whole
