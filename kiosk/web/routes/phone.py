"""The visitor's page: what the QR code on the slip opens. The link's token is the only key, and nothing else is asked."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kiosk.i18n import Words
from kiosk.web.guard import address_of, is_from_here
from kiosk.web.pages import answer, language_of, notice, render, tag
from kiosk.web.site import Site, site_of
from kiosk.web.streams import stream
from queue_core.errors import Refused, StoreError, UnknownTicket

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from kiosk.web.visits import Told
    from queue_core.views import VisitStatus

TOKEN = re.compile(r"[A-Z2-7]{26}")
LONGEST_FORM = 1_000
"""Bytes. Our forms hold a number or two."""
SAID = ("cannot_step_back", "illegal_move", "thanks")
"""What a page may be asked to say at its top."""


class Refusal(Exception):  # noqa: N818  it is an answer
    """An answer instead of a visit."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


async def visitor_page(request: Request) -> Response:
    """Show where the visit stands."""
    site = site_of(request)
    try:
        token, visit = await _visit(request, site)
    except Refusal as refusal:
        return refusal.response
    language = language_of(request, visit.language, site.languages)
    told = site.visits.tell(token, visit, language)
    said = request.query_params.get("said", "")
    said = said if said in SAID else ""
    etag = tag(token, told.etag, said, site.lost)
    page = partial(site.visits.page, token, language, etag, lambda: _page(site, token, told, said))
    return answer(request, etag, page)


def _page(site: Site, token: str, told: Told, said: str) -> str:
    words = Words(told.language)
    return render(
        "phone.html",
        words=words,
        lang=told.language,
        others=[each for each in site.languages if each != told.language],
        site_name=words.pick(site.view.names),
        token=token,
        told=told,
        said=words(f"web.said_{said}") if said else "",
        lost=site.lost,
    )


async def visitor_stream(request: Request) -> Response:
    """Keep an open page up to date."""
    site = site_of(request)
    try:
        token, known = await _visit(request, site)
    except Refusal as refusal:
        return refusal.response
    language = language_of(request, known.language, site.languages)

    async def now() -> str | None:
        nonlocal known
        visit = site.visits.under_way(token)
        if visit is None and not known.over:
            try:
                visit = await site.visits.find(token)
            except UnknownTicket:
                return None
            except StoreError:
                visit = known
        known = visit or known
        message = site.visits.tell(token, known, language).message
        return f'{message[:-1]},"lost":"{site.lost}"}}' if site.lost else message

    return stream(request, now)


async def visitor_cancels(request: Request) -> Response:
    """The visitor does not want to wait any longer."""
    return await _do(request, lambda site, token, _form, _visit: site.backend.lobby.cancel(token, by=site.by))


async def visitor_steps_back(request: Request) -> Response:
    """Two others go first. A second touch of one page asks for the same step, and so is answered, not repeated."""

    def step(site: Site, token: str, form: dict[str, str], visit: VisitStatus) -> object:
        since = form.get("since", "")
        request_id = f"step {visit.ticket.ticket_id} {since}" if re.fullmatch(r"\d{1,20}", since) else None
        return site.backend.lobby.step_back(token, by=site.by, request_id=request_id)

    return await _do(request, step)


async def visitor_rates(request: Request) -> Response:
    """One touch: how it was."""

    def rate(site: Site, token: str, form: dict[str, str], _visit: VisitStatus) -> str:
        score = form.get("score", "")
        if score not in ("1", "2", "3", "4"):
            raise HTTPException(400)
        site.backend.lobby.rate(token, int(score))
        return "thanks"

    return await _do(request, rate)


async def _do(request: Request, deed: Callable[[Site, str, dict[str, str], VisitStatus], object]) -> Response:
    """Do one thing with the visit of this link, and lead back to its page, which tells what came of it."""
    site = site_of(request)
    if not is_from_here(request, site.backend.settings.web.public_url, strict=False):
        raise HTTPException(403)
    try:
        token, visit = await _visit(request, site)
    except Refusal as refusal:
        return refusal.response
    form = await form_of(request)
    try:
        said = await run_in_threadpool(deed, site, token, form, visit)
    except Refused as error:
        said = error.code
    await run_in_threadpool(site.hub.look_now)
    language = language_of(request, visit.language, site.languages)
    more = f"&said={said}" if isinstance(said, str) and said in SAID else ""
    return RedirectResponse(f"../{token}?l={language}{more}", status_code=303)


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a small form. Raises HTTPException for anything else."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LONGEST_FORM:
        raise HTTPException(413)
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


async def _visit(request: Request, site: Site) -> tuple[str, VisitStatus]:
    """Return the token of the link and its visit. Raises Refusal: no such link, or too many wrong ones from here."""
    token = request.path_params["token"].upper()
    language, up = site.languages[0], "../" * (request.url.path.rstrip("/").count("/") - 1)
    language = language_of(request, language, site.languages)
    if not TOKEN.fullmatch(token):
        raise Refusal(notice("dead_link", 404, language, up=up))
    visit = site.visits.under_way(token)
    if visit is not None:
        return token, visit
    address = address_of(request)
    if not site.guesses.may_look(address):
        site.metrics.guesses_refused.inc()
        raise Refusal(notice("too_many", 429, language, up=up, headers={"Retry-After": "60"}))
    site.guesses.missed(address)  # before the look: links that come at once are counted too
    known = True
    try:
        return token, await site.visits.find(token)
    except UnknownTicket:
        known = False
        raise Refusal(notice("dead_link", 404, language, up=up)) from None
    finally:
        if known:
            site.guesses.found(address)


async def to_the_page(request: Request) -> Response:
    """The slip of a kiosk that was cut off holds the label behind the link, for the counters' scanners."""
    return RedirectResponse(f"../{quote(request.path_params['token'])}", status_code=303)


def routes() -> list[Route]:
    """The page by the address that the QR code holds, in capitals, and as people type it."""
    return [
        Route(f"/{letter}/{{token}}{path}", endpoint, methods=[method])
        for letter in "Tt"
        for path, endpoint, method in (
            ("", visitor_page, "GET"),
            ("/stream", visitor_stream, "GET"),
            ("/cancel", visitor_cancels, "POST"),
            ("/step-back", visitor_steps_back, "POST"),
            ("/rate", visitor_rates, "POST"),
            ("/{label:str}", to_the_page, "GET"),
        )
    ]
