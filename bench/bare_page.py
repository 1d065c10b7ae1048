"""The floor for pages: the same server, the same framework, one page that is always the same."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

BODY = "<!doctype html><title>bare</title>" + "<p>bare</p>" * 250


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse(BODY)


if __name__ == "__main__":
    app = Starlette(routes=[Route("/", page)])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
