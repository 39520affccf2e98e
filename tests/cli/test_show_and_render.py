"""Everything that PostHog was seen to send goes through `show` and `render`."""

import json
import re

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


# What PostHog's own screenshots show, row by row of our tables, cells parted by two spaces; empty
# cells are left out.
ROWS = {
    "funnelLeftToRight": [
        "Persons  20,166  8,438  2,864",
        "Dropped off  11,728  5,574",
        "Drop-off rate  58.16%  66.06%",
        "Conversion so far  100.00%  41.84%  14.20%",
        "Median time  0s  0s",
    ],
    "funnelLeftToRightBreakdown": [
        "1  Pageview  Baseline  20,166  100.00%",
        "1  Pageview  100  19,568  100.00%",
        "2  Pageview  100  8,436  11,132  56.89%  43.11%  43.11%  0s  6m 10s",
        "1  Pageview  92  597  100.00%",
        "2  Pageview  92  1  596  99.83%  0.17%  0.17%  0s  0s",
        "1  Pageview  98  1  100.00%",
        "2  Pageview  98  1  0  0.00%  100.00%  100.00%  2s  15m 31s",
    ],
    "funnelTimeToConvert": [
        "0s  4h 35s  4,562  98.6%",
        "4h 35s  8h 1m  19  0.4%",
        "8h 1m  12h 1m  12  0.3%",
        "12h 1m  16h 2m  9  0.2%",
        "16h 2m  20h 2m  3  0.1%",
        "20h 2m  1d  5  0.1%",
        "1d  1d 4h  4  0.1%",
        "1d 4h  1d 8h  3  0.1%",
        "1d 8h  1d 12h  6  0.1%",
    ],
    "retention": [
        "Mar 4  0  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%",
        "Mar 5  0  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%",
        "Mar 6  0  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%  0.0%",
        "Mar 7  6783  100.0%  0.5%  0.3%  0.1%  0.0%  0.0%  0.0%  0.0%",
        "Mar 8  10222  100.0%  48.9%  0.1%  0.0%  0.0%  0.0%  0.0%",
        "Mar 9  6590  100.0%  0.1%  0.0%  0.0%  0.0%  0.0%",
        "Mar 10  2177  100.0%  0.1%  0.0%  0.0%  0.0%",
        "Mar 11  1066  100.0%  0.0%  0.0%  0.1%",
        "Mar 12  0  0.0%  0.0%  0.0%",
        "Mar 13  0  0.0%  0.0%",
        "Mar 14  10  100.0%",
    ],
    "trendsNumber": ["signed_up  3,141,592"],
    "trendsPie": ["Pageview  47,258", "Pageview  3,258"],
    "trendsTable": ["Pageview  47,258"],
    "trendsLineMulti": [
        "Series  Pageview  Rageclick  All events",
        "Total sum  702  0  1,598",
        "3 Jul 2023  85  0  192",
        "4 Jul 2023  77  0  174",
        "5 Jul 2023  82  0  186",
        "6 Jul 2023  84  0  185",
        "7 Jul 2023  85  0  202",
        "8 Jul 2023  96  0  217",
    ],
    "trendsBarBreakdown": [
        "Series  Pageview  Pageview  Pageview",
        "Library Version  1.10.5  1.13.9  1.17.9",
        "Total sum  44,182  598  2,478",
        "8 Mar 2022  22,750  0  120",
        "9 Mar 2022  15,032  0  12",
        "10 Mar 2022  5,332  0  1,343",
        "11 Mar 2022  1,068  544  945",
    ],
    "trendsWorldMap": ["Pageview  AU  Australia  1,732", "Pageview  IS  Iceland  6"],
}
SAID = {  # figures above a chart, which are in our sentence
    "funnelLeftToRight": ["14.20%", "12m 49s"],
    "funnelLeftToRightBreakdown": ["14.20%"],
    "funnelTimeToConvert": ["17m 41s"],
    "trendsNumber": ["3,141,592"],
    "trendsPie": ["50,516"],
}
STORE = "http://amazingstore.com"
STOPS = [  # of the paths: step, name, persons
    (1, STORE, "5,248"),
    (2, f"{STORE}/product", "3,740"),
    (2, f"{STORE}/cart", "1,276"),
    (2, f"{STORE}/checkout", "464"),
    (3, f"{STORE}/cart", "1,596"),
    (3, STORE, "555"),
    (3, f"{STORE}/product", "490"),
    (4, f"{STORE}/checkout", "842"),
    (4, f"{STORE}/cart", "485"),
]


def lines_of(capfdbinary, name):
    """Show a fixture and give its lines, with cells parted by two spaces."""
    text = shown(capfdbinary, FIXTURES / "insights" / f"{name}.json")
    return [re.sub(r"\s{2,}", "  ", line.strip()) for line in text.splitlines()]


@pytest.mark.parametrize("name", ROWS, ids=str)
def test_the_rows_of_posthogs_own_screenshots_are_shown(name, capfdbinary):
    lines = lines_of(capfdbinary, name)
    found = [line for line in lines if line in ROWS[name]]
    assert found == ROWS[name]


@pytest.mark.parametrize("name", SAID, ids=str)
def test_the_sentence_has_the_figures_above_the_chart_in_the_screenshots(name, capfdbinary):
    sentence = lines_of(capfdbinary, name)[2]
    for figure in SAID[name]:
        assert re.search(rf"(?<![\w.,]){re.escape(figure)}(?![\w%]|[.,]\d)", sentence), figure


def test_the_stops_of_the_paths_in_the_screenshot_are_shown(capfdbinary):
    cells = [line.split("  ") for line in lines_of(capfdbinary, "userPaths")]
    links = [line for line in cells if len(line) == 7 and line[0].isdigit()]
    sources = {(int(step), source, total) for step, source, _, _, _, total, _ in links}
    targets = {(int(step) + 1, target, total) for step, _, target, _, _, _, total in links}
    assert set(STOPS) <= sources | targets


def test_the_baseline_of_a_funnel_in_the_screenshot_is_shown(capfdbinary):
    cells = [line.split("  ") for line in lines_of(capfdbinary, "funnelLeftToRightBreakdown")]
    assert [line[:-2] for line in cells if "Baseline" in line][1:] == [
        ["2", "Pageview", "Baseline", "8,438", "11,728", "58.16%", "41.84%", "41.84%"],
        ["3", "Pageview", "Baseline", "2,864", "5,574", "66.06%", "14.20%", "33.94%"],
    ]
