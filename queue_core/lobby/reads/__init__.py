"""Looking: each function is given one moment of one site and changes nothing.

Their cost follows the hall and the day, never the years: who waits and who stands at a counter are partial indexes,
today is an index, and no statement counts the past.
"""

from queue_core.lobby.reads.desk import counter_view, line
from queue_core.lobby.reads.hall import board, events_after, site
from queue_core.lobby.reads.offer import offer
from queue_core.lobby.reads.overview import queues
from queue_core.lobby.reads.paper import print_job, print_jobs, printer, printers, slips_at_hand
from queue_core.lobby.reads.visits import find, legs_of, ticket_story, visit_status, visits_under_way

__all__ = [
    "board",
    "counter_view",
    "events_after",
    "find",
    "legs_of",
    "line",
    "offer",
    "print_job",
    "print_jobs",
    "printer",
    "printers",
    "queues",
    "site",
    "slips_at_hand",
    "ticket_story",
    "visit_status",
    "visits_under_way",
]
