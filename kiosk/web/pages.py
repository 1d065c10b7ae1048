"""Templates, the files beside them, and answers made of them."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from kiosk.i18n import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

HERE = Path(__file__).parent
STATIC = HERE / "static"
LONG = "public, max-age=31536000, immutable"
"""For files whose address changes with their content."""
CHECK = "private, no-cache"
"""Keep it, but ask each time whether it still holds."""

ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def version() -> str:
    """Return a mark that changes when any file of the pages does."""
    mark = blake2b(digest_size=5)
    for path in sorted([*STATIC.iterdir(), *(HERE / "templates").iterdir()]):
        mark.update(path.read_bytes())
    return mark.hexdigest()


def render(template: str, **values: object) -> str:
    """Fill a template; what is not said is a mistake."""
    return ENVIRONMENT.get_template(template).render(v=version(), **values)


def tag(*parts: str) -> str:
    """Return an ETag for what a page shows."""
    mark = blake2b(version().encode(), digest_size=8)
    for part in parts:
        mark.update(part.encode())
    return f'"{mark.hexdigest()}"'


def answer(request: Request, etag: str, html: Callable[[], str]) -> Response:
    """Answer with a page, or with 304, and no page made, when the browser has this very one."""
    headers = {"ETag": etag, "Cache-Control": CHECK}
    known = request.headers.get("if-none-match", "")
    if etag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html(), headers=headers)


def language_of(request: Request, first: str, spoken: Sequence[str]) -> str:
    """Return the language asked for by `?l=`, else `first`."""
    asked = request.query_params.get("l", "")
    known = [each for each in spoken if each in LANGUAGES]
    return asked if asked in known else (first if first in known else known[0])


def notice(
    key: str, status: int, language: str, *, up: str = "", headers: dict[str, str] | None = None
) -> Response:
    """Answer with a page of one sentence, `web.<key>`; `up` leads from the request's folder to the top."""
    words = Words(language)
    html = render(
        "notice.html", lang=language, up=up, title=words(f"web.{key}_title"), text=words(f"web.{key}")
    )
    return HTMLResponse(html, status_code=status, headers=headers)
