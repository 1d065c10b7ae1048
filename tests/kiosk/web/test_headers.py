"""What every answer says to the browser."""

from __future__ import annotations

import pytest

from tests.kiosk.web.conftest import House

PAGES = [
    "/T/{token}",
    "/T/AAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/board",
    "/supervisor",
    "/nowhere",
    "/static/phone.css",
    "/static/none",
]
SAYS = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "x-robots-tag": "noindex",
}
POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
]
CACHES = {
    "/T/{token}": "private, no-cache",
    "/board": "private, no-cache",
    "/supervisor": "no-store",
    "/nowhere": "no-store",
    "/static/phone.css": "public, max-age=31536000, immutable",
}


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_closed_to_others(house: House, path: str) -> None:
    (mine,) = house.arrive()
    headers = house.browser.get(path.format(token=mine.token)).headers
    assert {name: headers[name] for name in SAYS} == SAYS
    assert [part for part in POLICY if part not in headers["content-security-policy"]] == []
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == ("same-origin" if path == "/supervisor" else "no-referrer")
    assert "server" not in headers


@pytest.mark.parametrize(("path", "says"), CACHES.items())
def test_each_answer_is_kept_as_long_as_it_holds(house: House, path: str, says: str) -> None:
    (mine,) = house.arrive()
    assert house.browser.get(path.format(token=mine.token)).headers["cache-control"] == says
