"""Programs in the hall: kiosks that give out numbers, counters that call them; killed at any moment, they go on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from queue_core import Lobby
from queue_core.errors import QueueError, Refused, StoreError
from torture.diary import Asked, Diary, unanswered
from torture.hall import COUNTERS, SERVICES, opened

Say = Callable[..., Any]
PAUSE = 0.03
FRESH = {"counter_busy": "start", "counter_idle": "call_next", "illegal_move": "complete"}
"""What a counter does next when it does not know where it stands, by what it was refused for."""


class Program:
    """One program at work until it is killed, or until `enough` says so."""

    def __init__(self, url: str, diary: Path, seed: int, busy_seconds: float) -> None:
        self._url, self._busy = url, busy_seconds
        self._left = unanswered(diary)
        self.diary = Diary(diary)
        self.chance = random.Random(seed)
        self._name, self._made = f"{diary.parent.name}-{diary.stem}-{seed:x}", 0
        self.at = COUNTERS[(int(diary.stem.partition("-")[2]) - 1) % len(COUNTERS)]
        self.lobby: Lobby

    def run(self, role: Callable[[Program], None]) -> None:
        """Open the store; what was left unanswered first."""
        with opened(self._url, self._busy) as (_, self.lobby):
            if self._left:
                self.diary.note(found_again=self._left.verb)
                self._do(self._left)
                self._left = None
            while True:
                role(self)

    def run_for_ever(self, role: Callable[[Program], None]) -> None:
        """The same, and begin again when the store cannot be opened."""
        while True:
            try:
                self.run(role)
            except QueueError as error:
                self.diary.note(away=error.code, waited=0)
                time.sleep(PAUSE)

    def say(self, verb: str, *given: str) -> Any:
        """Give a command until it is answered or refused; return the answer, or the code of the refusal."""
        self._made += 1
        return self.asked(f"{self._name}-{self._made}", verb, *given)

    def asked(self, request: str, verb: str, *given: str) -> Any:
        """The same under a request_id that may have been given before."""
        asked = Asked(request, verb, given)
        self.diary.ask(asked)
        return self._do(asked)

    def _do(self, asked: Asked) -> Any:
        again = 0
        while True:
            began = time.monotonic()
            try:
                answer = getattr(self.lobby, asked.verb)(*asked.given, request_id=asked.request)
            except StoreError as error:
                again += 1
                self.diary.note(away=error.code, waited=round(time.monotonic() - began, 2))
                time.sleep(PAUSE)
                continue
            except Refused as error:
                self.diary.refused(asked, error.code)
                return error.code
            except Exception as error:  # whatever the Lobby does not promise is a find
                self.diary.note(fault=f"{asked.verb}: {error!r}"[:300])
                self.diary.refused(asked, "fault")
                return "fault"
            ticket = getattr(answer, "ticket", answer)
            self.diary.answered(asked, getattr(ticket, "label", ""), getattr(ticket, "ticket_id", ""), again)
            return answer


def kiosk(program: Program) -> None:
    """Give out numbers, sometimes in a hurry."""
    program.say("issue", program.chance.choice(SERVICES))
    if program.chance.random() < 0.5:
        time.sleep(program.chance.uniform(0, PAUSE))


def counter(program: Program) -> None:
    """Call, then start or not, then complete; a refusal tells where this counter stands after a restart."""
    verb = "call_next"
    for _ in range(4):
        answer = program.say(verb, program.at)
        if answer is None:
            time.sleep(PAUSE)
            return
        if isinstance(answer, str):
            verb = FRESH.get(answer, "call_next")
        elif verb in ("call_next", "recall"):
            verb = program.chance.choices(["start", "no_show", "recall"], [8, 1, 1])[0]
        elif verb == "start":
            verb = "complete"
        else:
            return


def live(url: str, diary: Path, seed: int, busy_seconds: float = 1.0) -> None:
    """Be the program whose name the diary has: `kiosk-N` or `counter-N`."""
    program = Program(url, diary, seed, busy_seconds)
    try:
        program.run(kiosk if diary.stem.startswith("kiosk") else counter)
    except QueueError as error:
        program.diary.note(away=error.code, waited=0)
