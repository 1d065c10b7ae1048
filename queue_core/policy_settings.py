"""Whose turn it is, as a site's owner writes it: the keys of `[site.policy]` and of a counter's own policy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_core.forms import Section, ServiceChoice

Shares = dict[ServiceChoice, Annotated[int, Field(ge=1, le=9)]]


class UrgentSettings(Section):
    """When anyone in X has waited so long, X first."""

    service: ServiceChoice
    """The service, such as `DK.ktp`, or a whole agency, `DK.*`. Of several entries the first that holds counts."""
    minutes: Annotated[int, Field(ge=1, le=480)]
    """So many minutes of waiting make it urgent."""


class PolicySettings(Section):
    """Whose turn it is, at every counter of the site that has no policy of its own (docs/policies.md)."""

    rule: Literal["priority", "arrival", "due", "ratio"] = "priority"
    """`priority`: priority visitors first, within a cap. `arrival`: who came first. `due`: whose promise ends first. `ratio`:
    so many priority visitors to so many regular ones."""
    most_in_a_row: Annotated[int, Field(ge=1, le=9)] = 2
    """So many people at most go ahead, one after the other, of somebody who waits past the promise (`rule = "priority"`,
    `urgent`, `main_services`)."""
    priority_minutes: Annotated[int | None, Field(ge=0, le=240)] = None
    """Only with `rule = "due"`: so many minutes before the end of the promise a priority visitor is due. Absent: 15."""
    priority: Annotated[int | None, Field(ge=1, le=9)] = None
    """Only with `rule = "ratio"`: so many priority visitors … Absent: 2."""
    regular: Annotated[int | None, Field(ge=1, le=9)] = None
    """Only with `rule = "ratio"`: … to so many regular ones, while both wait. Absent: 1."""
    main_services: Annotated[int, Field(ge=0, le=99)] = 0
    """So many of a counter's services, from the first, are its main ones: it helps the others when nobody waits there. 0: all
    are alike."""
    urgent: list[UrgentSettings] = []  # noqa: RUF012  pydantic copies it
    """Services that go first when somebody in them has waited too long."""
    shares: Shares = {}  # noqa: RUF012
    """So many calls for each service while people wait in several, such as `"DK.ktp" = 2, "DK.kk" = 1`. One that is not named has
    1."""
