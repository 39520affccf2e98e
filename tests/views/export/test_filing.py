import pytest
from PySide6.QtGui import QImage

from phdesk.views import theme as look
from phdesk.views.export.filing import MOST_PIXELS, Drawing, filing
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
