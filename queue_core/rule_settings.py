"""When numbers are given out, as a site's owner writes it: the keys that sites, agencies and services share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from queue_core.forms import CalendarDate, Hours, Section, TimeSpan, Weekday, Words


class BreakSettings(Section):
    """A pause within the hours, every week. No numbers are given out then, and the screen says why."""

    days: Annotated[list[Weekday], Field(min_length=1)]
    """On which days of the week."""
    span: TimeSpan
    """From when until when, such as `11:30-13:00`."""
    kind: Literal["midday", "friday_prayer", "other"] = "other"
    """What the screen calls it: `midday` a midday break, `friday_prayer` the break for the Friday prayer."""
    name: Words | None = None
    """What the screen calls it instead, by language."""


class DaySettings(Section):
    """A date, or a run of dates, with hours of its own instead of the weekly ones; its breaks are gaps in them."""

    date: CalendarDate
    """The day, such as `2026-08-17`."""
    until: CalendarDate | None = None
    """The last day of a run. Absent: one day."""
    days: list[Weekday] = []  # noqa: RUF012
    """Only these days of the week, within a run. Empty: every day."""
    hours: list[TimeSpan] = []  # noqa: RUF012
    """Spans of that day, such as `["08:00-11:00"]` for half a day. Empty: closed."""
    name: Words | None = None
    """What it is called, by language; a holiday's name is shown to visitors."""

    @field_validator("until")
    @classmethod
    def _not_before(cls, until: str | None, info: ValidationInfo) -> str | None:
        first = info.data.get("date")
        if until is not None and first is not None and until < first:
            form = "date_or_later"
            raise PydanticCustomError(form, "not of the form {form}", {"form": form})
        return until


class OpeningSettings(Section):
    """When numbers are given out. A service is open when it, its agency and its site all are."""

    hours: Hours | None = None
    """Weekly hours, inside those of the agency and of the site. Absent: those of the wider level; at a site: at all hours."""
    breaks: list[BreakSettings] = []  # noqa: RUF012
    """Pauses within the weekly hours that have a name. A gap between two spans is a break as well, without one."""
    special_days: list[DaySettings] = []  # noqa: RUF012
    """Other hours on a date; they go before holidays and weekly hours. Of several entries for a date the last counts."""
    last_ticket_minutes: Annotated[int | None, Field(ge=1, le=720)] = None
    """The last number is given out so many minutes before the day's closing time. Absent: as the wider level says; else at closing time."""
    stop_when_full: bool | None = None
    """Give out no more numbers today once a newcomer would probably be called only after closing time. Absent: as the wider level says; else no."""
    quota: Annotated[int | None, Field(ge=1, le=9999)] = None
    """So many numbers a day at the most, here and in all that is under it. Absent: no limit."""
    quota_per_hour: Annotated[int | None, Field(ge=1, le=999)] = None
    """So many numbers in each hour of the clock at the most. Absent: no limit."""


class SiteOpeningSettings(OpeningSettings):
    """When a site is open."""

    holidays: list[DaySettings] = []  # noqa: RUF012
    """Public holidays and the site's own, one date or run each; with `hours`, half a day."""
