"""A snapshot comes back as it was made, or is refused with a reason."""

import hashlib
import io
import json
import zipfile
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.models.account import Project
from phdesk.models.annotation import Annotation
from phdesk.models.insight import NULL
from phdesk.store.snapshot import (
    DEEPEST,
    MOST_TILES,
    Snapshot,
    SnapshotError,
    is_deep,
    is_snapshot,
    pack,
    unpack,
)
from phdesk.store.snapshot_origins import Origins, Place, Source
from phdesk.store.state import Around
from tests.store.builders import NOON, answer, at, board, broken, text, tile

MADE = Snapshot(
    dashboard=board(
        tile(1, answer(0)), tile(2, answer(None), x=6), text(3), tile(4, answer(7, name="Sales"))
    ),
    project=Project(id=1, name="Shop", timezone="Europe/Berlin", week_start_day=1),
    made_at=at(30),
    fetched_at=at(20),
    host="https://eu.posthog.com",
    around=Around(annotations=(Annotation(id=1, content="Launch", at=NOON),)),
)
PACKED = pack(MADE, "phdesk 0.1")
PLACE = {"project": {"id": 1}}
SHOP = Place(project=Project(id=1, name="Shop"), host="https://us.posthog.com", said="Shop")
OF_BOARD = replace(
    MADE,
    origins=Origins(places=(SHOP,), tiles={2: Source(place=0, dashboard=9, tile=5, title="Mine")}),
)


def contents(data=PACKED):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def sealed(**changes):
    """Put other contents in, with sums that fit, as a forger would."""
    entries = {**contents(), **changes}
    entries = {name: data for name, data in entries.items() if data is not None}
    manifest = json.loads(entries.pop("manifest.json"))
    manifest["entries"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in entries.items()
    }
    return zipped({"manifest.json": json.dumps(manifest), **entries})


def reason(data):
    with pytest.raises(SnapshotError) as refusal:
        unpack(data)
    return str(refusal.value)


def test_it_comes_back_as_it_was():
    assert is_snapshot(PACKED)
    assert unpack(PACKED) == MADE


def test_where_the_tiles_of_a_board_are_from_comes_back():
    assert unpack(pack(OF_BOARD, "")) == OF_BOARD
    assert json.loads(contents(pack(OF_BOARD, ""))["manifest.json"])["version"] == 2
    assert json.loads(contents()["manifest.json"])["version"] == 1


@pytest.mark.parametrize(
    "origins",
    [
        {"places": [], "tiles": {"1": {"place": 0, "dashboard": 9, "tile": 5}}},
        {
            "places": [{"project": {"id": 1}}],
            "tiles": {"7": {"place": 0, "dashboard": 9, "tile": 5}},
        },
        {
            "places": [{"project": {"id": 1}}],
            "tiles": {"1": {"place": -1, "dashboard": 9, "tile": 5}},
        },
    ],
    ids=["no place", "another tile", "before the first place"],
)
def test_places_that_do_not_fit_the_tiles_are_refused(origins):
    data = sealed(**{"origins.json": json.dumps(origins).encode()})
    assert reason(data) == "where its tiles are from does not fit its tiles"


def test_a_host_of_a_place_is_none_that_a_browser_would_be_led_astray_with():
    changed = contents(pack(OF_BOARD, ""))["origins.json"].replace(
        b"https://us.posthog.com", b"https://us.posthog.com@evil.example"
    )
    held = unpack(sealed(**{"origins.json": changed}))
    assert [place.host for place in held.origins.places] == [""]


def test_the_same_snapshot_is_the_same_file():
    assert pack(MADE, "phdesk 0.1") == PACKED


def test_it_holds_no_answer_that_is_not_good():
    made = unpack(pack(replace(MADE, dashboard=board(tile(1, broken()))), ""))
    assert made.dashboard.tiles[0].insight.result == NULL
    assert [name for name in contents(pack(made, "")) if name.startswith("tiles/")] == []


def test_one_changed_letter_is_found():
    changed = zipped({**contents(), "tiles/1.json": contents()["tiles/1.json"].replace(b"1", b"9")})
    assert reason(changed) == "tiles/1.json was changed after the snapshot was made"


@given(st.integers(0, len(PACKED) - 1), st.integers(1, 255))
def test_a_damaged_byte_never_changes_what_is_shown(place, flip):
    damaged = bytearray(PACKED)
    damaged[place] ^= flip
    with suppress(SnapshotError):  # else it was a byte that says nothing, such as a date
        assert unpack(bytes(damaged)) == MADE


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_line(data):
    assert "\n" not in reason(b"PK\x03\x04" + data)


