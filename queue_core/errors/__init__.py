"""What can be refused, as a tree: catch the level you can answer.

QueueError
├── Refused                the rules say no; nothing was changed
│   ├── IllegalMove        the ticket is not in a state for this
│   ├── UnknownSite · UnknownTicket · UnknownService · UnknownCounter · UnknownJourney · UnknownStaff · UnknownJob
│   ├── UnknownRoll · RollInUse · RollRange
│   ├── StaffExists · PinRefused
│   ├── SiteClosed · ServiceClosed · QuotaReached
│   ├── CannotStepBack · CannotRecall · CannotRestore · CannotUndo · PersonalData · JourneyRefused
│   ├── NoticeOver         its end has passed already
│   ├── CounterPaused · CounterBusy · CounterIdle · CounterTakesNot
│   ├── NotAllowed         the name, the PIN or the role does not permit it
│   ├── NotEnrolled        a kiosk's own store that has no code of its site, or lost it
│   ├── BundleRefused      rows of another store that cannot be taken
│   ├── RequestReused      this request_id has answered another command
│   └── ClockSuspect       the machine's clock cannot be right
└── StoreError             the store cannot answer now; try again
    ├── StoreBusy · StoreUnreachable
    └── StoreUnready       not made yet, or of another version: `kiosk init`, `kiosk migrate`

Errors carry data; the sentences that people read are in kiosk/locales.
"""

from __future__ import annotations

from queue_core.errors.base import QueueError
from queue_core.errors.refused import (
    BundleRefused,
    CannotRecall,
    CannotRestore,
    CannotStepBack,
    CannotUndo,
    ClockSuspect,
    CounterBusy,
    CounterIdle,
    CounterPaused,
    CounterTakesNot,
    IllegalMove,
    JourneyRefused,
    NotAllowed,
    NotEnrolled,
    NoticeOver,
    PersonalData,
    PinRefused,
    QuotaReached,
    Refused,
    RequestReused,
    RollInUse,
    RollRange,
    ServiceClosed,
    SiteClosed,
    StaffExists,
    UnknownCounter,
    UnknownJob,
    UnknownJourney,
    UnknownRoll,
    UnknownService,
    UnknownSite,
    UnknownStaff,
    UnknownTicket,
)
from queue_core.errors.stores import (
    CopyFailed,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreInUse,
    StoreNewer,
    StoreUnreachable,
    StoreUnready,
)

__all__ = [
    "BundleRefused",
    "CannotRecall",
    "CannotRestore",
    "CannotStepBack",
    "CannotUndo",
    "ClockSuspect",
    "CopyFailed",
    "CounterBusy",
    "CounterIdle",
    "CounterPaused",
    "CounterTakesNot",
    "IllegalMove",
    "JourneyRefused",
    "NotAllowed",
    "NotEnrolled",
    "NoticeOver",
    "PersonalData",
    "PinRefused",
    "QueueError",
    "QuotaReached",
    "Refused",
    "RequestReused",
    "RollInUse",
    "RollRange",
    "ServiceClosed",
    "SiteClosed",
    "StaffExists",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreInUse",
    "StoreNewer",
    "StoreUnreachable",
    "StoreUnready",
    "UnknownCounter",
    "UnknownJob",
    "UnknownJourney",
    "UnknownRoll",
    "UnknownService",
    "UnknownSite",
    "UnknownStaff",
    "UnknownTicket",
]
