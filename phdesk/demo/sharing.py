"""Share the demo's dashboards and insights: links, options, passwords, pages for everybody."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from phdesk.demo.account import USER
from phdesk.demo.errors import ApiError, invalid, not_found
from phdesk.demo.pages import Pages
from phdesk.demo.ranges import iso
from phdesk.demo.routing import JSON, SHARED, as_json, route
from phdesk.demo.shelf import Shelf

SHORTEST = 8  # characters of a password
LASTS = timedelta(hours=24)
FIRST = 6  # the number of a dashboard that is shared from the start
OLD_TOKEN = "demo_share_token_customers"  # noqa: S105  public by its nature
JSON_ENDING = ".json"


@dataclass(slots=True)
class Share:
    """How one thing is shared."""

    noun: str
    number: int
    enabled: bool = False
    token: str = ""
    created: datetime | None = None
    settings: JSON | None = None
    password_required: bool = False
    passwords: dict[int, JSON] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    passes: dict[str, datetime] = field(default_factory=dict)


class Sharings:
    """All that is or was shared; what never was gives another token at every look."""

    def __init__(self, shelf: Shelf, pages: Pages, now: Callable[[], datetime]) -> None:
        self._shelf, self._pages, self._now = shelf, pages, now
        self._all: dict[tuple[str, int], Share] = {}
        if FIRST in shelf.dashboards:  # a shelf may hold others than the demo's own
            first = self._share("dashboards", FIRST)
            first.enabled, first.token, first.created = True, OLD_TOKEN, shelf.created
            shelf.dashboard(FIRST).shared = True

    def routes(self, project: str) -> list[Route]:
        """Say what is asked where."""
        made = []
        for noun in ("dashboards", "insights"):
            base = project + noun + "/{id}/sharing/"
            made += [
                route(base, {"GET": self._read, "PATCH": self._change}),
                route(base + "refresh/", {"POST": self._renew}),
                route(base + "passwords/", {"POST": self._add_password}),
                route(base + "passwords/{password}/", {"DELETE": self._delete_password}),
            ]
        public = [
            route(start + "{token}/", {"GET": self._show, "POST": self._unlock}) for start in SHARED
        ]
        return [*made, *public]

    def _share(self, noun: str, number: int) -> Share:
        if noun == "dashboards":
            self._shelf.dashboard(number)
        else:
            self._shelf.insight(number)
        return self._all.setdefault((noun, number), Share(noun, number))

    def _asked(self, request: Request) -> Share:
        text = request.path_params["id"]
        if not text.isdigit():
            raise not_found()
        return self._share("insights" if "/insights/" in request.url.path else "dashboards",
                           int(text))  # fmt: skip

    def _read(self, request: Request, _body: JSON) -> Response:
        return as_json(_written(self._asked(request)))

    def _change(self, request: Request, body: JSON) -> Response:
        share = self._asked(request)
        if "settings" in body:
            if not isinstance(body["settings"], dict | None):
                raise invalid("Not a dictionary.", attr="settings")
            share.settings = body["settings"]
        share.password_required = bool(body.get("password_required", share.password_required))
        if "enabled" in body:
            self._switch(share, on=bool(body["enabled"]))
        return as_json(_written(share))

    def _switch(self, share: Share, *, on: bool) -> None:
        share.enabled = on
        if on and share.created is None:
            share.token, share.created = secrets.token_urlsafe(22), self._now()
        if share.noun == "dashboards":
            self._shelf.dashboard(share.number).shared = on

    def _renew(self, request: Request, _body: JSON) -> Response:
        share = self._asked(request)
        if share.created is None:
            raise not_found()
        share.token = secrets.token_urlsafe(22)
        share.passes.clear()
        return as_json(_written(share))

    def _add_password(self, request: Request, body: JSON) -> Response:
        share = self._asked(request)
        word = body.get("raw_password") or secrets.token_urlsafe(12)
        if len(str(word)) < SHORTEST:
            detail = f"Ensure this field has at least {SHORTEST} characters."
            raise invalid(detail, attr="raw_password")
        number = max(share.passwords, default=0) + 1
        share.words[number] = str(word)
        share.passwords[number] = {
            "id": number,
            "created_at": iso(self._now()),
            "note": str(body.get("note") or ""),
            "created_by_email": USER["email"],
            "is_active": True,
        }
        return as_json(share.passwords[number] | {"password": str(word)}, 201)

    def _delete_password(self, request: Request, _body: JSON) -> Response:
        share, text = self._asked(request), request.path_params["password"]
        if not text.isdigit() or int(text) not in share.passwords:
            raise not_found()
        del share.passwords[int(text)], share.words[int(text)]
        share.passes.clear()
        return Response(status_code=204)

    def _live(self, request: Request) -> tuple[Share, bool]:
        """Find what a link is for, and whether its data is wanted."""
        token = request.path_params["token"]
        wants_data = token.endswith(JSON_ENDING)
        token = token.removesuffix(JSON_ENDING)
        for share in self._all.values():
            if share.enabled and share.created is not None and share.token == token:
                return share, wants_data
        raise not_found()

    def _show(self, request: Request, _body: JSON) -> Response:
        share, wants_data = self._live(request)
        locked = share.password_required and not self._is_let_in(share, request)
        if not wants_data:
            return HTMLResponse(_web_page(self._name(share), request))
        if locked:
            return as_json({"type": "unlock"})
        frame: JSON = {"type": "scene", "accessToken": share.token}
        if share.noun == "insights":
            insight = self._shelf.insight(share.number)
            return as_json(frame | {"insight": self._pages.insight(insight, {}, "blocking")})
        board = self._shelf.dashboard(share.number)
        return as_json(frame | {"dashboard": self._pages.dashboard(board, board.filters,
                                                                   "blocking")})  # fmt: skip

    def _name(self, share: Share) -> str:
        if share.noun == "insights":
            return self._shelf.insight(share.number).name
        return str(self._shelf.dashboard(share.number).fields["name"])

    def _unlock(self, request: Request, body: JSON) -> Response:
        share, _ = self._live(request)
        if body.get("password") not in share.words.values():
            raise ApiError(
                401, "authentication_error", "authentication_failed", "Incorrect password"
            )
        made = secrets.token_urlsafe(22)
        share.passes[made] = self._now() + LASTS
        return as_json({"shareToken": made})

    def _is_let_in(self, share: Share, request: Request) -> bool:
        word, _, given = request.headers.get("authorization", "").partition(" ")
        return word == "Bearer" and share.passes.get(given, self._now()) > self._now()


def _written(share: Share) -> dict[str, Any]:
    never = share.created is None
    return {
        "created_at": None if share.created is None else iso(share.created),
        "enabled": share.enabled,
        "access_token": secrets.token_urlsafe(22) if never else share.token,
        "settings": share.settings,
        "password_required": share.password_required,
        "share_passwords": list(share.passwords.values()),
    }


def _web_page(name: str, request: Request) -> str:
    """Write what a browser shows: the demo draws nothing there."""
    address = escape(str(request.url).rstrip("/"))
    return (
        f"<!doctype html><meta charset='utf-8'><title>{escape(name)}</title>"
        f"<h1>{escape(name)}</h1><p>PostHog's own page would be drawn here. The demo has the "
        f"numbers alone; phdesk draws them: <code>phdesk open {address}</code></p>"
    )
