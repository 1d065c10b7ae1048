"""Ask a printer what it can prove. Once, when it is set up: a simple printer may print the questions as text."""

from __future__ import annotations

from printers.capabilities import Capabilities
from printers.device import Device
from printers.errors import Trouble
from printers.spool.talk import INITIALISE, Connection, Talk, process_mark
from printers.status import Kind, Reply

BEFORE, AFTER = b"HALO", b"DONE"
PRINTING_SECONDS = 10.0


def probe(
    device: Device,
    trial: bytes = b"",
    *,
    answer_seconds: float = 1.0,
    printing_seconds: float = PRINTING_SECONDS,
) -> Capabilities:
    """Find out what `device` answers. It should be ready: a printer without paper does not answer everything.

    Args:
        device: not open.
        trial: a slip to print (see `printers.ruler`). Only with it is a cut counter believed that really counts, and
            a process ID that comes after printing; without it no paper is used.
        answer_seconds: how long each answer is waited for.
        printing_seconds: how long the trial may take.

    Raises: PrinterUnreachable.
    """
    with Connection(device, answer_seconds=answer_seconds) as talk:
        troubles = talk.troubles()
        status = Trouble.MUTE not in troubles
        near_end = True if Trouble.PAPER_NEAR_END in troubles else None  # silence proves nothing
        marks = _answers(talk, BEFORE, answer_seconds)
        count = talk.cut_count()
        clears = talk.clear()
        pictures = clears and talk.pictures() is not None  # simple printers would print this question
        talk.send(INITIALISE)  # forgets what a simple printer took for text
        counts = count is not None
        if trial:
            talk.send(trial)
            marks = marks and _answers(talk, AFTER, printing_seconds)
            counts = counts and talk.cut_count() not in {None, count}
        return Capabilities(
            status=status,
            process_id=marks,
            cut_counter=counts,
            clear=clears,
            graphics=pictures,
            near_end=near_end,
        )


def _answers(talk: Talk, mark: bytes, seconds: float) -> bool:
    talk.send(INITIALISE + process_mark(mark))

    def wanted(reply: Reply) -> bool:
        return reply.kind is Kind.PROCESS_ID and reply.data == mark

    return talk.hear(wanted, seconds) is not None
