import json
import os
import re
from html.parser import HTMLParser

import pytest
from PySide6.QtGui import QImage

from phdesk.cli import gallery, main
from phdesk.cli.contact_sheet import Entry, Left, Picture, Sheet, page
from phdesk.views.dashboard import card
from phdesk.views.theme import dark, light
from tests.shared import RECORDINGS, SHARED, needs_shared

NASTY = "<script>alert('x')</script> & \"q\""
TRENDS = {
    "id": 1,
    "short_id": "abcdEF12",
    "name": NASTY,
    "query": {
        "kind": "InsightVizNode",
        "source": {
            "kind": "TrendsQuery",
            "series": [{"kind": "EventsNode", "event": "signed up", "name": "signed up"}],
            "trendsFilter": {"display": "ActionsLineGraph"},
        },
    },
    "result": [
        {
            "label": "signed up",
            "count": 6,
            "data": [1, 2, 3],
            "days": ["2026-11-01", "2026-11-02", "2026-11-03"],
            "labels": ["1-Nov-2026", "2-Nov-2026", "3-Nov-2026"],
        }
    ],
}
TEXT = {"id": 3, "text": {"body": "# Notes"}, "layouts": {}}
BOARD = {
    "id": 2,
    "name": "Board",
    "tiles": [
        {"id": 1, "insight": TRENDS, "layouts": {}},
        {"id": 2, "insight": TRENDS, "layouts": {}},
        TEXT,
    ],
}
USER = {
    "request": {"method": "GET"},
    "response": {"status": 200, "json": {"email": "a@example.com"}},
}
EMPTY = {"request": {"method": "DELETE"}, "response": {"status": 204, "text": ""}}
CSV = {"request": {"method": "GET"}, "response": {"status": 200, "text": "a,b\n1,2"}}
REFUSED = {
    "request": {"method": "GET"},
    "response": {"status": 404, "json": {"type": "x", "code": "not_found", "detail": "Not found."}},
}


@pytest.fixture(autouse=True)
def no_samples(qapp, monkeypatch):
    monkeypatch.delenv(gallery.SAMPLES, raising=False)


@pytest.fixture
def samples(tmp_path):
    folder = tmp_path / "samples"
    (folder / "recordings").mkdir(parents=True)
    write(folder / "signUps.json", TRENDS)
    write(folder / "recordings" / "board.json", BOARD)
    write(folder / "recordings" / "me.json", USER)
    (folder / "broken.json").write_text('{"short_id": "abc", "result": [1,')
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "new" / "gallery"


def write(path, value):
    path.write_text(json.dumps(value))


def pictures(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}


