import pytest

from phdesk.services.environment import Given, SettingError, from_environment


@pytest.mark.parametrize(
    ("environ", "given"),
    [
        ({}, None),
        ({"PHDESK_HOST": "https://h"}, None),
        ({"PHDESK_API_KEY": " "}, None),
        ({"PHDESK_API_KEY": "k", "PHDESK_PROJECT": " "}, Given("k")),
        (
            {"PHDESK_API_KEY": "k\n", "PHDESK_HOST": "https://h", "PHDESK_PROJECT": "7"},
            Given("k", "https://h", 7),
        ),
    ],
    ids=["nothing", "host only", "blank", "key", "all"],
)
def test_the_environment_gives_a_key(environ, given):
    assert from_environment(environ) == given


@pytest.mark.parametrize("key", [{}, {"PHDESK_API_KEY": "k"}], ids=["no key", "key"])
@pytest.mark.parametrize("project", ["seven", "-7", "7.5", "٧", "9" * 19])
def test_an_odd_project_is_refused_and_never_another_taken(project, key):
    with pytest.raises(SettingError, match="PHDESK_PROJECT must be a number, not '") as caught:
        from_environment({"PHDESK_PROJECT": project, **key})
    assert project in str(caught.value)


def test_the_key_does_not_show_in_descriptions():
    assert "phx_1" not in repr(Given("phx_1"))
