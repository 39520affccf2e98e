"""Links to shared pages: read from untrusted text, written to be passed on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.shared_links import SharedLink, embedding, read_shared_link, shared_address

US = SharedLink("https://us.posthog.com", "abcDEF_12-3")


@pytest.mark.parametrize(
    "text",
    [
        "https://us.posthog.com/shared/abcDEF_12-3",
        "  https://us.posthog.com/shared/abcDEF_12-3\n",
        "https://us.posthog.com/shared/abcDEF_12-3.json",
        "https://us.posthog.com/shared/abcDEF_12-3/?whitelabel&theme=dark#x",
        "https://us.posthog.com/embedded/abcDEF_12-3",
        "https://us.posthog.com/shared_dashboard/abcDEF_12-3.png",
        "https://user:word@us.posthog.com/shared/abcDEF_12-3",
        "us.posthog.com/shared/abcDEF_12-3",
        "phdesk://us.posthog.com/shared/abcDEF_12-3",
        "https://US.PostHog.com./shared/abcDEF_12-3",
    ],
)
def test_all_ways_to_write_a_link_are_the_same(text):
    assert read_shared_link(text) == US


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://127.0.0.1:8000/shared/abcd", "http://127.0.0.1:8000"),
        ("http://localhost/shared/abcd", "http://localhost"),
        ("http://[::1]:8000/shared/abcd", "http://[::1]:8000"),
        ("https://posthog.example.com:8443/shared/abcd", "https://posthog.example.com:8443"),
    ],
)
def test_this_computer_may_be_asked_without_encryption(text, origin):
    assert read_shared_link(text) == SharedLink(origin, "abcd")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "shared/abcd",
        "http://posthog.example.com/shared/abcd",
        "http://127.0.0.1.example.com/shared/abcd",
        "file:///shared/abcd",
        "javascript://us.posthog.com/shared/abcd",
        "https://us.posthog.com/shared/",
        "https://us.posthog.com/shared/abc",
        "https://us.posthog.com/shared/a/b",
        "https://us.posthog.com/shared/abcd%2F..",
        "https://us.posthog.com/project/1/dashboard/5",
        "https://us.posthog.com:99999/shared/abcd",
        "https://us.posthog.com/shared/" + "a" * 3000,
        "https://us post.com/shared/abcd",
    ],
)
def test_all_else_is_none(text):
    assert read_shared_link(text) is None


@given(st.text(max_size=60))
def test_no_text_leads_anywhere_but_to_a_page(text):
    for start in ("https://us.posthog.com/shared/", "https://", ""):
        found = read_shared_link(start + text)
        assert found is None or found.page.startswith((f"{found.origin}/shared/",))
        assert found is None or read_shared_link(found.page) == found


def test_a_link_names_its_host_and_its_data():
    assert (US.host, US.data) == ("us.posthog.com", f"{US.page}.json")


def test_options_stand_in_the_address():
    host = "https://us.posthog.com"
    assert shared_address(host, "t1") == f"{host}/shared/t1"
    options = {"whitelabel": "", "theme": "dark"}
    assert shared_address(host, "t1", options) == f"{host}/shared/t1?whitelabel&theme=dark"
    assert embedding(host, "t1", options) == (
        f'<iframe src="{host}/embedded/t1?whitelabel&amp;theme=dark" width="100%" height="400" '
        'frameborder="0" allowfullscreen></iframe>'
    )
