"""What the operator's program collects, in the format of Prometheus: the queues as they are, and how the pages do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kiosk.web.pages import version
from queue_core.errors import QueueError

if TYPE_CHECKING:
    from kiosk.web.hub import Hub
    from kiosk.web.places import Places
    from queue_core import Lobby
    from queue_core.views import Overview, QueueView

STATES = ("issued", "waiting", "serving", "held", "completed", "no_show", "cancelled", "transferred")
PRINTER_STATES = ("ok", "warning", "trouble", "silent")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """Counters of this process, and the site read anew for each collection."""

    def __init__(self, lobby: Lobby, hub: Hub, places: Places) -> None:
        self.registry = CollectorRegistry()
        self.guesses_refused = Counter(
            "kiosk_web_guesses_refused",
            "Links refused unread: too many wrong ones from there",
            registry=self.registry,
        )
        self.streams_refused = Counter(
            "kiosk_web_streams_refused",
            "Pages that could not stay open: all places taken, or too many from one address",
            ("full",),
            registry=self.registry,
        )
        self._requests = Counter(
            "kiosk_web_requests", "Answers given", ("page", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "kiosk_web_seconds",
            "Seconds until an answer began",
            ("page",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(_Site(lobby, hub, places))

    def took(self, page: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(page, str(status)).inc()
        self._seconds.labels(page).observe(seconds)

    def text(self) -> bytes:
        """Return everything; reads the store."""
        return generate_latest(self.registry)


class _Site(Collector):
    def __init__(self, lobby: Lobby, hub: Hub, places: Places) -> None:
        self._lobby = lobby
        self._hub = hub
        self._places = places

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that registering reads no store."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Read the site; what cannot be read is left out, and `kiosk_store_up` says so."""
        try:
            overview: Overview | None = self._lobby.queues()
        except QueueError:
            overview = None
        yield _gauge("kiosk_store_up", "1 when the store answers", float(overview is not None))
        yield _gauge("kiosk_web_streams", "Pages that are kept up to date", float(self._places.taken))
        yield _gauge("kiosk_web_look_age_seconds", "Seconds since the pages' data was read", self._hub.age)
        info = GaugeMetricFamily("kiosk_web_info", "The files of the pages", labels=("version",))
        info.add_metric((version(),), 1)
        yield info
        if overview is not None:
            yield from _queues(overview)
            yield from _places(overview)
            yield _promise(overview)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _queues(overview: Overview) -> Iterable[Metric]:
    tickets = GaugeMetricFamily("kiosk_tickets", "Today's tickets", labels=("service", "state"))
    for queue in overview.queues:
        for state in STATES:
            tickets.add_metric((queue.service, state), getattr(queue, state))
    yield tickets
    for name, text in (
        ("longest_wait", "Seconds that the first in line has waited"),
        ("average_wait", "Seconds that those called today had waited"),
        ("over_limit", "People who wait past the promise"),
        ("open_counters", "Open counters that take this line"),
    ):
        yield _by_service(f"kiosk_{name}", text, name, overview.queues)


def _by_service(metric: str, text: str, field: str, queues: Iterable[QueueView]) -> Metric:
    family = GaugeMetricFamily(metric, text, labels=("service",))
    for queue in queues:
        family.add_metric((queue.service,), getattr(queue, field))
    return family


def _places(overview: Overview) -> Iterable[Metric]:
    yield _gauge("kiosk_site_open", "1 when the site is open", float(overview.opening.open))
    state = GaugeMetricFamily(
        "kiosk_printer_state", "1 for the state of a printer", labels=("printer", "state")
    )
    jobs = GaugeMetricFamily(
        "kiosk_print_jobs", "Slips that wait, or need a hand", labels=("printer", "state")
    )
    for printer in overview.printers:
        for each in PRINTER_STATES:
            state.add_metric((printer.id, each), float(printer.state == each))
        jobs.add_metric((printer.id, "waiting"), printer.waiting_jobs)
        jobs.add_metric((printer.id, "stuck"), printer.stuck_jobs)
    yield state
    yield jobs


def _promise(overview: Overview) -> Metric:
    """`later` is what is left: neither kept nor sooner."""
    family = GaugeMetricFamily(
        "kiosk_waits_foretold",
        "Today's called visitors who had been told a wait, by what became of it",
        labels=("service", "result"),
    )
    for row in overview.accuracy:
        if row.business_date == overview.business_date:
            later = row.told - row.kept - row.sooner
            for result, count in (("kept", row.kept), ("sooner", row.sooner), ("later", later)):
                family.add_metric((row.service, result), count)
    return family
