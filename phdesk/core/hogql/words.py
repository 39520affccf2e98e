"""The words of HogQL that are offered while one writes: keywords, and the functions most used.

Functions that are missing here may be used all the same; the server knows them.
"""

KEYWORDS = frozenset({
    "all", "and", "array", "as", "asc", "between", "by", "case", "cast", "cross", "desc",
    "distinct", "else", "end", "except", "false", "filter", "final", "first", "following", "from",
    "full", "group", "having", "if", "ilike", "in", "inner", "intersect", "interval", "into",
    "is", "join", "last", "left", "like", "limit", "not", "null", "nulls", "offset", "on", "or",
    "order", "outer", "over", "partition", "preceding", "prewhere", "qualify", "range",
    "recursive", "right", "rollup", "row", "rows", "sample", "select", "semi", "settings", "then",
    "ties", "to", "top", "totals", "true", "unbounded", "union", "using", "values", "when",
    "where", "window", "with", "anti", "any", "asof", "cube", "day", "hour", "minute", "month",
    "quarter", "second", "week", "year",
})  # fmt: skip
OFFERED_KEYWORDS = (
    "SELECT", "DISTINCT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET",
    "LEFT JOIN", "INNER JOIN", "ON", "AS", "AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "BETWEEN",
    "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "INTERVAL", "UNION ALL",
    "WITH", "ASC", "DESC", "OVER", "PARTITION BY",
)  # fmt: skip
FUNCTIONS = (
    "abs", "addDays", "addHours", "addMonths", "addWeeks", "any", "argMax", "argMin", "arrayJoin",
    "arrayMap", "arrayFilter", "arraySort", "arrayUniq", "avg", "avgIf", "ceil", "coalesce",
    "concat", "count", "countIf", "countDistinct", "dateAdd", "dateDiff", "dateSub", "dateTrunc",
    "empty", "endsWith", "exp", "extract", "first_value", "floor", "formatDateTime",
    "fromUnixTimestamp", "greatest", "groupArray", "groupUniqArray", "has", "if", "ifNull",
    "JSONExtractBool", "JSONExtractFloat", "JSONExtractInt", "JSONExtractRaw", "JSONExtractString",
    "lagInFrame", "last_value", "leadInFrame", "least", "length", "log", "lower", "match", "max",
    "maxIf", "median", "medianIf", "min", "minIf", "multiIf", "notEmpty", "now", "nullIf",
    "position", "quantile", "quantileIf", "rank", "replaceAll", "replaceOne", "replaceRegexpAll",
    "round", "row_number", "splitByChar", "splitByString", "sqrt", "startsWith", "stddevPop",
    "subtractDays", "subtractHours", "subtractMonths", "subtractWeeks", "substring", "sum",
    "sumIf", "toDate", "toDateTime", "toDayOfMonth", "toDayOfWeek", "toDecimal", "toFloat",
    "toHour", "toInt", "toMinute", "toMonday", "toMonth", "toQuarter", "toStartOfDay",
    "toStartOfHour", "toStartOfMinute", "toStartOfMonth", "toStartOfQuarter", "toStartOfWeek",
    "toStartOfYear", "toString", "toTimeZone", "toUnixTimestamp", "toUUID", "toYYYYMM",
    "toYYYYMMDD", "today", "trim", "tuple", "uniq", "uniqExact", "uniqIf", "upper", "yesterday",
)  # fmt: skip
