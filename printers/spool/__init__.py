"""The Spool: one worker per printer. It asks a Journal for work and tells it what became true.

"Sent" is not "printed": a slip counts as printed when the printer says so. The order of things that makes this hold
at any crash is in `worker.py`; how to ask a printer is in `talk.py`.
"""

from printers.spool.journal import Job, JobState, Journal
from printers.spool.lock import PrinterLock
from printers.spool.probe import probe
from printers.spool.stored_logo import StoredLogo
from printers.spool.worker import Compose, Spool

__all__ = ["Compose", "Job", "JobState", "Journal", "PrinterLock", "Spool", "StoredLogo", "probe"]
