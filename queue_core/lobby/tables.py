"""The tables as plain tables: statements on these run without the ORM's bookkeeping."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from queue_core import models


def _table(model: type[SQLModel]) -> Table:
    return cast("Table", model.__table__)  # type: ignore[attr-defined]


SITE = _table(models.Site)
AGENCY = _table(models.Agency)
SERVICE = _table(models.Service)
COUNTER = _table(models.Counter)
COUNTER_SERVICE = _table(models.CounterService)
JOURNEY = _table(models.Journey)
MACHINE = _table(models.Machine)
STAFF = _table(models.Staff)
SIGN_IN_ATTEMPTS = _table(models.SignInAttempts)
NUMBER_SERIES = _table(models.NumberSeries)
VISIT = _table(models.Visit)
VISIT_LEG = _table(models.VisitLeg)
TICKET = _table(models.Ticket)
EVENT = _table(models.Event)
ANNOUNCEMENT = _table(models.Announcement)
NOTICE = _table(models.Notice)
RATING = _table(models.Rating)
PRINT_JOB = _table(models.PrintJob)
PRINTER = _table(models.Printer)
ROLL = _table(models.Roll)
PAST_WAIT = _table(models.PastWait)
WAIT_ACCURACY = _table(models.WaitAccuracy)
ALERT = _table(models.AlertRow)
PRIORITY_REASON = _table(models.PriorityReason)
COUNTED_DAY = _table(models.CountedDay)
HOUR_COUNT = _table(models.HourCount)
OPENING_ORDER = _table(models.Order)
QUOTA_USE = _table(models.QuotaUse)
SOURCE = _table(models.Source)
MERGED_VISIT = _table(models.MergedVisit)
LINK = _table(models.Link)
