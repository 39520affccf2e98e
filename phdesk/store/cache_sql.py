"""The sentences that the cache says to SQLite."""

SAVE_PROJECT = "insert or replace into projects (account, project, codec, data) values (?, ?, ?, ?)"
LOAD_PROJECT = "select codec, data from projects where account=? and project=?"
DROP_PROJECT = "delete from projects where account=? and project=?"
SAVE_ROWS = """
insert into lists (account, project, codec, data, fetched_at) values (?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data, fetched_at=excluded.fetched_at
where excluded.fetched_at >= lists.fetched_at"""
LOAD_ROWS = "select codec, data, fetched_at from lists where account=? and project=?"
SAVE_AROUND = """
insert or replace into around (account, project, kind, codec, data) values (?, ?, ?, ?, ?)"""
LOAD_AROUND = "select codec, data from around where account=? and project=? and kind=?"
DROP_AROUND = "delete from around where account=? and project=? and kind=?"
SAVE_OVERLAY = """
insert or replace into overlays (account, project, dashboard, codec, data) values (?, ?, ?, ?, ?)"""
LOAD_OVERLAY = "select codec, data from overlays where account=? and project=? and dashboard=?"
DROP_OVERLAY = "delete from overlays where account=? and project=? and dashboard=?"
DROP_ROWS = "delete from lists where account=? and project=?"
SAVE_DASHBOARD = """
insert into dashboards (account, project, dashboard, codec, meta, fetched_at, used_at)
values (?, ?, ?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, meta=excluded.meta,
  fetched_at=excluded.fetched_at, used_at=excluded.used_at
where excluded.fetched_at >= dashboards.fetched_at"""
LOAD_DASHBOARD = """
select codec, meta, fetched_at from dashboards where account=? and project=? and dashboard=?"""
DROP_DASHBOARD = "delete from dashboards where account=? and project=? and dashboard=?"
SAVE_TILE = """
insert into tiles (account, project, dashboard, tile, filters, codec, data, computed_at)
values (?, ?, ?, ?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data,
  computed_at=excluded.computed_at
where excluded.computed_at >= tiles.computed_at"""
LOAD_TILES = """
select tile, codec, data, computed_at from tiles
where account=? and project=? and dashboard=? and filters=? order by tile"""
DROP_TILE = """
delete from tiles where account=? and project=? and dashboard=? and filters=? and tile=?"""
DROP_TILES = "delete from tiles where account=? and project=? and dashboard=?"
DROP_OTHER_TILES = DROP_TILES + " and tile not in ({marks})"
DROP_OLD_SETS = """
delete from tiles where account=:account and project=:project and dashboard=:dashboard
and filters not in ('', :filters) and filters not in (
  select filters from tiles
  where account=:account and project=:project and dashboard=:dashboard and filters<>''
  group by filters order by max(computed_at) desc limit :most)"""
DROP_SETS = "delete from tiles where filters<>''"
DROP_SET = "delete from tiles where account=? and project=? and dashboard=? and filters=?"
RENAME_SET = """
update tiles set filters='' where account=? and project=? and dashboard=? and filters=?"""
RECENT = "select dashboard from dashboards where account=? and project=? order by used_at desc"
FORGET = tuple(
    f"delete from {table} where account=?"  # noqa: S608 - the names are ours
    for table in ("projects", "lists", "dashboards", "tiles", "around", "overlays")
)
OVER = """
with sizes as (
  select account, project, dashboard, used_at, length(meta) + coalesce((
    select sum(length(data)) from tiles t where t.account=d.account and t.project=d.project
    and t.dashboard=d.dashboard), 0) as size
  from dashboards d)
select account, project, dashboard from (
  select *, sum(size) over (order by used_at desc, dashboard) as total from sizes)
where total > ?"""
COUNTS = """
select (select count(*) from lists), (select count(*) from dashboards),
  (select count(*) from tiles)"""
