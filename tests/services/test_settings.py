import stat

import pytest
from msgspec.structs import replace

from phdesk.services.settings import (
    MOST_RECENT,
    FilterView,
    KeptWindow,
    Recent,
    Settings,
    SettingsFile,
    Window,
    chosen,
    opened,
    starred,
    with_view,
    with_windows,
    without_account,
    without_view,
)
from tests.store.builders import NOON, at

WEEK = FilterView("Last week", '{"date_from":"-7d"}')
FULL = Settings(
    theme="dark",
    colorblind=True,
    account="eu.posthog.com-ada",
    auto_refresh_minutes=0,
    notifications=False,
    quiet_hours=("22:00-07:00",),
    alert_sounds=("info", "critical"),
    projects={"eu.posthog.com-ada": 77},
    dashboards={"eu.posthog.com-ada": 9},
    favourites={"eu.posthog.com-ada": (9, 4)},
    recent={"eu.posthog.com-ada": (Recent(9, NOON),)},
    filter_views={"eu.posthog.com-ada": (WEEK, FilterView('A = "b"', "{}"))},
    window=Window(-10, 20, 1400, 900, maximised=True),
    windows=(
        KeptWindow(account="us.posthog.com-ben", project=3),
        KeptWindow(
            account="eu.posthog.com-ada",
            project=78,
            dashboard=5,
            tabs=(4, 5),
            place=Window(50, 60, 700, 500),
        ),
    ),
)
ADA, BEN = "eu.posthog.com-ada", "us.posthog.com-ben"


@pytest.fixture
def file(tmp_path):
    return SettingsFile(tmp_path / "inner" / "settings.toml")


@pytest.mark.parametrize("settings", [Settings(), FULL], ids=["defaults", "full"])
def test_settings_come_back(file, settings):
    assert file.save(settings) is None
    assert file.load() == (settings, None)


def test_no_file_is_the_defaults(file):
    assert file.load() == (Settings(), None)


def test_the_file_is_for_its_owner_only_and_nothing_is_left_beside_it(file):
    file.save(FULL)
    file.save(FULL)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert list(file.path.parent.iterdir()) == [file.path]


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe"], ids=["syntax", "no text"])
def test_a_file_that_is_no_toml_is_set_aside(file, content):
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    settings, problem = file.load()
    assert settings == Settings()
    assert "set aside" in problem
    assert "\n" not in problem
    assert [each.read_bytes() for each in file.path.parent.glob("*.bad-*")] == [content]


@pytest.mark.parametrize("percent", ["0", "100", "-5", "20.5", '"a lot"'])
def test_a_fall_of_no_sense_is_told_and_is_the_usual_one(file, percent):
    file.path.parent.mkdir()
    file.path.write_text(f"colorblind = true\ndrop_percent = {percent}\n")
    assert file.load() == (
        Settings(colorblind=True, drop_percent=20),
        "Not understood in settings.toml: drop_percent; the default is used.",
    )


def test_a_field_that_makes_no_sense_costs_only_itself(file):
    file.path.parent.mkdir()
    file.path.write_text('theme = "purple"\naccount = "a"\nnew_thing = 1\n[projects]\na = "x"\n')
    settings, problem = file.load()
    assert settings == Settings(account="a")
    assert problem == "Not understood in settings.toml: theme, projects; the default is used."


def test_colours_for_colour_blind_eyes_are_a_key_of_the_file(file):
    file.path.parent.mkdir()
    file.path.write_text("colorblind = true")
    assert file.load() == (Settings(colorblind=True), None)
    file.path.write_text('colorblind = "yes"')
    assert file.load()[0] == Settings()
    assert "colorblind" in file.load()[1]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    assert "could not be written" in SettingsFile(tmp_path / "file" / "x.toml").save(FULL)
    assert "could not be read" in SettingsFile(tmp_path / "file" / "x.toml").load()[1]


