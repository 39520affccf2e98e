"""The shapes of results, only as far as they are drawn (reference section 6)."""

from typing import Any, TypeVar, cast, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, structs

T = TypeVar("T")
Number = int | float | None
LARGE = 100_000  # bytes, of which reading takes half a millisecond


class BadResultError(ValueError):
    """A result that is not of the shape of its kind; the message names the field."""


class SeriesItem(Struct, frozen=True, gc=False, kw_only=True):
    """A series of trends, stickiness, lifecycle or funnel trends; names are picked leniently."""

    data: list[Number] | None = None
    days: list[Any] | None = None
    labels: list[Any] | None = None
    count: Number = None
    aggregated_value: Number = None
    label: Any = None
    action: Any = None
    order: Any = None
    breakdown_value: Any = msgspec.UNSET
    compare: Any = None
    compare_label: Any = None
    status: Any = None
    incomplete_end: Any = None


class FunnelStepItem(Struct, frozen=True, gc=False, kw_only=True):
    """A step of a funnel, of one group."""

    count: Number = None
    order: Number = None
    name: Any = None
    custom_name: Any = None
    action_id: Any = None
    type: Any = None
    average_conversion_time: Number = None
    median_conversion_time: Number = None
    breakdown_value: Any = msgspec.UNSET
    compare_label: Any = None


class TimeToConvert(Struct, frozen=True, gc=False, kw_only=True):
    """The bins of a funnel's conversion times: start in seconds, count."""

    bins: list[list[Number]] = []
    average_conversion_time: Number = None
    median_conversion_time: Number = None


class RetentionValue(Struct, frozen=True, gc=False, kw_only=True):
    """The actors of a cohort that came back in one period."""

    count: Number = None
    aggregation_value: Number = None
    label: Any = None


class RetentionItem(Struct, frozen=True, gc=False, kw_only=True):
    """A cohort."""

    values: list[RetentionValue] = []
    date: Any = None
    label: Any = None
    breakdown_value: Any = None


class PathItem(Struct, frozen=True, gc=False, kw_only=True):
    """A link between two nodes of paths; the time is in milliseconds."""

    source: str
    target: str
    value: Number = None
    average_conversion_time: Number = None


def decode(raw: Raw, shape: type[T]) -> T:
    """Read a result, taking numbers written as text too.

    Raises BadResultError, whose message names the field.
    """
    try:
        if len(memoryview(raw)) >= LARGE and get_origin(shape) is list:
            return _in_parts(raw, shape)
        return msgspec.json.decode(raw, type=shape, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).replace("`", "").partition(" - at ")
        path = where.replace("$", "result", 1) or "result"
        raise BadResultError(f"{path}: {what}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadResultError("result: not readable JSON") from error


def _in_parts(raw: Raw, shape: type[T]) -> T:
    """Read a long list item by item: one call would let no other thread run meanwhile."""
    decoder = msgspec.json.Decoder(get_args(shape)[0], strict=False)
    items: list[Any] = []
    try:
        for one in msgspec.json.decode(raw, type=list[Raw]):
            items.append(decoder.decode(one))
            if isinstance(items[-1], SeriesItem) and len(items) > 1:
                _share(items[-1], items[-2])
        return cast("T", items)
    except (msgspec.DecodeError, RecursionError):
        return msgspec.json.decode(raw, type=shape, strict=False)  # whose error names the item


def _share(item: SeriesItem, before: SeriesItem) -> None:
    """Let a series have its buckets in common with the one before: mostly they are the same."""
    if item.days == before.days:
        structs.force_setattr(item, "days", before.days)
    if item.labels == before.labels:
        structs.force_setattr(item, "labels", before.labels)
