"""Who may ask: requests from our own pages, addresses that do not guess, and the operator."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

MINUTE = 60.0
MOST_ADDRESSES = 10_000
"""So many addresses are remembered; the one that was quiet for longest is forgotten first."""


@dataclass
class Guesses:
    """Counts wrong links by address, in spans of a minute. A right link is never refused: a hall shares one address."""

    most: int
    seconds: Callable[[], float] = monotonic
    _missed: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def may_look(self, address: str) -> bool:
        """Whether one more link from here is looked up."""
        return self._count(address)[1] < self.most

    def missed(self, address: str) -> None:
        """Note a link that nobody has, or that is being looked up and may be one."""
        since, count = self._count(address)
        self._missed[address] = since, count + 1
        self._missed.move_to_end(address)
        while len(self._missed) > MOST_ADDRESSES:
            self._missed.popitem(last=False)

    def found(self, address: str) -> None:
        """Take a note back: the link was right, or could not be looked up."""
        since, count = self._count(address)
        if count > 1:
            self._missed[address] = since, count - 1
        else:
            self._missed.pop(address, None)

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._missed)

    def _count(self, address: str) -> tuple[float, int]:
        now = self.seconds()
        since, count = self._missed.get(address, (now, 0))
        return (since, count) if now - since < MINUTE else (now, 0)


def address_of(request: Request) -> str:
    """Return the address that guesses are counted under; of IPv6 the network, since a phone has all of that."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return address.ipv4_mapped.compressed if address.ipv4_mapped else address.exploded[:19]
    return address.compressed


def is_from_here(request: Request, public_url: str, *, strict: bool) -> bool:
    """Whether a form was sent by one of our own pages.

    Browsers say so in `Sec-Fetch-Site`; older ones in `Origin`. A page without referrer sends `Origin: null`, so where
    the secret link itself is the proof, that passes; with `strict`, only a page that is known to be ours does.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin in (None, "null"):
        return not strict
    ours = {request.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()}
    return urlsplit(origin).netloc.lower() in ours


def is_operator(request: Request, token: str) -> bool:
    """Whether this may see health and metrics: who sends the token, or a program on this very computer.

    What a web server in front hands on does not count as of this computer.
    """
    sent = request.headers.get("authorization", "")
    if token and sent:
        return compare_digest(sent.encode(), f"Bearer {token}".encode())
    handed_on = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via"))
    try:
        near = ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        near = False
    return near and not handed_on
