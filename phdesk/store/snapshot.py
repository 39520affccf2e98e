"""A dashboard with its numbers, layout and ages as one file that opens anywhere.

A `.phdesk` file is a zip archive: `manifest.json` says what it is and gives the size and the
SHA-256 sum of every other entry; `dashboard.json`, `project.json` and `around.json` hold the frame,
and `tiles/ID.json` one answer each; of a person's own board `origins.json` says where its tiles are
from, without which older versions would draw them wrong: such a file is of format 2. The sums find
damage, not a forger, so nothing in a file is trusted: names, number and sizes of entries are judged
before any is unpacked, no entry is unpacked further than its size says, and nesting is limited
before JSON is read. Nothing is ever written to a path that an archive names.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.answers import is_good, why_failed
from phdesk.core.numbering import numbered
from phdesk.models.account import Project
from phdesk.models.dashboard import Dashboard
from phdesk.models.insight import Insight
from phdesk.store.snapshot_origins import NO_ORIGINS, Origins, Place, fits
from phdesk.store.state import NOTHING_AROUND, Around
from phdesk.store.tiles import stripped

T = TypeVar("T")
SUFFIX = ".phdesk"
FORMAT = "phdesk snapshot"
VERSION = 2
PLAIN = 1  # the version that reads a dashboard's
MANIFEST = "manifest.json"
DASHBOARD, PROJECT, AROUND = "dashboard.json", "project.json", "around.json"
ORIGINS = "origins.json"
FRAME = (DASHBOARD, PROJECT, AROUND)
LARGEST_FILE = 128 * 1024 * 1024  # bytes, packed
LARGEST_ENTRY = 64 * 1024 * 1024  # bytes, unpacked: no answer of PostHog is that large
LARGEST_WHOLE = 256 * 1024 * 1024  # bytes, of all entries unpacked
LARGEST_DIRECTORY = 256 * 1024  # bytes: an entry of ours has about 70
END = 22  # bytes that end an archive, where its directory is
MOST_TILES = 500
DEEPEST = 100  # levels of JSON; PostHog's deepest answers have about fifteen
MOST_SPACING = 100  # pixels between tiles
_TILE = re.compile(r"tiles/(0|[1-9]\d{0,17})\.json", re.ASCII)
_HOST = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_STRINGS = re.compile(rb'"[^"]*"?')
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE = bytes.maketrans(b"{}", b"[]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive knows: of none interest


DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, UnicodeDecodeError),
)


class SnapshotError(ValueError):
    """A file is no snapshot, or not one to be trusted; the message says why, in one line."""


class Snapshot(Struct, frozen=True, gc=False, kw_only=True):
    """What a file holds: a dashboard as it was seen, with its answers."""

    dashboard: Dashboard  # whose tiles carry their answers and stand where they were seen
    project: Project
    made_at: datetime
    fetched_at: datetime | None = None  # when the server last said what the dashboard is
    host: str = ""  # of the PostHog that it is from; "" when unknown
    around: Around = NOTHING_AROUND
    origins: Origins = NO_ORIGINS  # of the tiles of a person's own board
    link: str = ""  # of the shared page that it was read from; in no file


class _Entry(Struct, frozen=True, gc=False):
    size: int
    sha256: str


class _Manifest(Struct, frozen=True, gc=False, kw_only=True):
    format: str
    version: int
    made_at: datetime
    fetched_at: datetime | None = None
    host: str = ""
    program: str = ""  # which phdesk made it
    entries: dict[str, _Entry] = {}


class _Format(Struct, frozen=True, gc=False):
    """As much of a manifest as every version has."""

    format: str
    version: int


def place_of(held: Snapshot) -> str:
    """Say where a snapshot is from: "US, Shop"."""
    return held.origins.words or Place(project=held.project, host=held.host).words


def is_snapshot(data: bytes) -> bool:
    """Tell an archive from JSON by its first bytes."""
    return data.startswith(b"PK")


def pack(snapshot: Snapshot, program: str) -> bytes:
    """Write a snapshot as the bytes of a file; `program` names the version that makes it."""
    entries = dict(_written(snapshot))
    manifest = _Manifest(
        format=FORMAT,
        version=VERSION if snapshot.origins.tiles else PLAIN,
        made_at=snapshot.made_at,
        fetched_at=snapshot.fetched_at,
        host=snapshot.host,
        program=program,
        entries={name: _Entry(len(data), _sum(data)) for name, data in entries.items()},
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = {MANIFEST: msgspec.json.format(msgspec.json.encode(manifest), indent=2), **entries}
        for name, data in whole.items():
            archive.writestr(_info(name), data)
    return file.getvalue()


def unpack(data: bytes) -> Snapshot:
    """Read the bytes of a file; raises SnapshotError with the reason for a refusal."""
    if len(data) > LARGEST_FILE:
        raise SnapshotError("it is larger than 128 MB")
    _judge_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = _judged(archive.infolist())
            manifest = _manifest(_content(archive, infos.pop(MANIFEST)))
            if infos.keys() != manifest.entries.keys():
                raise SnapshotError("its list of contents does not fit what is in it")
            contents = {
                name: _checked(name, _content(archive, info), manifest.entries[name])
                for name, info in infos.items()
            }
    except DAMAGE as why:
        raise SnapshotError(f"it is damaged, or no snapshot ({why})") from why
    return _read(manifest, contents)


def _written(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    yield DASHBOARD, msgspec.json.encode(stripped(_with_reasons(snapshot.dashboard)))
    yield PROJECT, msgspec.json.encode(snapshot.project)
    yield AROUND, msgspec.json.encode(snapshot.around)
    if snapshot.origins.tiles:
        yield ORIGINS, msgspec.json.encode(snapshot.origins)
    for tile in snapshot.dashboard.tiles:
        if tile.insight is not None and is_good(tile.insight):
            yield f"tiles/{tile.id}.json", msgspec.json.encode(tile.insight)


def _with_reasons(dashboard: Dashboard) -> Dashboard:
    """Note on tiles without an answer why there is none: what came in its place goes."""
    tiles = (
        replace(tile, error=tile.error or why_failed(tile.insight))
        if tile.insight is not None and not is_good(tile.insight)
        else tile
        for tile in dashboard.tiles
    )
    return replace(dashboard, tiles=tuple(tiles))


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _judge_directory(data: bytes) -> None:
    """Judge how long an archive's directory is, before it is read: each entry takes memory.

    Its end is where we write it, with neither a remark behind it nor a second, larger directory.
    """
    end = data[-END:]
    if not end.startswith(b"PK\x05\x06") or end[-2:] != bytes(2):
        raise SnapshotError("it is damaged, or no snapshot (its end is missing)")
    if int.from_bytes(end[12:16], "little") > LARGEST_DIRECTORY or data[-END - 20 :].startswith(
        b"PK\x06\x07"
    ):
        raise SnapshotError("it has far more entries than any dashboard")


def _judged(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Judge an archive by its directory, before anything is unpacked."""
    if len(infos) > MOST_TILES + len(FRAME) + 2:
        raise SnapshotError(f"it has {len(infos):,} entries, more than any dashboard")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _judge(info)
        if info.filename in found:
            raise SnapshotError(f"it has two entries called {info.filename}")
        found[info.filename] = info
    if sum(info.file_size for info in infos) > LARGEST_WHOLE:
        raise SnapshotError("it unpacks to more than 256 MB")
    missing = {MANIFEST, *FRAME} - found.keys()
    if missing:
        raise SnapshotError(f"it has no {min(missing)}: it is no snapshot of phdesk")
    return found


