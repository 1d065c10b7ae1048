"""What a visitor does on the phone, beside looking and cancelling: let others go first, and say how it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, bindparam, delete, insert, select, text, update

from queue_core.calling import moment_behind
from queue_core.errors import CannotStepBack, IllegalMove
from queue_core.events import NOBODY, Actor, EventKind
from queue_core.lifecycle import Action, Status, advance
from queue_core.lobby import reads
from queue_core.lobby.announcements import Announcing
from queue_core.lobby.desk import answered_before
from queue_core.lobby.lines import who_waits
from queue_core.lobby.moves import move
from queue_core.lobby.reads.visits import MOST_STEPS, find_rows
from queue_core.lobby.rows import ticket_view
from queue_core.lobby.tables import ANNOUNCEMENT, PRINT_JOB, RATING, VISIT
from queue_core.lobby.turn import Turn
from queue_core.models import KEPT
from queue_core.views import RatingView

if TYPE_CHECKING:
    from queue_core.views import TicketView, VisitsView

SCORES = (1, 2, 3, 4)
"""Not content, little content, content, very content. One touch at the end is no survey by the ministry's rules."""

_THIS_VISIT = and_(VISIT.c.site_id == bindparam("site"), VISIT.c.visit_id == bindparam("visit"))
_STEPPED = update(VISIT).where(_THIS_VISIT).values(stepped_back=VISIT.c.stepped_back + 1)
_RATED = update(VISIT).where(_THIS_VISIT, VISIT.c.rated.is_(False)).values(rated=True)
_ONE_MORE = (
    update(RATING)
    .where(
        RATING.c.site_id == bindparam("site"),
        RATING.c.business_date == bindparam("day"),
        RATING.c.service == bindparam("of"),
        RATING.c.score == bindparam("given"),
    )
    .values(answers=RATING.c.answers + 1)
)
_FIRST = insert(RATING)
_RATINGS = (
    select(RATING.c.service, RATING.c.score, RATING.c.answers)
    .where(RATING.c.site_id == bindparam("site"), RATING.c.business_date == bindparam("day"))
    .order_by(RATING.c.service, RATING.c.score)
)
_ERASE_TOKENS = (
    update(VISIT)
    .where(VISIT.c.site_id == bindparam("site"), VISIT.c.business_date < bindparam("day"), text(KEPT))
    .values(token=VISIT.c.visit_id)
)
_ERASE = (
    delete(ANNOUNCEMENT).where(
        ANNOUNCEMENT.c.site_id == bindparam("site"), ANNOUNCEMENT.c.at < bindparam("at")
    ),
    delete(PRINT_JOB).where(
        PRINT_JOB.c.site_id == bindparam("site"), PRINT_JOB.c.created_at < bindparam("at")
    ),
    delete(RATING).where(
        RATING.c.site_id == bindparam("site"), RATING.c.business_date < bindparam("rating_day")
    ),
)


class Phones(Announcing):
    """The part of the Lobby that the visitor's page speaks to. `paper` is a label or a token; a page takes tokens only."""

    def visits_under_way(self) -> VisitsView:
        """What the holder of each token may know, for all who have not left: one moment of the whole hall."""
        with self.look() as look:
            return reads.visits_under_way(look)

    def step_back(
        self, paper: str, *, places: int = 2, by: Actor = NOBODY, request_id: str | None = None
    ) -> TicketView:
        """Let the next `places` of the same line and class go first; who steps back gives up the announced wait.

        They then stand as if they had come just after those: nobody else's place or time changes, and the promise
        counts from there. Raises: UnknownTicket, IllegalMove unless waiting, CannotStepBack.
        """
        if places < 1:
            raise ValueError(places)
        with self.turn("step_back", by=by, request_id=request_id) as turn:
            return turn.once(lambda: _step_back(turn, paper, places), answered_before)

    def rate(self, paper: str, score: int) -> bool:
        """Count how a visitor found it; False when this visit has said so before.

        Kept is the sum of the day and that this visit answered, never who gave which score: so there is no event.
        Raises: UnknownTicket; IllegalMove unless the visit is completed; ValueError for no score of SCORES.
        """
        if score not in SCORES:
            raise ValueError(score)
        with self.turn("rate") as turn:
            turn.quiet = True
            return _rate(turn, paper, score)

    def ratings(self) -> tuple[RatingView, ...]:
        """Today's sums, by service and score."""
        with self.look() as look:
            rows = look.connection.execute(_RATINGS, {"site": look.site, "day": look.today})
            return tuple(RatingView(*row) for row in rows)

    def erase_old(self, *, keep_days: int, rating_days: int) -> int:
        """Erase what is older than so many days: tokens, slips, who spoke which call; and later the sums of ratings.

        Numbers, times and events stay: they tell of nobody. Returns how many tokens were erased.
        """
        with self.turn("erase_old") as turn:
            turn.quiet = True
            values = {
                "site": turn.site,
                "day": turn.today - timedelta(days=keep_days),
                "at": turn.now - timedelta(days=keep_days),
                "rating_day": turn.today - timedelta(days=rating_days),
            }
            for statement in _ERASE:
                turn.connection.execute(statement, values)
            return turn.connection.execute(_ERASE_TOKENS, values).rowcount


def _step_back(turn: Turn, paper: str, places: int) -> TicketView:
    ticket = find_rows(turn, paper)[-1]
    advance(Status(ticket.status), Action.STEP_BACK, label=ticket.label)
    if ticket.stepped_back >= MOST_STEPS:
        raise CannotStepBack(label=ticket.label, reason="used_up", most=MOST_STEPS)
    line = who_waits(turn, (ticket.service,))
    of_class = [each for each in line if each.priority == ticket.priority]
    since = moment_behind(of_class, ticket.ticket_id, places)
    if since is None:
        raise CannotStepBack(label=ticket.label, reason="nobody_behind", most=MOST_STEPS)
    joined = ticket.waiting_since + timedelta(seconds=ticket.credit)
    values = {
        "waiting_since": since,
        "due_at": ticket.due_at + (since - ticket.waiting_since),
        "credit": max(0, int((joined - since).total_seconds())),
        "passed": 0,
        "owed": 0,
    }
    back = move(turn, ticket, Action.STEP_BACK, **values, wait_low=None, wait_high=None, place=None)
    turn.connection.execute(_STEPPED, _visit_keys(turn, ticket))
    was = ticket.waiting_since.isoformat()
    turn.emit(EventKind.STEPPED_BACK, back, answers=True, places=places, waiting_since=was)
    return ticket_view(turn, back)


def _rate(turn: Turn, paper: str, score: int) -> bool:
    ticket = find_rows(turn, paper)[-1]
    if ticket.status != Status.COMPLETED or ticket.leg < ticket.legs:
        raise IllegalMove(label=ticket.label, status=ticket.status, action="rate", allowed=[])
    if turn.connection.execute(_RATED, _visit_keys(turn, ticket)).rowcount == 0:
        return False
    keys = {"site": turn.site, "day": turn.today, "of": ticket.service, "given": score}
    if turn.connection.execute(_ONE_MORE, keys).rowcount == 0:
        row = {
            "site_id": turn.site,
            "business_date": turn.today,
            "service": ticket.service,
            "score": score,
            "answers": 1,
        }
        turn.connection.execute(_FIRST, row)
    return True


def _visit_keys(turn: Turn, ticket: Row[Any]) -> Mapping[str, str]:
    return {"site": turn.site, "visit": ticket.visit_id}