def test_half_a_file_is_refused():
    assert reason(PACKED[: len(PACKED) // 2]).startswith("it is damaged, or no snapshot")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "tiles/../1.json", "C:\\x", "tiles/01.json", "notes.txt"],
)
def test_no_entry_has_another_name(name):
    assert reason(sealed(**{name: b"{}"})).startswith("it has an entry that no snapshot has")


def test_no_name_comes_twice():
    file = io.BytesIO(PACKED)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("tiles/1.json", b"{}")
    assert reason(file.getvalue()) == "it has two entries called tiles/1.json"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({**contents(), "tiles/1.json": bytes(65 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert reason(bomb) == "tiles/1.json unpacks to more than 64 MB"


def test_many_large_entries_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr("phdesk.store.snapshot.LARGEST_WHOLE", 1000)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert reason(PACKED) == "it unpacks to more than 256 MB"


def test_a_size_that_is_told_too_small_is_found():
    data = contents()["tiles/1.json"]
    lie = bytearray(PACKED)
    size = len(data).to_bytes(4, "little")
    at_directory = lie.rindex(b"tiles/1.json") - 46
    lie[at_directory + 24 : at_directory + 28] = (len(data) - 5).to_bytes(4, "little")
    assert size in PACKED
    assert "tiles/1.json" in reason(bytes(lie)) or "damaged" in reason(bytes(lie))


def test_too_many_entries_are_refused():
    extra = {f"tiles/{number}.json": b"{}" for number in range(MOST_TILES + 2)}
    assert reason(zipped({**contents(), **extra})).endswith("more than any dashboard")


def test_a_directory_without_end_is_refused_before_it_is_read(monkeypatch):
    file = zipped({f"tiles/{number}.json": b"" for number in range(5_000)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert reason(file) == "it has far more entries than any dashboard"


def test_a_second_directory_is_refused_whatever_the_first_one_says():
    at_end = PACKED[:-22] + b"PK\x06\x07" + bytes(16) + PACKED[-22:]
    assert reason(at_end) == "it has far more entries than any dashboard"


@pytest.mark.parametrize("behind", [b"x", PACKED[-22:-2] + b"\x01\x00x"], ids=["more", "remark"])
def test_nothing_stands_behind_the_end(behind):
    data = PACKED + behind if behind == b"x" else PACKED[:-22] + behind
    assert reason(data).startswith("it is damaged, or no snapshot")


def entry_at(data, name, offset, value):
    """Change bytes of an entry in the directory, counted from the entry's start."""
    changed = bytearray(data)
    start = changed.rindex(name) - 46
    changed[start + offset : start + offset + len(value)] = value
    return bytes(changed)


def test_an_encrypted_entry_is_refused():
    assert reason(entry_at(PACKED, b"tiles/1.json", 8, b"\x01\x00")) == "tiles/1.json is encrypted"


def test_a_link_is_nothing_but_its_contents():
    link = entry_at(PACKED, b"tiles/1.json", 38, (0o120777 << 16).to_bytes(4, "little"))
    assert unpack(link) == MADE


@pytest.mark.parametrize("place", ["directory", "entry"])
def test_a_name_that_is_no_unicode_is_refused(place):
    data = entry_at(PACKED, b"tiles/1.json", 8, b"\x00\x08")
    where = data.rindex(b"tiles/1.json") if place == "directory" else data.index(b"tiles/1.json")
    data = data[:where] + b"\xff" + data[where + 1 :]
    assert reason(data).startswith("it is damaged, or no snapshot")


@pytest.mark.parametrize("name", ["tiles/\u0661.json", "tiles/1\u202e.json", "\uff4danifest.json"])
def test_digits_and_letters_of_other_scripts_are_none_of_ours(name):
    assert reason(sealed(**{name: b"{}"})).startswith("it has an entry that no snapshot has")


def test_a_list_of_contents_without_end_is_refused():
    manifest = {**json.loads(contents()["manifest.json"]), "program": "x" * 66 * 1024 * 1024}
    file = zipped({**contents(), "manifest.json": json.dumps(manifest)})
    assert reason(file) == "manifest.json unpacks to more than 64 MB"


def test_other_ways_of_packing_are_refused():
    assert reason(zipped(contents(), zipfile.ZIP_LZMA)).endswith(
        "packed in a way that no snapshot is"
    )


def test_a_large_file_is_not_even_opened(monkeypatch):
    monkeypatch.setattr("phdesk.store.snapshot.LARGEST_FILE", 100)
    assert reason(PACKED) == "it is larger than 128 MB"


@pytest.mark.parametrize("name", ["manifest.json", "dashboard.json", "project.json", "around.json"])
def test_every_part_of_the_frame_is_needed(name):
    entries = contents()
    del entries[name]
    assert reason(zipped(entries)) == f"it has no {name}: it is no snapshot of phdesk"


def test_an_entry_that_the_list_does_not_name_is_refused():
    extra = zipped({**contents(), "tiles/77.json": b"{}"})
    assert reason(extra) == "its list of contents does not fit what is in it"


def test_an_answer_without_its_tile_is_refused():
    assert reason(sealed(**{"tiles/77.json": b"{}"})) == "its tiles do not fit its dashboard"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "other"}, "it is no snapshot of phdesk"),
        ({"version": 3}, "a newer phdesk made it (format 3); update phdesk"),
        ({"made_at": "2026-11-23T12:00:00"}, "manifest.json has times without a zone"),
    ],
    ids=["format", "version", "zone"],
)
def test_a_manifest_of_another_kind_is_refused(change, said):
    manifest = {**json.loads(contents()["manifest.json"]), **change}
    assert reason(zipped({**contents(), "manifest.json": json.dumps(manifest)})) == said


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"id": "x"}', b"\xff"], ids=repr)
def test_an_answer_that_is_no_answer_is_refused(data):
    assert reason(sealed(**{"tiles/1.json": data})).startswith("tiles/1.json cannot be read")


def test_deep_nesting_is_refused_before_it_is_read():
    deep = b'{"query": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert (
        reason(sealed(**{"tiles/1.json": deep})) == "tiles/1.json is nested deeper than 100 levels"
    )


