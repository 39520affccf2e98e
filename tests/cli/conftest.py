import pytest

from phdesk.demo.server import DemoServer


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    for name in ("PHDESK_API_KEY", "PHDESK_HOST", "PHDESK_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running:
        yield running


@pytest.fixture
def signed_in(place, server, monkeypatch):
    monkeypatch.setenv("PHDESK_API_KEY", server.key)
    monkeypatch.setenv("PHDESK_HOST", server.url)
