"""What earlier waits have taught, as one program remembers it: read anew only where it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select

from queue_core.learning import Case, Past
from queue_core.lobby.tables import PAST_WAIT

_CHANGED = select(PAST_WAIT.c.service, PAST_WAIT.c.band, PAST_WAIT.c.cases).where(
    PAST_WAIT.c.site_id == bindparam("site"),
    PAST_WAIT.c.seq > bindparam("known"),
    PAST_WAIT.c.seq <= bindparam("seq"),
)


@dataclass(frozen=True, slots=True)
class _Known:
    """All lines as they were at one moment; never changed, so that threads may share it."""

    seq: int = -1
    bands: Mapping[str, Mapping[int, list[Case]]] = field(default_factory=dict)
    pasts: Mapping[str, Past] = field(default_factory=dict)


class Pasts:
    """The past of each line of one site."""

    def __init__(self) -> None:
        self._known = _Known()

    def at(self, connection: Connection, site: str, seq: int) -> Mapping[str, Past]:
        """Return the past of each line that has one, as it was when the site's events had come to `seq`, or newer.

        What the turn that asks has written itself is not yet among it: it may still be taken back.
        """
        known = self._known
        if seq <= known.seq:
            return known.pasts
        rows = connection.execute(_CHANGED, {"site": site, "known": known.seq, "seq": seq}).all()
        bands, pasts = dict(known.bands), dict(known.pasts)
        for row in rows:
            bands[row.service] = {**bands.get(row.service, {}), row.band: row.cases}
        for service in {row.service for row in rows}:
            pasts[service] = Past(
                (place, minutes) for cases in bands[service].values() for place, minutes in cases
            )
        self._known = _Known(seq, bands, pasts)
        return pasts
