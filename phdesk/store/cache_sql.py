"""The sentences with which the cache is written."""

VISIT = 15 * 60  # seconds without a look, after which a new visit begins
AHEAD = 60 * 60  # seconds: what claims to be so much later than now is of a clock that ran ahead
SAVE_PROJECT = """
insert into projects (account, project, codec, data) values (?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data"""
SAVE_ROWS = f"""
insert into lists (account, project, codec, data, fetched_at) values (?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data, fetched_at=excluded.fetched_at
where excluded.fetched_at >= lists.fetched_at
  or excluded.fetched_at + {AHEAD} < lists.fetched_at"""  # noqa: S608
SAVE_AROUND = """
insert into around (account, project, kind, codec, data) values (?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data"""
SAVE_OVERLAY = """
insert into overlays (account, project, dashboard, codec, data) values (?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data"""
SAVE_DRAFT = """
insert into drafts (account, project, draft, codec, data, kept_at) values (?, ?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, data=excluded.data, kept_at=excluded.kept_at"""
SAVE_DASHBOARD = f"""
insert into dashboards (account, project, dashboard, codec, meta, fetched_at, used_at)
values (?, ?, ?, ?, ?, ?, ?)
on conflict do update set codec=excluded.codec, meta=excluded.meta,
  fetched_at=excluded.fetched_at, used_at=excluded.used_at
where excluded.fetched_at >= dashboards.fetched_at
  or excluded.fetched_at + {AHEAD} < dashboards.fetched_at"""  # noqa: S608
DROP_RESULTS = "delete from results where account=? and project=? and dashboard=?"
# What left the dashboard is history: it may come back.
RETIRE = """
update results set newest=0 where account=? and project=? and dashboard=? and newest=1
and filters='' and tile not in ({marks})"""
DROP_OTHERS = DROP_RESULTS + " and filters<>'' and tile not in ({marks})"
DROP_UNDATED = DROP_RESULTS + " and filters='' and until=0 and tile not in ({marks})"
# As marks: the tiles of which a set has results, which are about to take those places.
OF_SET = "select tile from results where account=? and project=? and dashboard=? and filters=?"
DROP_OLD_SETS = """
delete from results where account=?1 and project=?2 and dashboard=?3
and filters not in ('', ?4) and filters not in (
  select filters from results
  where account=?1 and project=?2 and dashboard=?3 and filters<>''
  group by filters order by max(until) desc limit ?5)"""
# A look soon after the last one belongs to the same visit.
LOOK = f"""
insert into looks (account, project, dashboard, at) values (?, ?, ?, ?)
on conflict do update set at=excluded.at,
  before=case when excluded.at - at >= {VISIT} then at else before end
where excluded.at > at or excluded.at + {AHEAD} < at"""  # noqa: S608
STILL_LOOKS = """
update looks set at=? where account=? and project=? and dashboard=? and at<?"""
