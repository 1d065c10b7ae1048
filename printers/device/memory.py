"""A printer in memory, for tests and for trying things out."""

from __future__ import annotations

from collections.abc import Callable

from printers.device.base import Feedback


class MemoryDevice:
    """Keeps what it is sent. With `answer`, each sending is handed to it and what it returns can be read."""

    name = "memory"

    def __init__(self, answer: Callable[[bytes], bytes] | None = None) -> None:
        self.sent: list[bytes] = []
        self._answer = answer
        self._waiting = b""

    @property
    def feedback(self) -> Feedback:
        """`STATUS` when answers are scripted."""
        return Feedback.STATUS if self._answer else Feedback.DRAWN

    def open(self) -> None:
        """Begin with nothing to read."""
        self._waiting = b""

    def send(self, data: bytes) -> None:
        """Keep `data` and let the script answer."""
        self.sent.append(data)
        if self._answer:
            self._waiting += self._answer(data)

    def read(self, timeout: float) -> bytes:  # noqa: ARG002  # memory never makes anybody wait
        """What the script answered."""
        answer, self._waiting = self._waiting, b""
        return answer

    def close(self) -> None:
        """Nothing to let go."""
