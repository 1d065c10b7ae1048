"""A kiosk as a host of its own: the site's store by the wire, its own beside it, and the link that decides which is asked."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.shared.clock import passed_seconds
from kiosk.shared.link import Link, Local
from queue_core import LocalClock, ServerClock, ahead_seconds, make_contact, open_store
from queue_core.errors import QueueError, Refused, StoreError
from queue_core.numbering import is_code, parse_label
from torture.diary import Asked, Diary, lines, unanswered
from torture.hall import SERVICES, lobby_of, real_now
from torture.wires import enter

LAST_CONTACT_SECONDS = 90.0
PAUSE = 0.1


@dataclass(frozen=True)
class Papers:
    """What visitors hold: each kiosk's diary, on a disk of its own that outlives the program."""

    url: str
    folder: Path
    kiosks: tuple[str, ...]

    def diary(self, kiosk: str) -> Path:
        """Where a kiosk's program writes down what it asked and was answered."""
        return self.folder / f"{kiosk}.jsonl"

    def own_store(self, kiosk: str) -> Path:
        """The kiosk's disk."""
        return self.folder / f"{kiosk}.db"

    def held(self) -> Iterator[dict[str, Any]]:
        """All that were given out, as their kiosks know it."""
        for kiosk in self.kiosks:
            yield from (line for line in lines(self.diary(kiosk)) if "ack" in line)

    def somebody(self, chance: random.Random) -> str:
        """The label of somebody with a paper of a kiosk's own series; empty when there is nobody."""
        labels = [line["label"] for line in self.held() if is_own(line["label"])]
        return chance.choice(labels[-8:]) if labels else ""


def is_own(label: str) -> bool:
    """Whether a kiosk gave the number out by itself."""
    parts = parse_label(label)
    return parts is not None and is_code(parts.origin)


@contextmanager
def linked(papers: Papers, kiosk: str) -> Iterator[tuple[Link, Local]]:
    """Open both stores and what stands between them, as kiosk.wiring does."""
    own = open_store(f"sqlite:///{papers.own_store(kiosk)}", base=Path("/"))
    site = open_store(papers.url, base=Path("/"))
    with closing(own), closing(site):
        own.create()
        clock = LocalClock(real_now, lambda: ahead_seconds(own))
        kept, lobby = lobby_of(own, clock), lobby_of(site, ServerClock(site, passed_seconds))
        local = Local(kept, lambda: make_contact(kept, lobby, kiosk.upper()), clock)
        yield Link(lobby, local), local


def kiosk_host(papers: Papers, kiosk: str, seed: int, namespace: str) -> None:
    """Give out numbers until killed: what was asked and not answered before comes first, the visitor still stands there."""
    enter(namespace)
    left, diary, chance, made = (
        unanswered(papers.diary(kiosk)),
        Diary(papers.diary(kiosk)),
        random.Random(seed),
        0,
    )
    with linked(papers, kiosk) as (link, local):
        link.begin(link.site.site)
        link.start()
        while True:
            made += 1
            asked = left or Asked(f"{kiosk}-{seed:x}-{made}", "issue", (chance.choice(SERVICES),))
            left = None
            diary.ask(asked)
            _press(link, local, diary, asked)
            time.sleep(chance.uniform(PAUSE, 4 * PAUSE))


def _press(link: Link, local: Local, diary: Diary, asked: Asked) -> None:
    again, began = 0, time.monotonic()
    while True:
        try:
            issued, keeper = link.ask(lambda lobby: lobby.issue(*asked.given, request_id=asked.request))
        except StoreError as error:
            again += 1
            diary.note(away=error.code, waited=round(time.monotonic() - began, 2))
            time.sleep(PAUSE)
        except Refused as error:
            diary.refused(asked, error.code)
            return
        except Exception as error:  # whatever is not promised is a find
            diary.note(fault=f"issue: {error!r}"[:300])
            diary.refused(asked, "fault")
            return
        else:
            diary.note(pressed=round(time.monotonic() - began, 2), alone=keeper is local.lobby)
            diary.answered(asked, issued.ticket.label, issued.ticket.ticket_id, again)
            return


def last_contact(papers: Papers, kiosk: str, namespace: str) -> str:
    """Let a kiosk meet its site, again and again until it has; return what is still unsent, empty when nothing is."""
    enter(namespace)
    end, said = time.monotonic() + LAST_CONTACT_SECONDS, ""
    with linked(papers, kiosk) as (_, local):
        while time.monotonic() < end:
            try:
                local.contact()
                unsent = local.lobby.sync_status().unsent
                flaws = [f"{flaw.kind} {flaw.where}" for flaw in local.lobby.flaws()]
            except QueueError as error:
                said = f"{kiosk}: {error}"
                time.sleep(PAUSE)
                continue
            if not unsent and not flaws:
                return ""
            said = f"{kiosk}: {unsent} not sent, {flaws}"
            time.sleep(PAUSE)
    return said
