"""The hall's board as a page, for any browser or smart television."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kiosk.i18n import Words
from kiosk.shared.hall_news import hall_news
from kiosk.shared.hall_waits import lines
from kiosk.web.pages import answer, render, tag, version
from kiosk.web.site import Site, site_of
from kiosk.web.streams import stream

if TYPE_CHECKING:
    from starlette.requests import Request

    from kiosk.web.hub import Look
    from queue_core.views import BoardCall

SHOWN = 6
"""The newest call, and the five before it."""


async def board(request: Request) -> Response:
    """Show the newest calls."""
    site, zone = site_of(request), _zone(request)
    look = site.hub.look
    calls = _calls(site, look, zone) if look else []
    words = Words(site.languages[0])
    html = render(
        "board.html",
        lang=words.language,
        words=words,
        up="",
        site_name=words.pick(site.view.names),
        calls=calls,
        waiting=_waiting(look, words),
        stream=f"board/stream?zone={','.join(zone)}" if zone else "board/stream",
        now=_minute(look.at) if look else 0,
        offset=_offset(site, look.at) if look else 0,
        waits=_waits(look, words, zone),
        texts=_texts(site, look, zone),
        notice=bool(look and look.board.notice),
        lost=site.lost,
    )
    return answer(request, tag(html), lambda: html)


async def board_stream(request: Request) -> Response:
    """Keep a board up to date, its clock too."""
    site, zone = site_of(request), _zone(request)
    words = Words(site.languages[0])

    async def now() -> str | None:
        look = site.hub.look
        data = {
            "v": version(),
            "calls": _calls(site, look, zone) if look else [],
            "waiting": _waiting(look, words),
            "waits": _waits(look, words, zone),
            "texts": _texts(site, look, zone),
            "notice": bool(look and look.board.notice),
            "now": _minute(look.at) if look else 0,
            "offset": _offset(site, look.at) if look else 0,
            "lost": site.lost,
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    return stream(request, now)


async def top(_request: Request) -> Response:
    """The address alone leads to the board: it is the one page that is for everybody."""
    return RedirectResponse("board", status_code=302)


def _calls(site: Site, look: Look, zone: Collection[str]) -> list[dict[str, str | int]]:
    short = {agency.code: agency.short for agency in site.backend.settings.agency}
    words = Words(site.languages[0])
    called = {call.label: call for call in reversed(look.board.calls)}  # of several steps, the newest
    calls = [
        call for call in look.board.calls if call is called[call.label] and (not zone or call.agency in zone)
    ]
    return [
        {
            "id": f"{call.label}/{call.called_at.isoformat()}",
            "at": int(call.called_at.timestamp() * 1000),
            "label": call.label,
            "counter": call.counter,
            "agency": _where(call, short, words),
        }
        for call in calls[:SHOWN]
        if _is_to_go(call)
    ]


def _where(call: BoardCall, short: Mapping[str, str], words: Words) -> str:
    """The agency; of a visit with several steps also at which."""
    agency = short.get(call.agency) or words.pick(call.agency_names)
    if call.legs == 1:
        return agency
    return f"{agency} · {words('board.step', leg=call.leg, legs=call.legs)}"


def _is_to_go(call: BoardCall) -> bool:
    return bool(call.counter)


def _waiting(look: Look | None, words: Words) -> str:
    return words("board.people_wait", count=look.board.waiting) if look else ""


def _waits(look: Look | None, words: Words, zone: Collection[str]) -> list[dict[str, str | int]]:
    """Who waits, agency by agency, for while nobody is called."""
    agencies = look.agencies if look else ()
    shown = lines((agency for agency in agencies if not zone or agency.code in zone), words)
    return [{"name": line.name, "waiting": line.waiting, "minutes": line.minutes} for line in shown]


def _texts(site: Site, look: Look | None, zone: Collection[str]) -> list[str]:
    """The lines of text, which take turns: the supervisor's own, while there is one, and no other."""
    if look is not None and look.board.notice is not None:
        return list(look.board.notice.texts.values())
    texts = site.backend.settings.board.text
    board, words = look.board if look else None, Words(site.languages[0])
    news = hall_news(board.breaks, board.early, words, site.zone, zone) if board else ()
    return [*news] + [text for language in site.languages for text in texts.get(language, [])]


def _minute(at: datetime) -> int:
    """The moment in milliseconds, as of the minute: so that a board is told the time once a minute."""
    return int(at.timestamp()) // 60 * 60_000


def _offset(site: Site, at: datetime) -> int:
    """Minutes by which the site's clock is ahead of UTC: a television seldom knows where it hangs."""
    offset = at.astimezone(site.zone).utcoffset()
    return int(offset.total_seconds()) // 60 if offset else 0


def _zone(request: Request) -> list[str]:
    """Agencies asked for by `?zone=DK,PD`, else those of this machine's board."""
    settings = site_of(request).backend.settings
    asked = [code.strip().upper() for code in request.query_params.get("zone", "").split(",")]
    known = {agency.code for agency in settings.agency}
    return [code for code in asked if code in known] or list(settings.board.zone)


def routes() -> list[Route]:
    """The board."""
    return [Route("/", top), Route("/board", board), Route("/board/stream", board_stream)]