def sheet_of(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def said(capfd):
    found = capfd.readouterr()
    assert "Traceback" not in found.err
    return found


def test_every_tile_is_drawn_at_three_sizes_in_both_themes(samples, out, capfd):
    assert main(["gallery", "-o", str(out), str(samples)]) == 0
    stems = {
        "recordings-board/script-alert-x-script-q",
        "recordings-board/script-alert-x-script-q-2",
        "recordings-board/notes",
        "sign-ups/script-alert-x-script-q",
    }
    kinds = [f"{size}_{theme}" for size in gallery.SIZES for theme in ("light", "dark")]
    assert pictures(out) == {f"{stem}__{kind}.png" for stem in stems for kind in kinds}
    line, problem = said(capfd)
    assert line == f"4 tiles, 24 pictures, 1 skipped: {out / 'index.html'}\n"
    assert problem.startswith("phdesk: broken.json: ")
    assert problem.count("\n") == 1


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_pictures_have_the_size_of_their_tile_and_the_colours_of_their_theme(scale, samples, out):
    file = str(samples / "signUps.json")
    assert main(["gallery", "-o", str(out), "--scale", str(scale), file]) == 0
    for size, (width, height) in gallery.SIZES.items():
        for theme in (light(), dark()):
            (path,) = out.glob(f"*/*__{size}_{theme.name}.png")
            image = QImage(str(path))
            assert (image.width(), image.height()) == (round(width * scale), round(height * scale))
            assert image.pixelColor(image.width() // 2, round(6 * scale)) == theme.surface


def test_the_sizes_are_those_of_the_grid():
    assert gallery.SIZES == {"small": (118, 172), "medium": (614, 448), "large": (1280, 800)}


def test_one_theme_is_drawn_alone(samples, out):
    assert main(["gallery", "-o", str(out), "--theme", "dark", str(samples / "signUps.json")]) == 0
    assert len(pictures(out)) == 3
    assert all(name.endswith("_dark.png") for name in pictures(out))


class Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.addresses, self.words = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses |= {value for name, value in attrs if name in ("src", "href")}

    def handle_data(self, data):
        self.words.append(data)


def test_the_sheet_names_every_tile_picture_and_file(samples, out, capfd):
    main(["gallery", "-o", str(out), str(samples)])
    seen = Reader(sheet_of(out))
    assert seen.words.count(NASTY) == 3, "as words, once a tile"
    assert "script" not in seen.tags
    assert {name for name in seen.addresses if name.endswith(".png")} == pictures(out)
    assert {name for name in seen.addresses if not name.endswith(".png")} == {
        "#kind-1", "#kind-2", "#failed", "#skipped",
    }  # fmt: skip
    words = " ".join(seen.words)
    assert "Trends · ActionsLineGraph" in words
    assert f"{NASTY}: " in words, "its sentence"
    for name in ("signUps.json", "recordings/board.json", "recordings/me.json", "broken.json"):
        assert name in words


def test_the_page_escapes_all_that_comes_from_data():
    nasty = '"><img src=x onerror=1>'
    shown = Picture(file=nasty, size="small", theme=nasty, width=1, height=2)
    entry = Entry(
        title=nasty,
        kind=nasty,
        kind_label=nasty,
        display=nasty,
        source=nasty,
        summary=nasty,
        pictures=(shown,),
    )
    text = page(Sheet([entry], [Left(nasty, nasty)], [Left(nasty, nasty)]))
    assert "<img src=x" not in text
    assert text.count("<img ") == 1
    assert Reader(text).words.count(nasty) >= 4


def test_the_page_is_whole_without_the_network_and_follows_the_theme_of_the_system(samples, out):
    main(["gallery", "-o", str(out), str(samples)])
    text = sheet_of(out)
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"https?://|<link|@import|url\(", text)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(USER, "The file holds a user", id="a user"),
        pytest.param(EMPTY, "empty", id="an empty answer"),
        pytest.param(CSV, "not valid JSON", id="a recorded CSV"),
        pytest.param(REFUSED, "Not found", id="a refusal"),
        pytest.param([], "an empty list", id="an empty list"),
    ],
)
def test_what_holds_no_tile_is_skipped_and_not_an_error(content, why, samples, out, capfd):
    write(samples / "other.json", content)
    files = [str(samples / "signUps.json"), str(samples / "other.json")]
    assert main(["gallery", "-o", str(out), "--theme", "light", *files]) == 0
    line, problem = said(capfd)
    assert line.startswith("1 tiles, 3 pictures, 1 skipped: ")
    assert problem == ""
    assert why in sheet_of(out).partition('<h2 id="skipped">')[2]


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"short_id": "a", "result": [', "[" * 100_000, "\x00\xff"],
    ids=["empty", "cut off", "a cut insight", "endless nesting", "no text"],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(content, samples, out, capfd):
    (samples / "bad.json").write_text(content)
    files = [str(samples / "signUps.json"), str(samples / "bad.json")]
    assert main(["gallery", "-o", str(out), "--theme", "light", *files]) == 0
    line, problem = said(capfd)
    assert line.startswith("1 tiles, 3 pictures, 0 skipped: ")
    assert problem.startswith("phdesk: bad.json: ")
    assert problem.count("\n") == 1
    assert "bad.json" in sheet_of(out).partition('<h2 id="failed">')[2]


def test_without_any_tile_it_ends_with_exit_code_5_and_says_why(samples, out, capfd):
    assert main(["gallery", "-o", str(out), str(samples / "recordings" / "me.json")]) == 5
    line, problem = said(capfd)
    assert line == ""
    assert problem == "phdesk: me.json: The file holds a user, not a dashboard or insight.\n"


@pytest.mark.parametrize("name", ["nowhere", "nowhere.json"])
def test_a_source_that_is_not_there_is_exit_code_5_and_makes_nothing(name, samples, out, capfd):
    assert main(["gallery", "-o", str(out), str(samples), name]) == 5
    assert said(capfd).err == f"phdesk: {name}: No such file or directory\n"
    assert not out.exists()


def test_a_folder_without_json_is_exit_code_5(tmp_path, out, capfd):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["gallery", "-o", str(out), str(empty)]) == 5
    assert said(capfd).err == f"phdesk: {empty}: no JSON file is in it\n"


@pytest.mark.parametrize(
    "arguments", [[], ["-o"], ["-o", "x", "--theme", "blue"], ["-o", "x", "--scale", "9"]], ids=str
)
def test_wrong_use_is_exit_code_2(arguments, capfd):
    with pytest.raises(SystemExit) as stop:
        main(["gallery", *arguments])
    assert stop.value.code == 2
    said(capfd)


@pytest.mark.parametrize(
    "name", ["holiday.png", "index.html", ".hidden"], ids=["a file", "another page", "hidden"]
)
def test_a_folder_of_other_things_is_refused_and_left_alone(name, samples, out, capfd):
    out.mkdir(parents=True)
    (out / name).write_text("<html>mine</html>")
    assert main(["gallery", "-o", str(out), str(samples)]) == 2
    line, problem = said(capfd)
    assert (line, problem.count("\n")) == ("", 1)
    assert problem.startswith(f"phdesk: {out}: holds something else than a gallery")
    assert [path.name for path in out.iterdir()] == [name]
    assert (out / name).read_text() == "<html>mine</html>"


