"""Everything that PostHog was seen to send goes through `show` and `render`."""

import json

import pytest
from PySide6.QtGui import QImage

from phdesk.cli import main
from tests.shared import FIXTURES, RECORDINGS, needs_shared

pytestmark = needs_shared


def holds_something_to_show(path):
    body = json.loads(path.read_text())["response"].get("json")
    if not isinstance(body, dict):
        return False
    inner = body.get("dashboard") or body.get("insight")
    return any(
        isinstance(one, dict) and ("tiles" in one or ("result" in one and "short_id" in one))
        for one in (body, inner)
    )


FILES = [
    *(path for path in sorted(RECORDINGS.glob("*.json")) if holds_something_to_show(path)),
    *sorted(FIXTURES.rglob("*.json")),
]
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def shown(capfdbinary, path, how="text"):
    assert main(["show", "--file", str(path), "--format", how]) == 0
    out, err = capfdbinary.readouterr()
    assert err == b""
    return out.decode()


def tiles(path):
    """Read a file as a dumb reader would: the insights and cards, in any order."""
    body = json.loads(path.read_text())
    body = body.get("response", {}).get("json", body) if isinstance(body, dict) else body
    body = body.get("dashboard") or body.get("insight") or body
    return body.get("tiles", [{"insight": body}])


def test_there_is_much_to_show():
    assert len(FILES) > 110


@every_file
def test_a_file_is_shown_as_text_with_its_titles(path, capfdbinary):
    text = shown(capfdbinary, path)
    assert text.strip()
    if path.parent.name in ("recordings", "insights"):
        for tile in tiles(path):
            name = (tile.get("insight") or {}).get("name") or ""
            assert " ".join(name.split()) in text


@every_file
def test_a_file_is_shown_as_json_with_every_number_of_its_series(path, capfdbinary):
    shown_tiles = json.loads(shown(capfdbinary, path, "json"))
    shown_tiles = shown_tiles if isinstance(shown_tiles, list) else [shown_tiles]
    for tile in shown_tiles:
        assert list(tile) == ["title", "kind", "display", "summary", "columns", "rows"]
        assert all(len(row) <= len(tile["columns"]) for row in tile["rows"])
    numbers = {
        cell for tile in shown_tiles for row in tile["rows"] for cell in row if is_number(cell)
    }
    if path.parent.name not in ("recordings", "insights"):
        return
    for sent in tiles(path):
        for value in series_numbers((sent.get("insight") or {}).get("result")):
            assert any(abs(value - seen) <= 1e-9 * max(1, abs(value)) for seen in numbers), value


def is_number(cell):
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def series_numbers(result):
    """Collect the numbers of trends-like series and of funnel steps."""
    items = result if isinstance(result, list) else []
    for item in items:
        if isinstance(item, list):
            yield from series_numbers([one for one in item if isinstance(one, dict)])
        elif isinstance(item, dict):
            yield from (value for value in item.get("data") or [] if is_number(value))
            if is_number(item.get("aggregated_value")):
                yield item["aggregated_value"]
            if "action_id" in item:
                yield item["count"]


@pytest.mark.parametrize("how", ["text", "json"])
def test_the_reason_of_a_failed_calculation_is_shown(how, capfdbinary):
    text = shown(capfdbinary, RECORDINGS / "dashboard_broken_tile_poll_done.json", how)
    assert "Unable to resolve field: nonexistent_column" in text


@every_file
def test_a_file_is_shown_as_csv(path, capfdbinary):
    assert isinstance(shown(capfdbinary, path, "csv"), str)


@every_file
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_file_is_drawn(path, theme, tmp_path, qapp, capfd):
    out = tmp_path / "out.png"
    assert main(["render", "--file", str(path), "-o", str(out), "--theme", theme]) == 0
    image = QImage(str(out))
    assert image.width() == 1280
    background = image.pixelColor(1, 1)
    probes = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 16)
        for y in range(0, image.height(), 8)
    }
    assert background.name() in probes
    assert len(probes) > 2, "nothing was drawn"


@every_file
@pytest.mark.parametrize("size", ["1280x800", "600x400"])
def test_a_file_is_drawn_at_the_size_that_was_asked_for(path, size, tmp_path, qapp, capfd):
    out = tmp_path / "out.png"
    assert main(["render", "--file", str(path), "-o", str(out), "--size", size]) == 0
    image = QImage(str(out))
    assert f"{image.width()}x{image.height()}" == size


FIGURES = {
    "funnelLeftToRight": [
        "20,166", "100.00%", "8,438", "41.84%", "11,728", "58.16%", "2,864", "14.20%", "5,574",
        "66.06%", "12m 49s", "0s", "6m 10s",
    ],
    "funnelLeftToRightBreakdown": [
        "14.20%", "14.63%", "0.00%", "100.00%", "20,166", "19,568", "597", "8,438", "8,436",
        "11,728", "11,132", "596", "41.84%", "43.11%", "0.17%", "58.16%", "2,864", "5,574",
        "66.06%", "2s",
    ],
    "funnelTimeToConvert": ["17m 41s", "98.6%", "0.4%", "0.3%", "0.2%", "0.1%", "4h 35s", "8h 1m"],
    "retention": [
        "Mar 4", "Mar 14", "Day 10", "100.0%", "48.9%", "0.5%", "0.3%", "0.1%", "0.0%", "6,783",
        "10,222", "6,590", "2,177", "1,066",
    ],
    "trendsNumber": ["3,141,592"],
    "trendsPie": ["47,258", "3,258", "50,516"],
    "trendsTable": ["47,258"],
    "trendsLineMulti": ["Pageview", "Rageclick", "All events", "702", "1,598", "85", "192", "96"],
    "trendsBarBreakdown": ["44,182", "598", "2,478", "22,750", "15,032", "5,332", "1,343", "945"],
    "trendsWorldMap": ["AU", "Australia", "1,732", "IS", "Iceland", "6"],
    "userPaths": ["/product", "/cart", "/checkout", "5,248", "3,740", "1,596", "842"],
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES, ids=str)
def test_the_figures_of_posthogs_own_screenshots_are_shown(name, capfdbinary):
    text = shown(capfdbinary, FIXTURES / "insights" / f"{name}.json")
    missing = [figure for figure in FIGURES[name] if figure not in text]
    assert not missing
