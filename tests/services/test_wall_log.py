"""The log of a monitor."""

import pytest

from phdesk.services import wall_log
from phdesk.services.wall_log import close_log, open_log


@pytest.fixture
def log(tmp_path):
    made = open_log(tmp_path / "logs" / "monitor.log")
    yield made
    close_log(made)


def test_it_starts_anew_when_large_and_keeps_some_old_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(wall_log, "SIZE", 1000)
    log = open_log(tmp_path / "monitor.log")
    for number in range(1000):
        log.info("line %d", number)
    close_log(log)
    files = sorted(tmp_path.iterdir())
    assert len(files) == wall_log.KEPT + 1
    assert not any(file.stat().st_mode & 0o077 for file in files)
    assert sum(file.stat().st_size for file in files) < 7000
    assert "line 999" in (tmp_path / "monitor.log").read_text()


def test_no_key_gets_into_it(tmp_path, log):
    log.info("refused: %s", "phx_abcDEF123456 and phs_secret-secret")
    text = (tmp_path / "logs/monitor.log").read_text()
    assert "refused: [key] and [key]" in text


def test_a_full_disk_loses_the_line_and_nothing_else(log, monkeypatch, capfd):
    def full(_words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log.handlers[0].stream, "write", full)
    log.info("lost")
    assert capfd.readouterr() == ("", "")


def test_where_it_cannot_be_written_it_goes_nowhere(tmp_path):
    (tmp_path / "file").touch()
    log = open_log(tmp_path / "file" / "monitor.log")
    log.info("nowhere")
    close_log(log)
