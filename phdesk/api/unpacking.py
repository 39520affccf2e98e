"""Read what a server nobody chose sends, up to a limit that holds while it is unpacked."""

import zlib

import httpx

from phdesk.api.errors import UnreadableError

WANTED = {"Accept-Encoding": "gzip"}  # the one way of packing that is taken
GZIP = 16 + zlib.MAX_WBITS
PLAIN, PACKED = ("", "identity"), ("gzip", "x-gzip")


async def unpacked(answer: httpx.Response, largest: int, too_large: str) -> bytes:
    """Read all of an answer; raises UnreadableError with `too_large` for more bytes than that.

    httpx unpacks each part whole, and what was packed several times several times: of some
    hundred bytes it makes gigabytes before anybody can look at their number.
    """
    how = str(answer.headers.get("content-encoding", "")).strip().lower()
    if how not in (*PLAIN, *PACKED):
        raise UnreadableError(f"{answer.url.host} packs its answer in a way that is not read here.")
    unpack = zlib.decompressobj(GZIP) if how in PACKED else None
    parts, size = [], 0
    if not isinstance(answer.stream, httpx.AsyncByteStream):  # pragma: no cover  of other clients
        raise TypeError("only answers of an asynchronous client are read")
    async for raw in answer.stream:
        part = raw if unpack is None else _more(unpack, raw, largest + 1 - size, answer.url.host)
        size += len(part)
        if size > largest:
            raise UnreadableError(too_large)
        parts.append(part)
    if unpack is not None and not unpack.eof and size:
        raise UnreadableError(f"What {answer.url.host} sends ends too early.")
    return b"".join(parts)


def _more(unpack: "zlib._Decompress", raw: bytes, most: int, host: str) -> bytes:
    try:
        return unpack.decompress(raw, most)
    except zlib.error:
        raise UnreadableError(f"What {host} sends cannot be unpacked.") from None
