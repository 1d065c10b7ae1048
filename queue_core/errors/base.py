"""The base of all that can be refused."""

from __future__ import annotations

from collections.abc import Mapping


class QueueError(Exception):
    """Base of all; `code` names the kind in JSON and in the catalogues of words, `data` fills the sentence."""

    code = "queue_error"

    def __init__(self, **data: object) -> None:
        super().__init__(self.code, data)
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        """Say it for a log: `counter_busy (counter=3, label=DK 001)`."""
        inside = ", ".join(f"{key}={value}" for key, value in self.data.items())
        return f"{self.code} ({inside})" if inside else self.code
