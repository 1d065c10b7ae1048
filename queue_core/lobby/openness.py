"""Open or closed at one moment of the site: the rules, the orders, the quotas and the lines, read once and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from queue_core.errors import QuotaReached, ServiceClosed, SiteClosed
from queue_core.lobby.catalogue import EVERYTHING
from queue_core.lobby.outlook import Outlook
from queue_core.lobby.quotas import Use, read_use, taken_of
from queue_core.opening import opening
from queue_core.views import Opening

_INACTIVE = Opening(open=False, reason="inactive")
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Openness:
    """What is open, for one look or turn."""

    outlook: Outlook
    use: Use
    _seen: dict[str, Opening] = field(default_factory=dict)

    def of(self, target: str) -> Opening:
        """Say whether numbers are given out: for a service, or by an agency's or the site's own rules alone."""
        if target not in self._seen:
            self._seen[target] = self._decide(target)
        return self._seen[target]

    def agency(self, code: str) -> Opening:
        """Say whether a number of any of its services can be had; if not, why, and when the first one opens again."""
        services = (each.id for each in self.outlook.here.catalogue.active_services if each.agency == code)
        return _together(self.of(code), (self.of(service) for service in services))

    def site(self) -> Opening:
        """Say whether any number can be had; if not, why, and when again."""
        services = (self.of(each.id) for each in self.outlook.here.catalogue.active_services)
        return _together(self.of(EVERYTHING), services)

    def refuse(self, service: str) -> None:
        """Raise SiteClosed, ServiceClosed or QuotaReached unless a number may be given out now."""
        seen = self.of(service)
        if seen.open:
            return
        told: dict[str, object] = {"reason": seen.reason, "opens_at": seen.opens_at}
        if seen.reason.startswith("quota"):
            raise QuotaReached(service=service, **told)
        more = {"name": seen.name, "until": seen.until, "last_ticket_at": seen.last_ticket_at}
        told |= {key: value for key, value in more.items() if value is not None}
        if seen.level == "site":
            raise SiteClosed(**told)
        raise ServiceClosed(service=service, **told)

    def _decide(self, target: str) -> Opening:
        here = self.outlook.here
        if not here.catalogue.is_active(target):
            level = "" if here.catalogue.active else "site"
            return replace(_INACTIVE, level=level)
        if target in here.catalogue.by_the_clock:
            return here.catalogue.opening_of(target, here.now)
        return opening(
            here.now,
            here.catalogue.place,
            here.catalogue.levels_of(target),
            taken_of(self.use, target),
            full="." in target and self.outlook.is_full(target),
        )


def read_openness(outlook: Outlook) -> Openness:
    """Read what the quotas need beside the lines; nothing when there is no quota."""
    return Openness(outlook, read_use(outlook.here))


def _together(whole: Opening, parts: Iterable[Opening]) -> Opening:
    """A place is open when a part of it is; and closed when all are, by the first of them that opens again."""
    found = list(parts)
    open_ = [part for part in found if part.open]
    if open_:
        return whole if whole.open else open_[0]
    if not whole.open or not found:
        return whole
    return min(found, key=lambda part: part.opens_at or _FAR)
