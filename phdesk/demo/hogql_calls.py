"""Give each ClickHouse function that the demo knows its SQLite spelling."""

from collections.abc import Callable

from phdesk.demo.catalog import words

Call = Callable[[list[str]], str]

# Words that may stand before a bracket without calling anything.
GROUPING = frozenset(
    words(
        "select from where and or not in as on using when then else by case having with over union"
        " all join values is like ilike between distinct limit offset exists partition order group"
        " desc asc end"
    )
)
_SAME = words(
    "min max sum avg round abs lower upper length coalesce nullif trim total substr"
    " row_number rank lag lead first_value last_value"
)


def _same(name: str) -> Call:
    def call(arguments: list[str]) -> str:
        return f"{name}({', '.join(arguments)})"

    return call


def _template(text: str) -> Call:
    """Fill {0}, {1}… with the arguments."""

    def call(arguments: list[str]) -> str:
        return text.format(*arguments)

    return call


def _count(arguments: list[str]) -> str:
    return f"count({arguments[0] if arguments else '*'})"


def _multi_if(arguments: list[str]) -> str:
    pairs = zip(arguments[:-1:2], arguments[1:-1:2], strict=False)
    cases = " ".join(f"when {condition} then {value}" for condition, value in pairs)
    return f"(case {cases} else {arguments[-1]} end)"


def _concat(arguments: list[str]) -> str:
    return "(" + " || ".join(arguments) + ")"


def _week(arguments: list[str]) -> str:
    monday = len(arguments) > 1 and arguments[1] != "0"
    return f"date({arguments[0]}, '{'weekday 0' if monday else 'weekday 6'}', '-6 days')"


def _truncated(arguments: list[str]) -> str:
    unit = arguments[0].strip("'").lower()
    name = f"tostartof{unit}"
    return _week(arguments[1:]) if unit == "week" else _TEMPLATES[name].format(arguments[1])


def _named_quantile(arguments: list[str]) -> str:
    return f"quantile_of({arguments[0]}, {arguments[1]})"


_TEMPLATES = {
    "now": "now_moment()",
    "today": "date(now_moment())",
    "yesterday": "date(now_moment(), '-1 day')",
    "todate": "date({0})",
    "todatetime": "strftime('%Y-%m-%dT%H:%M:%SZ', {0})",
    "tostartofday": "strftime('%Y-%m-%dT00:00:00Z', {0})",
    "tostartofhour": "strftime('%Y-%m-%dT%H:00:00Z', {0})",
    "tostartofminute": "strftime('%Y-%m-%dT%H:%M:00Z', {0})",
    "tostartofmonth": "date({0}, 'start of month')",
    "tostartofyear": "date({0}, 'start of year')",
    "tomonday": "date({0}, 'weekday 0', '-6 days')",
    "toyear": "cast(strftime('%Y', {0}) as integer)",
    "tomonth": "cast(strftime('%m', {0}) as integer)",
    "tohour": "cast(strftime('%H', {0}) as integer)",
    "todayofweek": "((cast(strftime('%w', {0}) as integer) + 6) % 7 + 1)",
    "formatdatetime": "strftime({1}, {0})",
    "datediff": "moment_difference({0}, {1}, {2})",
    "adddays": "shift_moment({0}, {1}, 'day')",
    "subtractdays": "shift_moment({0}, -({1}), 'day')",
    "jsonextractstring": "json_extract({0}, '$.\"' || {1} || '\"')",
    "startswith": "(substr({0}, 1, length({1})) = {1})",
    "replaceall": "replace({0}, {1}, {2})",
    "tofloat": "cast({0} as real)",
    "toint": "cast({0} as integer)",
    "tostring": "cast({0} as text)",
    "if": "iif({0}, {1}, {2})",
    "ifnull": "coalesce({0}, {1})",
    "isnull": "({0} is null)",
    "isnotnull": "({0} is not null)",
    "empty": "({0} = '')",
    "notempty": "({0} <> '')",
    "intdiv": "cast({0} / {1} as integer)",
    "uniq": "count(distinct {0})",
    "uniqif": "count(distinct case when {1} then {0} end)",
    "countif": "count(case when {0} then 1 end)",
    "sumif": "coalesce(sum(case when {1} then {0} end), 0)",
    "avgif": "avg(case when {1} then {0} end)",
    "maxif": "max(case when {1} then {0} end)",
    "minif": "min(case when {1} then {0} end)",
    "any": "max({0})",
    "median": "quantile_of({0}, 0.5)",
    "greatest": "max({0}, {1})",
    "least": "min({0}, {1})",
}
CALLS: dict[str, Call] = (
    {name: _same(name) for name in _SAME}
    | {name: _template(text) for name, text in _TEMPLATES.items()}
    | {"count": _count, "multiif": _multi_if, "concat": _concat, "tostartofweek": _week}
    | {"datetrunc": _truncated, "date_trunc": _truncated}
    | {"quantile": _named_quantile, "quantileexact": _named_quantile}
    | {"uniqexact": _template(_TEMPLATES["uniq"]), "tofloat64": _template(_TEMPLATES["tofloat"])}
    | {"substring": _same("substr"), "tofloatornull": _template(_TEMPLATES["tofloat"])}
)
