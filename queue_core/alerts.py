"""Alerts: pure, from the site at one moment, its limits, and what was acknowledged.

Nobody runs in the background to raise them: whoever looks computes them, and tells the store what is new or over
(`Lobby.note_alerts`). So all screens agree, each alert is one event when it begins and one when it ends, and one that
flickers is not begun anew within `repeat_minutes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from queue_core.lifecycle import Status
from queue_core.views import Alert, AlertKind, AlertRecord, AlertState

if TYPE_CHECKING:
    from queue_core.views import CounterSummary, Overview, QueueView, Thresholds

Key = tuple[AlertKind, str]
ORDER = tuple(AlertKind)
WATCHED = frozenset({"touch", "board", "web"})
"""Programs that are to run all day; of a counter it is told when it is silent though somebody waits."""
FORGOTTEN = timedelta(days=4)
"""Whatever was not heard of for longer than a weekend and two holidays was put away."""
COPIES = "backup:"
"""So begins the name under which a machine says that it has made a good copy of the store."""
COPY_AGE = timedelta(hours=26)
"""A day and some, so that one made each evening is never late."""
_RANK = {AlertState.NEW: 0, AlertState.AGAIN: 0, AlertState.KNOWN: 1}


def alerts(overview: Overview, *, machine: str = "", free_megabytes: int | None = None) -> tuple[Alert, ...]:
    """Return what is wrong now: what nobody has acknowledged first, then by kind and weight.

    Args:
        overview: the site, with its limits and what is known of its alerts.
        machine: the computer that looks.
        free_megabytes: room beside this computer's store; None: not looked at.
    """
    known = {(each.kind, each.subject): each for each in overview.alert_records}
    found = [*_of_site(overview), *_of_disk(overview.thresholds, machine, free_megabytes)]
    judged = [_judged(each, known.get(each.key), overview) for each in found]
    return tuple(
        sorted(
            judged, key=lambda each: (_RANK[each.state], ORDER.index(each.kind), -each.value, each.subject)
        )
    )


def changes(
    holding: Iterable[Alert], known: Iterable[AlertRecord], machine: str
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """Return which alerts the store does not know of yet, and which have ended. A disk is judged by its own machine."""
    keys = {each.key for each in holding}
    running = {(each.kind, each.subject) for each in known if each.ended_at is None}
    mine = {key for key in running if key[0] is not AlertKind.DISK or key[1] == machine}
    return tuple(sorted(keys - running)), tuple(sorted(mine - keys))


def _judged(alert: Alert, record: AlertRecord | None, overview: Overview) -> Alert:
    if record is None or record.ended_at is not None:
        return replace(alert, since=overview.at)
    said = record.acknowledged_at
    if said is None:
        return replace(alert, since=record.raised_at)
    if alert.kind is AlertKind.PROGRAM:  # off on purpose, or being mended: known until it is heard of again
        return replace(
            alert, state=AlertState.KNOWN, since=record.raised_at, acknowledged_by=record.acknowledged_by
        )
    over = overview.at - said >= timedelta(minutes=overview.thresholds.repeat_minutes)
    state = AlertState.AGAIN if over else AlertState.KNOWN
    return replace(alert, state=state, since=record.raised_at, acknowledged_by=record.acknowledged_by)


def _of_site(overview: Overview) -> Iterator[Alert]:
    limits = overview.thresholds
    if not overview.clock_good:
        yield Alert(AlertKind.CLOCK, "")
    if overview.set_back_to:
        yield Alert(AlertKind.SET_BACK, overview.set_back_to)
    for printer in overview.printers:
        in_use = printer.waiting_jobs or printer.stuck_jobs
        if printer.state == "trouble" or printer.stuck_jobs or (printer.state == "silent" and in_use):
            yield Alert(
                AlertKind.PRINTER, printer.id, printer.waiting_jobs + printer.stuck_jobs, printer.reason
            )
    for queue in overview.queues:
        yield from _of_line(queue, limits)
    waiting = {queue.service for queue in overview.queues if queue.waiting}
    for counter in overview.counters:
        minutes = silent_for(counter, waiting, overview.at)
        serving = counter.current is not None and counter.current.status is Status.SERVING
        if minutes >= (limits.serving_minutes if serving else limits.silent_minutes):
            yield Alert(AlertKind.SILENT, counter.id, minutes)
    yield from _of_programs(overview)
    yield from _of_copies(overview)


def _of_copies(overview: Overview) -> Iterator[Alert]:
    """Copies of the store that are not made any more. Where none was ever made, nobody has set it up."""
    made = [each for each in overview.machines if each.id.startswith(COPIES)]
    if not made:
        return
    newest = max(made, key=lambda each: each.last_seen)
    age = overview.at - newest.last_seen
    if age >= COPY_AGE:
        yield Alert(AlertKind.COPY, newest.id.removeprefix(COPIES), int(age.total_seconds() // 3600))


def _of_programs(overview: Overview) -> Iterator[Alert]:
    """Kiosks, boards and pages that are not heard of. While the site is closed they may be off: then none begins, and none ends."""
    running = {
        each.subject
        for each in overview.alert_records
        if each.kind is AlertKind.PROGRAM and each.ended_at is None
    }
    for machine in overview.machines:
        silent = overview.at - machine.last_seen
        watched = overview.opening.open or machine.id in running
        if machine.id.partition(":")[0] in WATCHED and watched and silent < FORGOTTEN:
            minutes = int(silent.total_seconds() // 60)
            if minutes >= overview.thresholds.program_minutes:
                yield Alert(AlertKind.PROGRAM, machine.id, minutes)


def _of_line(queue: QueueView, limits: Thresholds) -> Iterator[Alert]:
    past = queue.longest_wait // 60 - queue.target_minutes
    if queue.waiting and past >= limits.overdue_minutes:
        yield Alert(AlertKind.OVERDUE, queue.service, past)
    if limits.crowded(queue.service, queue.waiting):
        yield Alert(AlertKind.CROWDED, queue.service, queue.waiting)


def silent_for(counter: CounterSummary, waiting: set[str], now: datetime) -> int:
    """Return for how many minutes an open counter has pressed no key while somebody waits for what it serves; else 0."""
    since = counter.last_action_at or counter.since
    if counter.state != "open" or since is None or not waiting.intersection(counter.services):
        return 0
    return max(0, int((now - since).total_seconds() // 60))


def _of_disk(limits: Thresholds, machine: str, free: int | None) -> Iterator[Alert]:
    if free is not None and free < limits.disk_megabytes:
        yield Alert(AlertKind.DISK, machine, free)
