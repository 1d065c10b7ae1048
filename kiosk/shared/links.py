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


def qr_payload(public_url: str, token: str, label: str) -> str:
    """Return what the QR code holds: the visit's page, or the label where the site has no public address."""
    return ticket_url(public_url, token) if public_url else label