def _judge(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if name not in (MANIFEST, ORIGINS, *FRAME) and not _TILE.fullmatch(name):
        raise SnapshotError(f"it has an entry that no snapshot has: {name[:80]!r}")
    if info.flag_bits & 1:
        raise SnapshotError(f"{name} is encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise SnapshotError(f"{name} is packed in a way that no snapshot is")
    if info.file_size > LARGEST_ENTRY:
        raise SnapshotError(f"{name} unpacks to more than 64 MB")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack an entry, but not further than the directory says that it is."""
    with archive.open(info) as entry:
        data = entry.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise SnapshotError(f"{info.filename} is not as long as it says")
    if is_deep(data):
        raise SnapshotError(f"{info.filename} is nested deeper than {DEEPEST} levels")
    return data


def is_deep(data: bytes) -> bool:
    """Say whether JSON is nested deeper than any answer, without reading it.

    Strings go first, since brackets in them do not count; then each round takes the innermost
    pairs away, so that there are as many rounds as levels. A string that never ends goes to the
    end: to look for its end from each quote in it would take hours, in which nothing else runs.
    """
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"")  # quotes that end no string
    brackets = _STRINGS.sub(b"", plain).translate(_ALIKE, _OTHERS)
    for _level in range(DEEPEST):
        fewer = brackets.replace(b"[]", b"")
        if len(fewer) == len(brackets):
            return False  # nothing is left, or what is no JSON: the decoder will say so
        brackets = fewer
    return bool(brackets)


def _manifest(data: bytes) -> _Manifest:
    known = _decoded(MANIFEST, data, _Format)
    if known.format != FORMAT:
        raise SnapshotError("it is no snapshot of phdesk")
    if known.version > VERSION:
        raise SnapshotError(f"a newer phdesk made it (format {known.version}); update phdesk")
    return _decoded(MANIFEST, data, _Manifest)


def _checked(name: str, data: bytes, entry: _Entry) -> bytes:
    if len(data) != entry.size or _sum(data) != entry.sha256:
        raise SnapshotError(f"{name} was changed after the snapshot was made")
    return data


def _read(manifest: _Manifest, contents: Mapping[str, bytes]) -> Snapshot:
    frame = _decoded(DASHBOARD, contents[DASHBOARD], Dashboard)
    answers = {
        int(match[1]): _decoded(name, data, Insight)
        for name, data in contents.items()
        if (match := _TILE.fullmatch(name))
    }
    ids = [tile.id for tile in frame.tiles]
    if len(set(ids)) != len(ids) or not answers.keys() <= set(ids):
        raise SnapshotError("its tiles do not fit its dashboard")
    tiles = tuple(replace(tile, insight=answers.get(tile.id, tile.insight)) for tile in frame.tiles)
    spacing = min(max(frame.spacing, 0), MOST_SPACING)
    board, now = numbered(replace(frame, tiles=tiles, spacing=spacing))
    origins = _origins(contents, frozenset(ids))
    sources = {now[tile_id]: source for tile_id, source in origins.tiles.items()}
    return Snapshot(
        dashboard=board,
        project=_decoded(PROJECT, contents[PROJECT], Project),
        around=_decoded(AROUND, contents[AROUND], Around),
        origins=replace(origins, tiles=sources),
        made_at=manifest.made_at,
        fetched_at=manifest.fetched_at,
        host=_host(manifest.host),
    )


def _origins(contents: Mapping[str, bytes], tiles: frozenset[int]) -> Origins:
    if ORIGINS not in contents:
        return NO_ORIGINS
    found = _decoded(ORIGINS, contents[ORIGINS], Origins)
    if not fits(found, tiles):
        raise SnapshotError("where its tiles are from does not fit its tiles")
    places = tuple(replace(place, host=_host(place.host)) for place in found.places)
    return replace(found, places=places)


def _host(text: str) -> str:
    return text if _HOST.fullmatch(text) else ""


def _decoded(name: str, data: bytes, shape: type[T]) -> T:
    try:
        found = msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as why:
        raise SnapshotError(f"{name} cannot be read: {why}") from why
    for moment in _moments(found):
        if moment.tzinfo is None:
            raise SnapshotError(f"{name} has times without a zone")
        if not MINYEAR < moment.year < MAXYEAR:  # in other zones they would be of no year
            raise SnapshotError(f"{name} has times at the end of time")
    return found


def _moments(value: object) -> Iterator[datetime]:
    """Find all times; what is JSON as it came is not looked into."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _moments(getattr(value, name))
    elif isinstance(value, list | tuple | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _moments(part)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
