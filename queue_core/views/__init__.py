"""Read models: frozen values that the Lobby returns. No database row ever leaves queue_core.

Times are aware and in UTC. `Names` maps a language (`id`, `en`) to words; use the site's first language when one is
missing.
"""

from queue_core.views.alerts import Alert, AlertKind, AlertRecord, AlertState, Thresholds
from queue_core.views.choice import (
    AgencyOffer,
    JourneyOffer,
    Names,
    Offer,
    Opening,
    OrderView,
    PlaceView,
    ServiceOffer,
    SiteView,
    WaitRange,
)
from queue_core.views.figures import Compared, Minutes, Report, Span, Tally, UsualDay
from queue_core.views.hall import (
    AccuracyView,
    BoardCall,
    BoardView,
    CounterSummary,
    CounterView,
    MachineView,
    NoticeView,
    Overview,
    PrinterView,
    QueueView,
)
from queue_core.views.records import CatalogueChange, Flaw, PrintJobView, RollView, SlipFacts, StaffView
from queue_core.views.tickets import (
    EventView,
    IssuedTicket,
    LegView,
    RatingView,
    TicketStory,
    TicketView,
    VisitStatus,
    VisitsView,
)

__all__ = [
    "AccuracyView",
    "AgencyOffer",
    "Alert",
    "AlertKind",
    "AlertRecord",
    "AlertState",
    "BoardCall",
    "BoardView",
    "CatalogueChange",
    "Compared",
    "CounterSummary",
    "CounterView",
    "EventView",
    "Flaw",
    "IssuedTicket",
    "JourneyOffer",
    "LegView",
    "MachineView",
    "Minutes",
    "Names",
    "NoticeView",
    "Offer",
    "Opening",
    "OrderView",
    "Overview",
    "PlaceView",
    "PrintJobView",
    "PrinterView",
    "QueueView",
    "RatingView",
    "Report",
    "RollView",
    "ServiceOffer",
    "SiteView",
    "SlipFacts",
    "Span",
    "StaffView",
    "Tally",
    "Thresholds",
    "TicketStory",
    "TicketView",
    "UsualDay",
    "VisitStatus",
    "VisitsView",
    "WaitRange",
]
