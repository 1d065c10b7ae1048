"""An agency leaves before its time: what becomes of those who wait for it. The one deed that asks twice: it cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import Words
from kiosk.shared.dialogs.choose import Option
from kiosk.supervisor import phrases
from kiosk.supervisor.doors import WHY

if TYPE_CHECKING:
    from kiosk.supervisor.acting import ActingScreen
    from kiosk.supervisor.watching import Seen

TELL = "-"
"""What stands for telling them, in the list of services to which they could be moved."""


async def leave(screen: ActingScreen, seen: Seen, *, place: str) -> None:
    """Close an agency for today, after asking where its people go, why, and whether this is meant."""
    words, agency = screen.words, place.partition(".")[0]
    queues = [each for each in seen.overview.queues if each.agency == agency]
    if not queues:
        return
    name, people = words.pick(queues[0].agency_names), sum(each.waiting for each in queues)
    where = await screen.choose(
        words("supervisor.leave_where", name=name, count=people), _places(seen, agency, words)
    )
    if where is None:
        return
    why = await screen.choose(
        words("supervisor.close_why", name=name), phrases.ready("why", WHY, words), free=True
    )
    if why is None or not await _means_it(screen, name) or not await screen.signed_in():
        return
    reason = phrases.in_all_languages(why, words.language)[words.language]
    target = "" if where == TELL else where
    await screen.do(
        lambda lobby, act: lobby.agency_leaves(agency, reason=reason, move_to=target, **act),
        "agency_told" if where == TELL else "agency_moved",
        name=name,
        count=people,
    )


def _places(seen: Seen, agency: str, words: Words) -> list[Option]:
    tell = Option(TELL, words("supervisor.leave_tell"))
    others = [each for each in seen.overview.queues if each.agency != agency and each.opening.open]
    return [
        tell,
        *(
            Option(
                each.service,
                words("supervisor.leave_move", name=f"{each.agency} {words.pick(each.service_names)}"),
                words("supervisor.waiting_count", count=each.waiting),
            )
            for each in others
        ),
    ]


async def _means_it(screen: ActingScreen, name: str) -> bool:
    words = screen.words
    ways = [
        Option("no", words("supervisor.leave_no")),
        Option("yes", words("supervisor.leave_yes", name=name)),
    ]
    return await screen.choose(words("supervisor.leave_sure", name=name), ways) == "yes"
