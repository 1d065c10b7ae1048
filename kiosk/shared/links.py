"""Addresses that a visitor's phone opens, and what the QR code holds."""

from __future__ import annotations

from urllib.parse import urlsplit


def ticket_url(public_url: str, token: str) -> str:
    """Return the page of one visit: `HTTPS://HOST/T/<TOKEN>`.

    Scheme and host are written in capitals, where case means nothing, so that the QR code stays in its compact
    alphanumeric mode and the symbol small. A path in `public_url` keeps its case, because a web server may care.
    """
    parts = urlsplit(public_url.strip())
    return f"{parts.scheme.upper()}://{parts.netloc.upper()}{parts.path.rstrip('/')}/T/{token}"


def qr_payload(public_url: str, token: str, label: str, *, alone: bool = False) -> str:
    """Return what the QR code holds: the visit's page, or the label where the site has no public address.

    With `alone`, of a kiosk that is cut off, the page and the label: `HTTPS://HOST/T/<TOKEN>/DK-K1-003`. The site does not
    know that token yet, and whoever scans the slip at a counter must know whom to call.
    """
    if not public_url:
        return label
    page = ticket_url(public_url, token)
    return f"{page}/{label.replace(' ', '-')}" if alone else page
