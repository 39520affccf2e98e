import pytest

from phdesk.models.account import Account, Project, User
from phdesk.services.accounts import AccountsFile, account_of, added, without

ADA = Account(id="eu.posthog.com-u1", host="https://eu.posthog.com", email="ada@example.org")
BEN = Account(id="localhost-8000-project-3", host="http://localhost:8000", project_id=3)


@pytest.fixture
def file(tmp_path):
    return AccountsFile(tmp_path / "accounts.toml")


def test_accounts_come_back(file):
    assert file.load() == ((), None)
    assert file.save([ADA, BEN]) is None
    assert file.load() == ((ADA, BEN), None)


def test_an_entry_that_makes_no_sense_costs_only_itself(file):
    file.path.write_text('[[account]]\nid = 3\n[[account]]\nid = "b"\nhost = "https://h"\n')
    accounts, problem = file.load()
    assert accounts == (Account(id="b", host="https://h"),)
    assert "was not understood" in problem


def test_a_file_of_another_shape_is_no_accounts(file):
    file.path.write_text('account = "ada"\n')
    assert file.load()[0] == ()


@pytest.mark.parametrize(
    ("host", "user", "account_id"),
    [
        ("https://eu.posthog.com", User(uuid="018f-1"), "eu.posthog.com-018f-1"),
        ("https://eu.posthog.com", None, "eu.posthog.com-project-3"),
        ("http://localhost:8000", User(), "localhost-8000-project-3"),
        ("https://h", User(uuid="../x"), "h-..-x"),
    ],
    ids=["user", "no user", "empty user", "odd id"],
)
def test_an_account_is_named_by_host_and_owner(host, user, account_id):
    account = account_of(host, user, Project(id=3, name="Shop"))
    assert (account.id, account.project_id, account.project_name) == (account_id, 3, "Shop")


def test_accounts_are_added_once_and_taken_out():
    newer = Account(id=ADA.id, host=ADA.host, email="ada@example.com")
    assert added(added((), ADA), BEN) == (ADA, BEN)
    assert added((ADA, BEN), newer) == (newer, BEN)
    assert without((ADA, BEN), ADA.id) == (BEN,)


def test_a_project_of_another_server_is_another_account_though_only_the_scheme_differs():
    project = Project(id=3, name="Shop")
    first = account_of("http://posthog.lan", None, project)
    second = account_of("https://posthog.lan", None, project, (first,))
    assert first.id != second.id
    for again, host in ((first, "http://posthog.lan"), (second, "https://posthog.lan")):
        assert account_of(host, None, project, (first, second)).id == again.id


def test_a_person_whose_server_moves_to_https_keeps_the_account():
    user = User(uuid="u1", email="ada@example.org")
    before = account_of("http://posthog.lan", user, Project(id=3))
    assert account_of("https://posthog.lan", user, Project(id=3), (before,)).id == before.id
