"""The forms that values of config.toml take: checked strictly, so that text is never taken for a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal, LiteralString
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


def shaped(form: LiteralString, fits: Callable[[str], object]) -> AfterValidator:
    """Check a text; an error is named after the form that it missed, so that a sentence can be found for it."""

    def check(text: str) -> str:
        if not fits(text):
            raise PydanticCustomError(form, "not of the form {form}", {"form": form})
        return text

    return AfterValidator(check)


def pattern(regex: str) -> Callable[[str], object]:
    """For `shaped`: the whole text must match."""
    return re.compile(regex).fullmatch


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not found; not a name at all; a folder such as "Asia"
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-08-17")


def _as_text(value: object) -> object:
    """TOML knows dates of its own; they mean the same as their text."""
    return value.isoformat() if type(value) is date else value


def _is_store(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018 -- raises when it is no number
    except ValueError:
        return False
    return bool(re.fullmatch(r"sqlite:///.*[^/]|postgresql(\+psycopg)?://[^/\s]*/[^/?\s]+(\?\S*)?", url))


def is_store_or_empty(url: str) -> bool:
    """Whether it is the address of a store, or nothing."""
    return not url or _is_store(url)


_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_CODE, _LOCAL = r"[A-Z]{1,4}", r"[a-z0-9][a-z0-9-]{0,30}"

Language = Annotated[str, shaped("language_code", pattern(r"[a-z]{2}"))]
Words = Annotated[dict[Language, str], Field(min_length=1)]
AgencyCode = Annotated[str, shaped("agency_code", pattern(_CODE))]
LocalId = Annotated[str, shaped("local_id", pattern(_LOCAL))]
ServiceId = Annotated[str, shaped("service_id", pattern(rf"{_CODE}\.{_LOCAL}"))]
ServiceChoice = Annotated[str, shaped("service_choice", pattern(rf"{_CODE}\.({_LOCAL}|\*)"))]
TimeOfDay = Annotated[str, shaped("time_of_day", pattern(_CLOCK))]
TimeSpan = Annotated[str, shaped("time_span", pattern(rf"{_CLOCK}-({_CLOCK}|24:00)"))]
BreakChoice = Annotated[str, shaped("break_choice", pattern(rf"[1-9]\d{{0,2}}|{_CLOCK}"))]
CalendarDate = Annotated[str, BeforeValidator(_as_text), shaped("calendar_date", _is_date)]
TimeZone = Annotated[str, shaped("time_zone", _is_time_zone)]
StoreUrl = Annotated[str, shaped("store_url", _is_store)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Hours = dict[Weekday, list[TimeSpan]]
"""Weekday to spans such as `["08:00-12:00", "13:00-15:00"]`. Absent: always open. A weekday left out: closed that day."""


class Section(BaseModel):
    """A section of the file: unknown keys are refused, and a value of the wrong type is never converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
