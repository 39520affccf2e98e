import pytest

from phdesk.views.addresses import dashboard_address, insight_address, key_page, safe_address

HOST = "https://eu.posthog.com"


def test_pages_of_the_web_app_have_their_addresses():
    assert dashboard_address(HOST, 7, 9) == f"{HOST}/project/7/dashboard/9"
    assert insight_address(HOST, 7, "aB3") == f"{HOST}/project/7/insights/aB3"
    assert key_page(HOST) == f"{HOST}/settings/user-api-keys?preset=analytics"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("http://example.com", "http://example.com"),
        ("HTTPS://example.com", "HTTPS://example.com"),
        ("  https://example.com/a  ", "https://example.com/a"),
        ("mailto:ada@example.org", ""),
        ("/insights/abc", f"{HOST}/insights/abc"),
        ("//evil.example", ""),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,<script>", ""),
        ("smb://server/share", ""),
        ("vbscript:x", ""),
        ("example.com", ""),
        ("https:", ""),
        ("https:///path", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_only_links_to_the_web_and_mail_are_opened(link, address):
    assert safe_address(link, HOST) == address


def test_a_path_without_a_host_leads_nowhere():
    assert safe_address("/insights/abc", "") == ""


@pytest.mark.parametrize("path", ["/@evil.example", "/\\evil.example", "/.evil.example"])
def test_a_path_stays_on_its_host(path):
    assert safe_address(path, HOST).startswith(f"{HOST}/")