def test_what_a_person_wrote_into_the_file_meanwhile_stays(file):
    file.save(FULL)
    file.load()
    text = file.path.read_text(encoding="utf-8").replace("22:00-07:00", "20:00-08:00")
    file.path.write_text(f"new_thing = 1\n{text}", encoding="utf-8")
    file.save(replace(FULL, theme="light", notifications=True))
    held = SettingsFile(file.path).load()[0]
    assert held == replace(FULL, theme="light", notifications=True, quiet_hours=("20:00-08:00",))
    assert "new_thing = 1" in file.path.read_text(encoding="utf-8")
    file.save(replace(FULL, theme="light", notifications=True, quiet_hours=()))
    assert SettingsFile(file.path).load()[0].quiet_hours == ()


def test_two_that_change_different_settings_lose_none(file):
    file.save(FULL)
    other = SettingsFile(file.path)
    file.load()
    other.load()
    file.save(replace(FULL, keep_running=True))
    other.save(replace(FULL, theme="light"))
    assert file.load()[0] == replace(FULL, keep_running=True, theme="light")


@pytest.mark.parametrize("content", [None, b"theme = "])
def test_a_file_that_went_or_broke_meanwhile_is_written_whole(file, content):
    file.save(FULL)
    file.load()
    file.path.unlink() if content is None else file.path.write_bytes(content)
    problem = file.save(replace(FULL, theme="light"))
    assert (problem is None) == (content is None)
    assert SettingsFile(file.path).load()[0] == replace(FULL, theme="light")


def test_the_last_opened_comes_first_once():
    settings = Settings()
    for minute, dashboard in enumerate((1, 2, 1)):
        settings = opened(settings, "a", dashboard, at(minute))
    assert settings.recent["a"] == (Recent(1, at(2)), Recent(2, at(1)))
    assert settings.dashboards["a"] == 1


def test_only_so_many_are_recent():
    settings = Settings()
    for number in range(MOST_RECENT + 5):
        settings = opened(settings, "a", number, NOON)
    assert len(settings.recent["a"]) == MOST_RECENT


def test_favourites_are_put_and_taken():
    settings = starred(starred(Settings(), "a", 1, on=True), "a", 2, on=True)
    assert starred(settings, "a", 1, on=True).favourites["a"] == (2, 1)
    assert starred(settings, "a", 1, on=False).favourites["a"] == (2,)


def test_a_forgotten_account_leaves_no_settings():
    settings = chosen(starred(opened(Settings(), "a", 1, NOON), "a", 1, on=True), "a", 7)
    assert without_account(settings, "a") == Settings()
    assert without_account(settings, "b") == settings


def test_a_view_is_kept_replaced_and_forgotten_by_its_name():
    day, other = FilterView("Day", "{}"), FilterView("Last week", "{}")
    kept = with_view(with_view(Settings(), "ada", WEEK), "ada", day)
    replaced = with_view(kept, "ada", other)
    assert replaced.filter_views == {"ada": (other, day)}
    assert without_view(replaced, "ada", "Last week").filter_views == {"ada": (day,)}
    assert without_account(replaced, "ada").filter_views == {}


def test_the_first_window_is_what_the_next_start_begins_with():
    place = Window(50, 60, 700, 500)
    first = KeptWindow(account=BEN, project=3, dashboard=8, tabs=(8, 6), place=place)
    noted = with_windows(FULL, [first, FULL.windows[1]])
    assert (noted.account, noted.window) == (BEN, place)
    assert noted.projects == {ADA: 77, BEN: 3}
    assert noted.dashboards == {ADA: 9, BEN: 8}
    assert noted.tabs == {BEN: (8, 6)}
    assert noted.windows == FULL.windows[1:]


def test_a_single_window_leaves_no_others():
    noted = with_windows(FULL, [KeptWindow(account=ADA, project=77)])
    assert noted.windows == ()
    assert (noted.dashboards, noted.window) == (FULL.dashboards, FULL.window)


def test_the_windows_of_a_forgotten_account_do_not_come_back():
    assert [each.account for each in without_account(FULL, ADA).windows] == [BEN]
