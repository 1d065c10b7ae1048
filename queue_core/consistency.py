"""What concerns several sections of a catalogue at once: who names whom, and whether it exists.

Works on the file as it was read, not on checked models, so that a mistake in one place hides none in another. What has
the wrong shape is passed over here: `queue_core.settings` speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from queue_core.calling import RULE_KEYS, RULES, covers

Kind = Literal[
    "twice",  # a code, id or number that an earlier entry has
    "unknown_agency",
    "unknown_service",
    "agency_not_here",  # a counter's service belongs to an agency that does not sit at this site
    "no_words",  # words are missing in the language with which a site's screen begins
    "backwards",  # hours that end before they begin
    "group_apart",  # steps of one group that do not stand next to each other
    "not_for_rule",  # a key of a policy that another rule would need
    "not_at_counter",  # a counter's policy names a service that it does not take
]
Path = tuple[str | int, ...]
"""From the top of the file to the place, such as `("site", 0, "counter", 3, "services", 1)`; positions from 0."""
Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One thing that does not fit: where, the value found there, and what could stand there instead."""

    kind: Kind
    path: Path
    value: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of an array of tables."""

    path: Path
    raw: Raw

    def under(self, key: str) -> list[_Entry]:
        """The tables of an array inside this one."""
        found = self.raw.get(key)
        rows = found if isinstance(found, list) else []
        return [_Entry((*self.path, key, at), row) for at, row in enumerate(rows) if isinstance(row, Mapping)]

    def texts(self, key: str) -> list[tuple[Path, str]]:
        """The texts of a plain array."""
        found = self.raw.get(key)
        rows = found if isinstance(found, list) else []
        return [((*self.path, key, at), row) for at, row in enumerate(rows) if isinstance(row, str)]

    def text(self, key: str) -> str:
        """A text, or nothing when it is absent or no text."""
        found = self.raw.get(key)
        return found if isinstance(found, str) else ""

    def table(self, key: str) -> Raw:
        """A table inside this one, empty when it is absent or no table."""
        found = self.raw.get(key)
        return found if isinstance(found, Mapping) else {}


class _Catalogue:
    """The file's own lists, with what the checks ask of them."""

    def __init__(self, raw: Raw) -> None:
        top = _Entry((), raw)
        self.sites, self.agencies, self.journeys = (
            top.under("site"),
            top.under("agency"),
            top.under("journey"),
        )
        self.services: dict[str, list[str]] = {}
        for agency in self.agencies:
            ids = [service.text("id") for service in agency.under("service")]
            self.services.setdefault(agency.text("code"), []).extend(ids)

    def choices_of(self, codes: Collection[str]) -> list[str]:
        """All services of these agencies."""
        return [choice for code in self.services if code in codes for choice in self.choices(code)]

    def taken(self, counter: _Entry) -> list[str]:
        """The services that a counter takes."""
        wanted = [choice for _, choice in counter.texts("services")]
        return [
            each for each in self.choices_of(self.services) if any(covers(choice, each) for choice in wanted)
        ]

    def choices(self, code: str) -> tuple[str, ...]:
        """The services that could be meant: those of the agency where it exists, else all."""
        codes = [code] if code in self.services else list(self.services)
        return tuple(
            dict.fromkeys(f"{known}.{service}" for known in codes for service in self.services[known])
        )


def inconsistencies(catalogue: Raw) -> tuple[Inconsistency, ...]:
    """Find everything that does not fit together.

    Args:
        catalogue: the tables `site`, `agency` and `journey` as TOML gives them; other keys are passed over.
    """
    checks: tuple[Callable[[_Catalogue], Iterator[Inconsistency]], ...] = (
        _duplicates,
        _seats,
        _counters,
        _legs,
        _missing_words,
        _hours,
        _policies,
    )
    known = _Catalogue(catalogue)
    return tuple(chain.from_iterable(check(known) for check in checks))


