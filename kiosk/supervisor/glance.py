"""What is seen first: alerts, and the line that needs help most with what would help it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kiosk.shared.advice import advice
from kiosk.shared.alerting import alert_words, service_names, untold
from kiosk.shared.clock import duration
from kiosk.shared.hurt import ORDERS, SIGNS, level, needs_help
from kiosk.shared.places import state_of
from kiosk.supervisor.cells import TONES
from kiosk.supervisor.keys import KNOWN, cap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.i18n import Words
    from kiosk.supervisor.watching import Seen
    from queue_core.views import QueueView

Part = str | tuple[str, str]


def worst(queues: Sequence[QueueView], most: int = 1) -> list[QueueView]:
    """Return the lines that need help, the worst first."""
    ordered = sorted(queues, key=ORDERS["hurt"])[:most]
    return [each for each in ordered if needs_help(each)]


def help_line(queue: QueueView, queues: Sequence[QueueView], seen: Seen, words: Words) -> str:
    """Return what would help a line; empty when it needs none."""
    waiting = {each.service: each.waiting for each in queues}
    found = advice(queue, seen.overview.counters, waiting, seen.overview.at)
    return found.sentence(words) if found is not None else ""


def focus(queues: Sequence[QueueView], seen: Seen, words: Words) -> Content:
    """Return two lines: which queue needs help, and what would help."""
    found = worst(queues)
    if not found:
        return Content.assemble((f"● {words('supervisor.all_well')}", "$good bold"), "\n")
    (queue,) = found
    tone = TONES[level(queue)]
    name = f"{queue.agency} {words.pick(queue.service_names)}"
    longest = duration(queue.longest_wait, words, short=True)
    facts = words("supervisor.focus_facts", waiting=queue.waiting, longest=longest)
    first: list[Part] = [
        (f"{SIGNS[level(queue)]} {name}", f"${tone} bold"),
        (f"  {state_of(queue, words)}", f"${tone}"),
        f" · {facts}",
    ]
    more = words("supervisor.focus_more", count=_others(queues)) if _others(queues) else ""
    second: list[Part] = [(f"→ {help_line(queue, queues, seen, words)}", "$accent bold"), (more, "$muted")]
    return Content("\n").join([Content.assemble(*first), Content.assemble(*second)])


def _others(queues: Sequence[QueueView]) -> int:
    return sum(needs_help(each) for each in queues) - 1


def alert_line(seen: Seen, words: Words, width: int) -> Content:
    """Return the alerts in one line: those that nobody has acknowledged, else how many somebody knows of."""
    if not seen.alerts:
        return Content.assemble((words("supervisor.no_alerts"), "$muted"))
    new = untold(seen.alerts)
    if not new:
        return Content.assemble((words("supervisor.alerts_known", count=len(seen.alerts)), "$muted"))
    names = service_names(seen.overview, words)
    count, key = f"▲ {words('supervisor.alerts', count=len(new))} ", f" {_key(words)} "
    said = _fitting([alert_words(each, names, words) for each in new], width - len(count) - len(key) - 2)
    return Content.assemble((count, "bold"), (key, "reverse"), f"  {said}")


def _key(words: Words) -> str:
    return f"{cap(KNOWN, words)} {words('supervisor.key_known')}"


def _fitting(parts: Sequence[str], room: int) -> str:
    """Return as many whole parts as fit, and how many more there are."""
    for most in range(len(parts), 0, -1):
        left = len(parts) - most
        line = " · ".join([*parts[:most], *([f"+{left}"] if left else [])])
        if len(line) <= room or most == 1:
            return line
    return ""