@pytest.mark.parametrize(
    "host", ["javascript:alert(1)", "https://a b", "file:///etc", "https://u@h"]
)
def test_a_host_that_is_none_is_dropped(host):
    manifest = {**json.loads(contents()["manifest.json"]), "host": host}
    assert unpack(zipped({**contents(), "manifest.json": json.dumps(manifest)})).host == ""


def test_endless_gaps_between_tiles_are_not_taken():
    frame = {**json.loads(contents()["dashboard.json"]), "spacing": 10**9}
    assert unpack(sealed(**{"dashboard.json": json.dumps(frame).encode()})).dashboard.spacing == 100


BRACKETS = st.text('[]{}\\"a')
JSON = st.recursive(
    st.none() | BRACKETS, lambda inner: st.lists(inner) | st.dictionaries(BRACKETS, inner)
)


def depth(value):
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


@given(JSON, st.integers(1, 8))
def test_depth_is_told_without_reading(value, limit):
    import phdesk.store.snapshot as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "DEEPEST", limit)
        assert is_deep(msgspec.json.encode(value)) == (depth(value) > limit)


def test_brackets_in_texts_are_no_levels():
    assert not is_deep(json.dumps(["[" * 10 * DEEPEST + '\\"']).encode())


def test_a_text_that_never_ends_is_refused_at_once():
    endless = b'{"name": "' + rb"\"" * 500_000
    assert reason(sealed(**{"tiles/1.json": endless})).startswith("tiles/1.json cannot be read")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-11-23T12:00:00", "without a zone"),
        ("0001-01-01T00:00:00Z", "at the end of time"),
        ("9999-12-31T23:59:59Z", "at the end of time"),
    ],
)
@pytest.mark.parametrize("entry", ["tiles/1.json", "around.json", "dashboard.json"])
def test_times_that_cannot_be_compared_or_shown_are_refused(entry, when, said):
    asked = {
        "tiles/1.json": {"next_allowed_client_refresh": when},
        "around.json": {"annotations": [{"id": 1, "content": "Launch", "at": when}]},
        "dashboard.json": {"row": {"id": 9, "name": "Weekly", "created_at": when}},
    }[entry]
    written = json.dumps({**json.loads(contents()[entry]), **asked}).encode()
    assert reason(sealed(**{entry: written})) == f"{entry} has times {said}"


def test_numbers_that_no_window_can_tell_apart_are_others():
    far = 2**32
    tiles = (*(tile(far + n, answer(n)) for n in (1, 2)), text(far + 3))
    frame = replace(MADE.dashboard, row=replace(MADE.dashboard.row, id=far + 9), tiles=tiles)
    source = Source(place=0, dashboard=9, tile=5, title="Mine")
    made = replace(MADE, dashboard=frame, origins=Origins(places=(SHOP,), tiles={far + 2: source}))
    found = unpack(pack(made, "phdesk 0.1"))
    assert found.dashboard.row.id == 1
    assert [one.id for one in found.dashboard.tiles] == [1, 2, 3]
    assert [one.insight and one.insight.result for one in found.dashboard.tiles] == [
        one.insight and one.insight.result for one in tiles
    ]
    assert found.origins.tiles == {2: source}


def test_what_came_in_the_place_of_an_answer_is_kept_as_the_reason():
    held = replace(MADE, dashboard=board(tile(1, broken()), tile(2, broken(3), x=6)))
    first, second = unpack(pack(held, "phdesk 0.1")).dashboard.tiles
    assert (first.error, first.insight.error) == ("memory", None)
    assert (second.error, second.insight.error) == (None, "memory"), "it has an answer"
