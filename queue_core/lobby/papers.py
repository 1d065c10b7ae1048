"""The Lobby's part for paper: slips, printers, and pre-printed rolls for the day on which no kiosk works."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from queue_core.events import NOBODY, Actor
from queue_core.lobby import paper, preprinted, reads, reprints
from queue_core.lobby.entrance import Entrance

if TYPE_CHECKING:
    from queue_core.supply import PaperReading
    from queue_core.views import PrinterView, PrintJobView, RollView


class Papers(Entrance):
    """What comes out of printers, and what is done without one."""

    @cached_property
    def journal(self) -> paper.PaperJournal:
        """What a Spool (printers.spool.Journal) works from."""
        return paper.PaperJournal(self)

    def reprint(
        self, label: str, *, printer: str, by: Actor = NOBODY, request_id: str | None = None
    ) -> PrintJobView:
        """Ask for a slip again: a marked copy, unless the slip certainly never came out.

        Raises: UnknownTicket; IllegalMove when the visit was cancelled or has expired.
        """
        with self.turn("reprint", by=by, request_id=request_id) as turn:
            return turn.once(lambda: reprints.reprint(turn, label, printer), reprints.reprinted_before)

    def answer_for_slip(
        self, job: str, *, came_out: bool, by: Actor = NOBODY, request_id: str | None = None
    ) -> PrintJobView:
        """Somebody looked whether a slip came out: yes settles it, no asks for a marked copy, which is returned.

        A slip of which that is known, because the printer proved it or another answered, is returned as it is. Raises: UnknownJob; for a no what `reprint` raises.
        """
        with self.turn("answer_for_slip", by=by, request_id=request_id) as turn:
            return turn.once(lambda: reprints.answer(turn, job, came_out=came_out), reprints.reprinted_before)

    def print_jobs(self, *, printer: str = "", limit: int = 50) -> tuple[PrintJobView, ...]:
        """The slips of the last day, newest first. With `printer`, only that one's."""
        with self.look() as look:
            return reads.print_jobs(look, printer, limit)

    def slips_at_hand(self) -> tuple[PrintJobView, ...]:
        """The slips of the last day that wait for a hand, oldest first: in doubt, too old, not to be composed."""
        with self.look() as look:
            return reads.slips_at_hand(look)

    def print_job(self, job: str) -> PrintJobView:
        """One slip. Raises: UnknownJob."""
        with self.look() as look:
            return reads.print_job(look, job)

    def printers(self) -> tuple[PrinterView, ...]:
        """The printers as their spools last reported them."""
        with self.look() as look:
            return reads.printers(look)

    def note_paper(
        self,
        printer: str,
        reading: PaperReading,
        *,
        changed: bool = False,
        by: Actor = NOBODY,
        request_id: str | None = None,
    ) -> PrinterView:
        """Note the paper of a printer, as its machine reads it now; with `changed`, that a new roll is in. How it stands then."""
        with self.turn("note_paper", by=by, request_id=request_id) as turn:
            return turn.once(
                lambda: paper.note(turn, printer, reading, changed=changed),
                lambda *_: reads.printer(turn, printer),
            )

    # ------------------------------------------------------------------ pre-printed rolls
    def start_roll(
        self, name: str, first: int, last: int, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> RollView:
        """Begin to hand out a pre-printed roll with the numbers `first` to `last` for an agency, or for one service of it.

        Raises: UnknownService; RollInUse when the agency has one already; ValueError unless 1 <= first <= last <= 9999.
        """
        with self.turn("start_roll", by=by, request_id=request_id) as turn:
            return turn.once(lambda: preprinted.start(turn, name, first, last), preprinted.answered_before)

    def hand_out(
        self, agency: str, up_to: int, *, by: Actor = NOBODY, request_id: str | None = None
    ) -> RollView:
        """Say that the agency's roll was handed out up to this number: each new one waits, in order.

        Raises: UnknownRoll; RollRange when the roll does not have this number, or it was handed out before.
        """
        with self.turn("hand_out", by=by, request_id=request_id) as turn:
            return turn.once(lambda: preprinted.hand_out(turn, agency, up_to), preprinted.answered_before)

    def stop_roll(self, agency: str, *, by: Actor = NOBODY, request_id: str | None = None) -> RollView:
        """Hand out no more from the agency's roll; who has a number keeps it. Raises: UnknownRoll."""
        with self.turn("stop_roll", by=by, request_id=request_id) as turn:
            return turn.once(lambda: preprinted.stop(turn, agency), preprinted.answered_before)

    def rolls(self) -> tuple[RollView, ...]:
        """Today's pre-printed rolls, in the order in which they were begun."""
        with self.look() as look:
            return preprinted.rolls(look)
