"""What a person types to sign in, checked before anything is sent: pure functions."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from phdesk.models.account import EU_HOST, US_HOST

INGESTION = {"us.i.posthog.com": US_HOST, "eu.i.posthog.com": EU_HOST}
LINKS_ONLY = {"app.posthog.com", "posthog.com", "www.posthog.com"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
QUOTES = "\"'`“”‘’"
WRITE_ONLY = (
    "This is a project key (phc_…), which can only send data. A personal API key starts with phx_."
)
FLAGS_ONLY = (
    "This is a project secret key (phs_…), which cannot read dashboards. "
    "A personal API key starts with phx_."
)
ODD_KEY = "The key has characters that no key has. Copy it again, whole and alone."


class Address(Struct, frozen=True, gc=False):
    """The origin to talk to, empty when `problem` says why there is none; `hint` is a warning."""

    host: str = ""
    problem: str = ""
    hint: str = ""


def clean_key(text: str) -> str:
    """Strip what comes along when a key is copied: white space, quotes, the word Bearer."""
    text = text.strip().strip(QUOTES).strip()
    return text.removeprefix("Bearer ").strip()


def key_problem(key: str) -> str:
    """Say why a key cannot work, or nothing when only the server can tell."""
    if key.startswith("phc_"):
        return WRITE_ONLY
    if key.startswith("phs_"):
        return FLAGS_ONLY
    return "" if re.fullmatch(r"[!-~]*", key) else ODD_KEY


def read_address(text: str) -> Address:
    """Read the address of a self-hosted PostHog, pasted from anywhere in it or typed without https.

    Only the origin is kept: a user name, a path or a query could carry secrets.
    """
    text = text.strip().strip(QUOTES).strip()
    if not text:
        return Address()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        name, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return Address(problem="This is not a web address.")
    problem = _address_problem(parts.scheme.lower(), name)
    if problem:
        return Address(problem=problem)
    shown = f"[{name}]" if ":" in name else name
    host = f"{parts.scheme.lower()}://{shown}" + (f":{port}" if port else "")
    return Address(host, hint=_address_hint(parts.scheme.lower(), name))


def project_number(text: str) -> int | None:
    """Read a project's id from its number or from an address that has /project/<id> in it."""
    text = text.strip()
    found = re.search(r"/project/([0-9]{1,18})(?![0-9])", text)
    digits = found[1] if found else text
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        return None
    return int(digits) or None


def _address_problem(scheme: str, name: str) -> str:
    if scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9:]([a-z0-9._:-]*)", name):
        return "This is not a web address."
    if name in INGESTION:
        return f"{name} only takes in data. Use {INGESTION[name].split('://')[1]} instead."
    if name in LINKS_ONLY:
        return f"{name} only forwards browsers. Choose US or EU instead."
    return ""


def _address_hint(scheme: str, name: str) -> str:
    if scheme == "http" and name not in LOOPBACK:
        return "http:// sends the key unencrypted. Use https:// if the server has it."
    return ""