def _duplicates(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    yield from _twice(catalogue.sites, "id")
    yield from _twice(catalogue.agencies, "code")
    yield from _twice(catalogue.journeys, "id")
    for agency in catalogue.agencies:
        yield from _twice(agency.under("service"), "id")
    for site in catalogue.sites:
        yield from _twice(site.under("counter"), "number")


def _twice(entries: Iterable[_Entry], key: str) -> Iterator[Inconsistency]:
    seen: set[Hashable] = set()
    for entry in entries:
        value = entry.raw.get(key)
        if not isinstance(value, str | int):
            continue
        if value in seen:
            yield Inconsistency("twice", (*entry.path, key), str(value))
        seen.add(value)


def _seats(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    codes = tuple(catalogue.services)
    for site in catalogue.sites:
        seated: set[str] = set()
        for path, code in site.texts("agencies"):
            if code not in codes:
                yield Inconsistency("unknown_agency", path, code, codes)
            elif code in seated:
                yield Inconsistency("twice", path, code)
            seated.add(code)


def _counters(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    for site in catalogue.sites:
        here = {code for _, code in site.texts("agencies")}
        for counter in site.under("counter"):
            for path, choice in counter.texts("services"):
                code, _, service = choice.partition(".")
                if code not in catalogue.services or service not in ("*", *catalogue.services[code]):
                    yield Inconsistency("unknown_service", path, choice, catalogue.choices(code))
                elif code not in here:
                    yield Inconsistency(
                        "agency_not_here", path, choice, tuple(sorted(here & set(catalogue.services)))
                    )


def _policies(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    """A key that would have no effect is a misunderstanding: of another rule, or of a service that is not served here."""
    for site in catalogue.sites:
        here = {code for _, code in site.texts("agencies")}
        of_site = catalogue.choices_of(here)
        owners: list[tuple[_Entry, list[str], Kind]] = [(site, of_site, "agency_not_here")]
        owners += [(each, catalogue.taken(each), "not_at_counter") for each in site.under("counter")]
        for owner, services, missing in owners:
            policy = _Entry((*owner.path, "policy"), owner.table("policy"))
            yield from _rule_keys(policy)
            for path, choice in _named_in(policy):
                yield from _known(catalogue, path, choice, services, missing)


def _rule_keys(policy: _Entry) -> Iterator[Inconsistency]:
    rule = policy.text("rule") or RULES[0]
    for key, owner in RULE_KEYS.items():
        if policy.raw.get(key) is not None and rule in RULES and owner != rule:
            yield Inconsistency("not_for_rule", (*policy.path, key), owner.value, (f'rule = "{owner}"',))


def _named_in(policy: _Entry) -> Iterator[tuple[Path, str]]:
    for entry in policy.under("urgent"):
        if service := entry.text("service"):
            yield (*entry.path, "service"), service
    for service in policy.table("shares"):
        yield (*policy.path, "shares", service), service


def _known(
    catalogue: _Catalogue, path: Path, choice: str, services: Sequence[str], missing: Kind
) -> Iterator[Inconsistency]:
    code, _, service = choice.partition(".")
    if code not in catalogue.services or service not in ("*", *catalogue.services[code]):
        yield Inconsistency("unknown_service", path, choice, catalogue.choices(code))
    elif not any(covers(choice, each) for each in services):
        yield Inconsistency(missing, path, choice, tuple(services))


def _legs(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    for journey in catalogue.journeys:
        for leg in journey.under("legs"):
            choice = leg.text("service")
            code, _, service = choice.partition(".")
            if choice and service not in catalogue.services.get(code, ()):
                yield Inconsistency(
                    "unknown_service", (*leg.path, "service"), choice, catalogue.choices(code)
                )
        yield from _twice(journey.under("legs"), "service")
        yield from _groups(journey)


def _groups(journey: _Entry) -> Iterator[Inconsistency]:
    """Only neighbours can be free among themselves: a group that comes back later is a slip of the pen."""
    seen: list[str] = [""]
    for leg in journey.under("legs"):
        group = leg.text("group")
        if group and group in seen and seen[-1] != group:
            yield Inconsistency("group_apart", (*leg.path, "group"), group)
        seen.append(group)


def _missing_words(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    """Each name must have words in the first language of every site where it is read."""
    firsts: dict[str, set[str]] = {}
    for site in catalogue.sites:
        languages = [language for _, language in site.texts("languages")] or ["id"]
        for entry in (site, *_named(site)):
            yield from _without_words(entry, {languages[0]})
        for _, code in site.texts("agencies"):
            firsts.setdefault(code, set()).add(languages[0])
    for agency in catalogue.agencies:
        services = agency.under("service")
        named = chain(_named(agency), *(_named(service) for service in services))
        for entry in (agency, *services, *named):
            yield from _without_words(entry, firsts.get(agency.text("code"), set()))
    for journey in catalogue.journeys:
        codes = [leg.text("service").partition(".")[0] for leg in journey.under("legs")]
        yield from _without_words(journey, set().union(*(firsts.get(code, set()) for code in codes)))


def _named(entry: _Entry) -> Iterator[_Entry]:
    """The days and breaks of a site, an agency or a service; visitors read the names that they have."""
    return chain(entry.under("holidays"), entry.under("special_days"), entry.under("breaks"))


def _without_words(entry: _Entry, languages: set[str]) -> Iterator[Inconsistency]:
    for key in ("name", "cost", "time_limit", "requirements"):
        words = entry.table(key)
        for language in sorted(languages):
            if words and not words.get(language):
                yield Inconsistency("no_words", (*entry.path, key), language)


def _hours(catalogue: _Catalogue) -> Iterator[Inconsistency]:
    """Past midnight a span may last until the site's day starts; longer, and its two times stand in the wrong order."""
    starts: dict[str, str] = {}
    for site in catalogue.sites:
        starts_at = site.text("day_starts")
        starts_at = starts_at if len(starts_at) == len("HH:MM") else "04:00"
        yield from _backwards(site, starts_at)
        for _, code in site.texts("agencies"):
            starts[code] = min(starts_at, starts.get(code, starts_at))
    for agency in catalogue.agencies:
        for entry in (agency, *agency.under("service")):
            yield from _backwards(entry, starts.get(agency.text("code"), "04:00"))


def _backwards(entry: _Entry, day_starts: str) -> Iterator[Inconsistency]:
    found = [
        ((*entry.path, "hours", weekday, at), span)
        for weekday, spans in entry.table("hours").items()
        for at, span in enumerate(spans if isinstance(spans, list) else [])
    ]
    for day in chain(entry.under("holidays"), entry.under("special_days")):
        found += day.texts("hours")
    found += [((*pause.path, "span"), pause.text("span")) for pause in entry.under("breaks")]
    for path, span in found:
        if not isinstance(span, str) or "-" not in span:
            continue
        begins, ends = span.split("-", 1)
        if ends == begins or day_starts < ends < begins:
            yield Inconsistency("backwards", path, span, (day_starts,))
