"""The supervisor's overview as a page, behind a sign-in with name and PIN."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kiosk.i18n import Words
from kiosk.shared.alerting import Watched, untold, watch
from kiosk.shared.explain import explain
from kiosk.web.guard import is_from_here
from kiosk.web.overview import sheet
from kiosk.web.pages import language_of, render
from kiosk.web.routes.phone import form_of
from kiosk.web.site import Site, site_of
from kiosk.web.streams import stream
from queue_core.errors import NotAllowed, StoreError
from queue_core.events import Actor
from queue_core.roles import satisfies

if TYPE_CHECKING:
    from starlette.requests import Request

    from queue_core.views import RatingView, StaffView

    Found = tuple[Watched, tuple[RatingView, ...]]

COOKIE = "kiosk_supervisor"
NEEDS = "supervisor"
OWN = {"Referrer-Policy": "same-origin"}
"""So that a form of this page says where it comes from, also in a browser without `Sec-Fetch-Site`."""
AT_ONCE = 2
"""PINs that are checked at the same time: each takes much memory and a core, by design."""
LONGEST_NAME, LONGEST_PIN = 64, 8


async def overview(request: Request) -> Response:
    """Show the site, or ask who it is."""
    site = site_of(request)
    words = Words(language_of(request, site.languages[0], site.languages))
    person = _who(request, site)
    if person is None:
        return _ask(site, words, "")
    found = await run_in_threadpool(_read, site, person)
    if found is None:
        _forget(request, site)
        return _ask(site, words, "")
    html = render(
        "supervisor.html",
        **_frame(site, words),
        person=person.name,
        state=_state(site, words, found),
    )
    return HTMLResponse(html, headers=OWN)


async def overview_stream(request: Request) -> Response:
    """Keep the overview up to date, as long as somebody is signed in."""
    site = site_of(request)
    words = Words(language_of(request, site.languages[0], site.languages))
    if _who(request, site, touch=False) is None:
        raise HTTPException(403)

    async def now() -> str | None:
        person = _who(request, site, touch=False)
        if person is None:
            return None
        try:
            found = await run_in_threadpool(_read, site, person)
        except StoreError:
            return json.dumps({"lost": site.heard})
        if found is None:
            return None
        return json.dumps({"state": _state(site, words, found), "lost": ""}, ensure_ascii=False)

    return stream(request, now)


async def sign_in(request: Request) -> Response:
    """Check name and PIN; five wrong ones close the name for five minutes, whichever way they came."""
    site = site_of(request)
    words = Words(language_of(request, site.languages[0], site.languages))
    _refuse_strangers(request, site)
    form = await form_of(request)
    name, pin = form.get("name", "").strip(), form.get("pin", "")
    if not 0 < len(name) <= LONGEST_NAME or not 0 < len(pin) <= LONGEST_PIN:
        return _ask(site, words, words("error.not_allowed_sign_in"), up="../", status=403)
    lobby, limiter = site.backend.lobby, _limiter(request)
    try:
        person = await to_thread.run_sync(
            lambda: lobby.sign_in(name, pin, needs=NEEDS, by=site.by), limiter=limiter
        )
    except NotAllowed as error:
        return _ask(site, words, explain(error, words, site.zone), up="../", status=403)
    answer = RedirectResponse(f"../supervisor?l={words.language}", status_code=303, headers=OWN)
    secure = request.url.scheme == "https"
    secret = site.sessions.begin(person)
    answer.set_cookie(COOKIE, secret, path="/", httponly=True, samesite="strict", secure=secure)
    return answer


async def sign_out(request: Request) -> Response:
    """Forget who it was."""
    site = site_of(request)
    _refuse_strangers(request, site)
    _forget(request, site)
    answer = RedirectResponse("../supervisor", status_code=303, headers=OWN)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer


async def known(request: Request) -> Response:
    """Somebody says that they know of the alerts."""
    site = site_of(request)
    _refuse_strangers(request, site)
    person = _who(request, site)
    if person is not None:
        try:
            await run_in_threadpool(_acknowledge, site, Actor(person.id, site.by.machine))
        except NotAllowed:  # no longer; the page asks who it is
            _forget(request, site)
    return RedirectResponse("../supervisor", status_code=303, headers=OWN)


def _acknowledge(site: Site, by: Actor) -> None:
    keys = [each.key for each in untold(_watch(site).alerts)]
    if keys:
        site.backend.lobby.acknowledge_alerts(keys, by=by, request_id=site.backend.new_request_id())


def _who(request: Request, site: Site, *, touch: bool = True) -> StaffView | None:
    return site.sessions.who(request.cookies.get(COOKIE, ""), touch=touch)


def _forget(request: Request, site: Site) -> None:
    site.sessions.end(request.cookies.get(COOKIE, ""))


def _read(site: Site, person: StaffView) -> Found | None:
    """Three small reads, for the few supervisors who look; None for who is no supervisor any more."""
    for each in site.backend.lobby.staff():
        if each.id == person.id and each.active and satisfies(each.role, NEEDS):
            return _watch(site), site.backend.lobby.ratings()
    return None


def _watch(site: Site) -> Watched:
    backend = site.backend
    return watch(backend.lobby, backend.settings.machine.id, backend.free_megabytes())


def _state(site: Site, words: Words, found: Found) -> str:
    read, ratings = found
    return render("supervisor_state.html", words=words, sheet=sheet(read, ratings, words, site.zone))


def _ask(site: Site, words: Words, said: str, *, up: str = "", status: int = 200) -> Response:
    html = render("sign_in.html", **{**_frame(site, words), "up": up}, said=said)
    return HTMLResponse(html, status_code=status, headers=OWN)


def _frame(site: Site, words: Words) -> dict[str, object]:
    others = [each for each in site.languages if each != words.language]
    names = words.pick(site.view.names)
    return {"lang": words.language, "words": words, "up": "", "site_name": names, "others": others}


def _refuse_strangers(request: Request, site: Site) -> None:
    if not is_from_here(request, site.backend.settings.web.public_url, strict=True):
        raise HTTPException(403)


def _limiter(request: Request) -> CapacityLimiter:
    state = request.app.state
    if not hasattr(state, "pins"):
        state.pins = CapacityLimiter(AT_ONCE)
    limiter: CapacityLimiter = state.pins
    return limiter


def routes() -> list[Route]:
    """The supervisor's pages."""
    return [
        Route("/supervisor", overview),
        Route("/supervisor/stream", overview_stream),
        Route("/supervisor/sign-in", sign_in, methods=["POST"]),
        Route("/supervisor/known", known, methods=["POST"]),
        Route("/supervisor/sign-out", sign_out, methods=["POST"]),
    ]
