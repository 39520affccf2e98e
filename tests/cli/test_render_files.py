"""`render` writes PDF and SVG by the end of the name."""

import json
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from phdesk.cli import main
from tests.cli.test_render_colors import PIE
from tests.shared import RECORDINGS, needs_shared


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pie.json"
    path.write_text(json.dumps(PIE))
    return path


def render(file, out, *options):
    return main(["render", "--file", str(file), "-o", str(out), *options])


def size_of(page):
    return round(page.mediabox.width), round(page.mediabox.height)


def test_an_insight_is_one_sheet(file, tmp_path, qapp):
    out = tmp_path / "pie.PDF"
    assert render(file, out, "--paper", "letter", "--landscape") == 0
    (page,) = PdfReader(out).pages
    assert size_of(page) == (792, 612)
    assert "Plans" in page.extract_text()


def test_an_insight_is_a_picture_of_lines_in_its_size(file, tmp_path, qapp):
    out = tmp_path / "pie.svg"
    assert render(file, out, "--size", "640x400", "--theme", "dark") == 0
    root = ET.parse(out).getroot()
    assert root.get("viewBox") == "0 0 640 400"
    assert "Plans" in "".join(root.itertext())


@needs_shared
def test_a_dashboard_is_as_many_sheets_as_it_takes(tmp_path, qapp):
    out = tmp_path / "board.pdf"
    assert render(RECORDINGS / "dashboard_retrieve_overview_full.json", out) == 0
    reader = PdfReader(out)
    assert len(reader.pages) > 1
    words = " ".join(reader.pages[0].extract_text().split())
    for said in ("Product overview", "Oldest tile", "Made by phdesk on", "$pageview", "36142"):
        assert said in words
    assert reader.metadata.title == "Product overview"


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("form", ["pdf", "svg"])
def test_a_dashboard_says_of_which_project_and_filters_it_is(form, tmp_path, qapp):
    out = tmp_path / f"board.{form}"
    assert main(["render", "1", "-o", str(out)]) == 0
    if form == "pdf":
        words = " ".join(PdfReader(out).pages[0].extract_text().split())
    else:
        words = "".join(ET.parse(out).getroot().itertext())
    for said in ("Project: Lumen Lane", "Filters: Last 30 days", "Oldest tile"):
        assert said in words


@pytest.mark.parametrize("name", ["x.pdf", "x.svg"])
def test_a_place_that_takes_no_file_is_told(file, tmp_path, qapp, capfd, name):
    assert render(file, tmp_path / "gone" / name) == 5
    assert "cannot be written" in capfd.readouterr().err


def test_other_ends_are_refused_with_those_that_are_known(file, tmp_path, capfd):
    assert render(file, tmp_path / "x.docx") == 2
    assert ".svg, .pdf" in capfd.readouterr().err.replace(".pdf, .svg", ".svg, .pdf")
