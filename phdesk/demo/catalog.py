"""Name the places, pages and words that the invented company's events are made of."""

import random


def words(text: str) -> list[str]:
    """Split a line of words."""
    return text.split()


SITE = "https://lumenlane.example"
APP = "https://app.lumenlane.example"

# Country, weight, hours that its working day is ahead of UTC.
COUNTRIES = (
    ("US", 30, -6), ("GB", 12, 0), ("DE", 11, 1), ("FR", 7, 1), ("CA", 6, -6), ("IN", 6, 5),
    ("NL", 5, 1), ("BR", 4, -3), ("AU", 4, 9), ("SE", 3, 1), ("ES", 3, 1), ("PL", 2, 1),
    ("JP", 2, 8), ("IT", 2, 1), ("MX", 1, -6), ("ZA", 1, 2), ("SG", 1, 7), ("KE", 1, 3),
)  # fmt: skip
BROWSERS = (("Chrome", 58), ("Safari", 19), ("Firefox", 10), ("Edge", 9), ("Opera", 2))
CHANNELS = (
    ("www.google.com", "google", 34),
    ("$direct", None, 26),
    ("news.ycombinator.com", None, 8),
    ("www.linkedin.com", "linkedin", 12),
    ("github.com", None, 9),
    ("newsletter.example", "newsletter", 7),
    ("partner.example", "partner", 4),
)
FIRST_NAMES = words(
    "Ada Ben Chloe Dario Elif Femi Grace Hugo Ines Jonas Kira Liam Maya Noor Omar Priya Quinn"
    " Rosa Sven Tara Uma Viktor Wei Yara Zoe"
)
LAST_NAMES = words(
    "Almeida Brandt Castillo Dubois Eriksen Fischer Gupta Haddad Ito Jansen Kowalski Larsen"
    " Moreau Nakamura Okafor Petrov Rossi Silva Tanaka Weber"
)
COMPANY_FIRST = words(
    "Amber Birch Copper Delta Ember Fern Granite Harbor Indigo Juniper Kestrel Linden Maple"
    " Nimbus Orchard Pebble Quarry River Summit Tundra"
)
COMPANY_LAST = words("Analytics Freight Health Labs Logistics Media Robotics Studio Systems Works")

LANDING = ("/", "/", "/", "/pricing", "/blog/planning-that-sticks", "/features", "/docs")
NEXT_PAGES = {
    "/": ("/pricing", "/features", "/features", "/docs", "/customers"),
    "/features": ("/pricing", "/pricing", "/customers", "/docs"),
    "/pricing": ("/features", "/customers", "/", "/docs"),
    "/docs": ("/docs/api", "/docs/quickstart", "/pricing"),
    "/docs/api": ("/docs", "/docs/quickstart"),
    "/docs/quickstart": ("/docs/api", "/pricing"),
    "/customers": ("/pricing", "/features", "/"),
    "/blog/planning-that-sticks": ("/", "/pricing", "/features"),
    "/home": ("/board", "/board", "/inbox", "/reports", "/timeline"),
    "/board": ("/task", "/task", "/board/settings", "/home", "/timeline"),
    "/task": ("/board", "/board", "/inbox", "/home"),
    "/inbox": ("/task", "/task", "/home"),
    "/reports": ("/reports/velocity", "/home", "/reports/workload"),
    "/reports/velocity": ("/reports", "/home"),
    "/reports/workload": ("/reports", "/timeline"),
    "/timeline": ("/board", "/task", "/reports"),
    "/board/settings": ("/board", "/members"),
    "/members": ("/board", "/home"),
}
ENDPOINTS = ("/v1/tasks", "/v1/tasks", "/v1/projects", "/v1/search", "/v1/webhooks", "/v1/reports")
EXCEPTIONS = ("TypeError", "TypeError", "NetworkError", "TimeoutError", "ChunkLoadError")
SERVICES = ("web", "web", "api", "worker", "search")
TICKETS = ("billing", "how-to", "how-to", "bug", "bug", "integration")


def seeded(*parts: object) -> random.Random:
    """Make a random stream that the same parts always make again."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - demo data, not secrets
