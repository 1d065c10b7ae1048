"""Careful: a fault of ours becomes a friendly screen and a traceback in the log, never the end of the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    _Base = MessagePump
else:
    _Base = object

_log = logging.getLogger(__name__)


class Fault(Message):
    """Something unforeseen happened while a message was handled; it is logged already."""


class Careful(_Base):
    """Mixed into the app and its screens, before Textual's class."""

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message as Textual does, and survive it.

        Textual ends the program when a handler raises, which is right for a desk and wrong for a street.
        """
        try:
            await super()._dispatch_message(message)
        except Exception:
            _log.exception("Handling %s failed", type(message).__name__)
            if not isinstance(message, Fault):
                self.app.post_message(Fault())