def test_an_earlier_gallery_is_replaced_and_other_files_in_it_are_kept(samples, out):
    assert main(["gallery", "-o", str(out), str(samples)]) == 0
    before = pictures(out)
    kept = out / "sign-ups" / "mine.png"
    kept.write_bytes(b"mine")
    assert main(["gallery", "-o", str(out), "--theme", "light", str(samples / "signUps.json")]) == 0
    assert len(before) == 24
    assert pictures(out) == {
        "sign-ups/mine.png",
        *(f"sign-ups/script-alert-x-script-q__{size}_light.png" for size in gallery.SIZES),
    }
    assert kept.read_bytes() == b"mine"
    assert not (out / "recordings-board").exists()


def test_a_run_that_was_stopped_leaves_a_folder_that_can_be_used_again(samples, out, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(gallery, "read", lambda _file: (_ for _ in ()).throw(KeyboardInterrupt))
        assert main(["gallery", "-o", str(out), str(samples)]) == 130
    assert main(["gallery", "-o", str(out), str(samples)]) == 0


def test_a_place_that_cannot_hold_a_folder_gets_one_line(samples, tmp_path, capfd):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert main(["gallery", "-o", str(taken), str(samples)]) == 5
    assert said(capfd).err == f"phdesk: {taken}: File exists\n"


def test_a_fault_of_a_painter_is_one_line_and_the_tile_says_so(samples, out, monkeypatch, capfd):
    paint = card.paint_with

    def fail_on_charts(painter, rect, view, *how):
        if view.body is not card.UNPAINTABLE:
            raise ZeroDivisionError("by a test")
        paint(painter, rect, view, *how)

    monkeypatch.setattr(card, "paint_with", fail_on_charts)
    file = str(samples / "signUps.json")
    assert main(["gallery", "-o", str(out), "--theme", "light", file]) == 0
    line, problem = said(capfd)
    assert line.startswith("1 tiles, 3 pictures, 0 skipped: ")
    assert problem.count("\n") == 1
    assert "could not be painted. (ZeroDivisionError: by a test)" in problem
    assert "ZeroDivisionError" in sheet_of(out)


def test_without_a_source_the_samples_and_then_the_demo_are_drawn(
    samples, out, tmp_path, monkeypatch, capfd
):
    more = tmp_path / "more"
    more.mkdir()
    write(more / "another.json", TRENDS)
    board = gallery.read(gallery.Named(samples / "recordings" / "board.json", "demo/Board"))
    monkeypatch.setattr(gallery, "demo_boards", lambda: iter([board]))
    monkeypatch.setattr(gallery, "RARE", gallery.Named(more / "another.json", "samples/rare"))
    monkeypatch.setenv(gallery.SAMPLES, f"{samples}{os.pathsep}{more}")
    assert main(["gallery", "-o", str(out), "--theme", "light"]) == 0
    assert said(capfd).out.startswith("9 tiles, 27 pictures, 1 skipped: ")
    folders = {path.name for path in out.iterdir() if path.is_dir()}
    assert folders == {"sign-ups", "recordings-board", "another", "samples-rare", "demo-board"}


def test_what_the_demo_has_no_place_for_is_drawn_from_samples_of_its_own(out):
    found = gallery.read(gallery.RARE)
    assert isinstance(found, gallery.Found)
    bodies = {type(view.body).__name__ for view in found.loaded.views}
    assert {
        "BarsBody", "BoxPlotBody", "FunnelBody", "HeatmapBody", "MetricBody", "PairBody", "PieBody",
        "ProportionBody", "SlopeBody", "TableBody", "XYBody",
    } <= bodies  # fmt: skip
    errors = [view for view in found.loaded.views if getattr(view.body, "state", "") == "error"]
    assert not errors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("recordings/dashboard_add_text_tile", "recordings-dashboard-add-text-tile"),
        ("trendsAreaGraph", "trends-area-graph"),
        ("Größe & Café", "groe-cafe"),
        ("日本語", "otherwise"),
        ("../../etc", "etc"),
        ("x" * 200, "x" * 60),
    ],
)
def test_names_of_files_are_short_and_plain(text, name):
    assert gallery.slug(text, "otherwise") == name


@pytest.mark.slow
@needs_shared
def test_every_recording_is_drawn_without_a_fault(out, monkeypatch, capfd):
    monkeypatch.setattr(gallery, "SIZES", {"medium": gallery.SIZES["medium"]})
    assert main(["gallery", "-o", str(out), "--theme", "light", str(RECORDINGS)]) == 0
    line, problem = said(capfd)
    assert problem == ""
    tiles, drawn = map(int, re.findall(r"\d+", line)[:2])
    assert tiles == drawn == len(pictures(out))
    assert tiles > 350


@pytest.mark.slow
@needs_shared
def test_the_demo_is_drawn_beside_the_samples(out, monkeypatch, capfd):
    monkeypatch.setattr(gallery, "SIZES", {"small": gallery.SIZES["small"]})
    monkeypatch.setenv(gallery.SAMPLES, str(SHARED / "fixtures" / "dashboards"))
    assert main(["gallery", "-o", str(out), "--theme", "dark"]) == 0
    assert said(capfd).err == ""
    folders = {path.name for path in out.iterdir() if path.is_dir()}
    assert len({name for name in folders if name.startswith("demo-")}) == 6
    assert "dashboard1" in folders
