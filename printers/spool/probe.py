"""Ask a printer what it can prove. Once, when it is set up: a simple printer may print the questions as text."""

from __future__ import annotations

from printers.capabilities import Capabilities
from printers.device import Device
from printers.errors import Trouble
from printers.spool.talk import INITIALISE, Connection, process_mark
from printers.status import Kind, Reply

MARK = b"HALO"


def probe(device: Device, *, answer_seconds: float = 1.0) -> Capabilities:
    """Find out what `device` answers; takes at most some four times `answer_seconds` and no paper.

    The printer should be ready: a printer without paper does not answer everything. Raises: PrinterUnreachable.
    """
    with Connection(device, answer_seconds=answer_seconds) as talk:
        status = Trouble.MUTE not in talk.troubles()
        talk.send(INITIALISE + process_mark(MARK))
        marked = talk.hear(_is_mark, answer_seconds) is not None
        counts = talk.cut_count() is not None
        clears = talk.clear()
        talk.send(INITIALISE)  # forgets what a simple printer took for text
        return Capabilities(status=status, process_id=marked, cut_counter=counts, clear=clears)


def _is_mark(reply: Reply) -> bool:
    return reply.kind is Kind.PROCESS_ID and reply.data == MARK
