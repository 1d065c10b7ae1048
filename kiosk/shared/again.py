"""What is asked of a store that may not answer: sent twice, and by whoever asks for the same once more, under one request_id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from queue_core.errors import StoreError

TRIES = 2
"""How often a command is sent when the store does not answer, before the person is asked to press again."""

Answer = TypeVar("Answer")


class Again:
    """Remembers the last command that was not answered: it may have been carried out all the same."""

    def __init__(self, new_request_id: Callable[[], str]) -> None:
        self._new_request_id = new_request_id
        self._unanswered: tuple[object, str] | None = None

    def once(self, what: object, send: Callable[[str], Answer]) -> Answer:
        """Let `what` happen once, however often it has to be sent; two that are equal are the same thing asked for again.

        Raises what `send` raises. After a StoreError the next call with an equal `what` sends the same request_id, unless
        something else was asked for in between.
        """
        before = self._unanswered
        request_id = before[1] if before is not None and before[0] == what else self._new_request_id()
        self._unanswered = (what, request_id)
        for attempt in range(1, TRIES + 1):
            try:
                answer = send(request_id)
            except StoreError:
                if attempt == TRIES:
                    raise
            except BaseException:
                self._unanswered = None
                raise
            else:
                break
        self._unanswered = None
        return answer
