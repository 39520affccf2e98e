"""What a person made and did not save yet stays until they say otherwise."""


def test_each_draft_is_kept_by_itself_the_newest_first(cache, writer, monkeypatch):
    clock = iter(range(1, 9))
    monkeypatch.setattr("phdesk.store.cache_writing.time.time", lambda: float(next(clock)))
    for name in ("one", "two", "one"):
        writer.save_draft("ada", 7, name, name.encode())
    writer.save_draft("ada", 8, "one", b"elsewhere")
    assert [(one.name, one.data) for one in cache.load_drafts("ada", 7)] == [
        ("one", b"one"),
        ("two", b"two"),
    ]
    writer.drop_draft("ada", 7, "one")
    assert [(one.project, one.name) for one in cache.load_drafts("ada")] == [(8, "one"), (7, "two")]
    assert cache.load_drafts("bob") == ()


def test_a_damaged_draft_is_dropped_and_told_and_the_others_stay(cache, writer, told):
    writer.save_draft("ada", 7, "one", b"one")
    writer.save_draft("ada", 7, "two", b"two")
    cache.run(None, lambda db: db.execute("update drafts set data=x'00' where draft='one'"))
    assert [one.name for one in cache.load_drafts("ada", 7)] == ["two"]
    assert len(told) == 1


def test_layouts_of_ones_own_are_listed_by_project_and_dashboard(cache, writer):
    for dashboard in (9, 5):
        writer.save_overlay("ada", 7, dashboard, b"layout")
    writer.save_overlay("bob", 7, 1, b"layout")
    assert cache.overlaid("ada") == ((7, 5), (7, 9))
