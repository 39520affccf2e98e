"""Tables of the file of alerts, and the steps from one version to the next.

What a `told` row says of a notice: "claimed" by a phdesk that will tell it; "handed" to the desktop
at this moment; "told", by which way; "passed", because something newer of its alert was told
instead, or it was too late. `heard` has the events that were given out as lines (`alerts_heard`).
`looked` names the projects whose alerts were ever looked at: they may have none.
"""

MIGRATIONS = (
    """
    create table watches (
      account text not null, watch text not null, data blob not null,
      primary key (account, watch)) without rowid;
    create table alerts (
      account text not null, project integer not null, alert text not null, data blob not null,
      primary key (account, project, alert)) without rowid;
    create table notices (
      number integer primary key autoincrement, id text not null unique,
      account text not null, project integer not null, dashboard integer, tile integer,
      part text not null, loud integer not null, found real not null, acknowledged real,
      data blob not null);
    create index notices_of_parts on notices (part, number);
    create table told (
      id text primary key, account text not null, step text not null, by text not null,
      way text not null, at real not null) without rowid;
    """,
    """
    create table looked (
      account text not null, project integer not null,
      primary key (account, project)) without rowid;
    """,
    """
    create table heard (
      id text primary key, account text not null, at real not null) without rowid;
    """,
)
