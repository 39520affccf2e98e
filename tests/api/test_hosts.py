"""What people type or paste becomes the address of a server."""

import pytest

from phdesk.api.errors import NotPostHogError
from phdesk.api.hosts import normal_host

GOOD = [
    ("us.posthog.com/", "https://us.posthog.com"),
    ("  https://EU.PostHog.com ", "https://eu.posthog.com"),
    ("http://us.posthog.com", "https://us.posthog.com"),
    ("http://us.posthog.com:80/", "https://us.posthog.com"),
    ("https://us.posthog.com/project/1/dashboard/2?x=1#y", "https://us.posthog.com"),
    ("https://ada:secret@posthog.example.com/x", "https://posthog.example.com"),
    ("posthog.example.com:8443", "https://posthog.example.com:8443"),
    ("https://posthog.example.com:443", "https://posthog.example.com"),
    ("http://posthog.local:8000/", "http://posthog.local:8000"),
    ("http://posthog:80", "http://posthog"),
    ("localhost:8010", "http://localhost:8010"),
    ("127.0.0.1:8010/x", "http://127.0.0.1:8010"),
    ("http://[::1]:8000/", "http://[::1]:8000"),
    ("posthog.example.com.", "https://posthog.example.com"),
    ("https://münchen.example", "https://xn--mnchen-3ya.example"),
]


@pytest.mark.parametrize(("typed", "host"), GOOD, ids=[typed for typed, _ in GOOD])
def test_an_address_is_cut_to_its_origin(typed, host):
    assert normal_host(typed) == host
    assert normal_host(host) == host


BAD = [
    ("", "not the address"),
    ("https://", "not the address"),
    ("ftp://us.posthog.com", "must begin with https"),
    ("my posthog", "not the address"),
    ("https://host:port", "not the address"),
    ("https://host:99999", "not the address"),
    ("https://[::1", "not the address"),
    ("-", "not the address"),
    ("us.i.posthog.com", "use https://us.posthog.com"),
    ("https://eu.i.posthog.com/batch", "use https://eu.posthog.com"),
    ("posthog.com", "is the website"),
]


@pytest.mark.parametrize(("typed", "hint"), BAD, ids=[typed or "empty" for typed, _ in BAD])
def test_what_is_no_address_is_refused_with_a_hint(typed, hint):
    with pytest.raises(NotPostHogError, match=hint):
        normal_host(typed)
