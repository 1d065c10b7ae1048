"""What a store cannot do now."""

from __future__ import annotations

from queue_core.errors.base import QueueError


class StoreError(QueueError):
    """The store cannot answer now; nothing was changed as far as is known. Repeat with the same request_id."""

    code = "store_error"


class StoreBusy(StoreError):
    """Others hold the store for too long. Data: `seconds` waited."""

    code = "store_busy"


class StoreUnreachable(StoreError):
    """No connection. Data: `detail`, for the log."""

    code = "store_unreachable"


class StoreUnready(StoreError):
    """Not made yet, or of another version. Data: `found`, `needed` (revisions; `found` is empty when not made)."""

    code = "store_unready"


class StoreNewer(StoreUnready):
    """A newer program has brought the store to a version that this one does not know. Data: `found`, `needed`."""

    code = "store_newer"


class StoreFull(StoreUnreachable):
    """There is no room left on its disk. Data: `detail`, for the log."""

    code = "store_full"


class StoreDamaged(StoreUnreachable):
    """What it holds cannot be read as it was written. Data: `detail`, for the log."""

    code = "store_damaged"


class StoreInUse(StoreError):
    """Other programs have the store open. Data: `store`."""

    code = "store_in_use"


class CopyFailed(StoreError):
    """A copy could not be made, read or put back; the store is as it was. Data: `file`, `detail`."""

    code = "copy_failed"
