"""Ways to a real server that break."""

import httpx

BEFORE, AFTER = "before the server hears of it", "after the server has done it"


class Line(httpx.AsyncBaseTransport):
    """A way to the server that breaks as it is told: of writes, of reads."""

    def __init__(self, cuts):
        self._real, self._cuts = httpx.AsyncHTTPTransport(), cuts

    async def handle_async_request(self, request):
        cut = self._cuts.get("GET" if request.method == "GET" else "POST")
        if cut == BEFORE:
            raise httpx.ReadError("gone", request=request)
        answer = await self._real.handle_async_request(request)
        if cut == AFTER:
            await answer.aread()
            await answer.aclose()
            raise httpx.ReadError("gone", request=request)
        return answer

    async def aclose(self):
        await self._real.aclose()
