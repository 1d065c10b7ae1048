"""Each policy on paper: who waits, at which minute, and the order that follows; `Ap7` is a priority visitor of A since minute 7."""

from __future__ import annotations

from typing import Any

import pytest

from queue_core.calling import DEFAULT, RULES, Rule, Why, choose_next, in_order, policy_of
from queue_core.policy_settings import PolicySettings
from tests.support.turns import SERVICES, at, crowd, heads_of

TAKES = tuple(SERVICES.values())  # of the counter: A first, B, C; promises of 30, 15 and 60 minutes
A_THEN_B = {"urgent": [{"service": "DK.ktp", "minutes": 30}, {"service": "DK.kk", "minutes": 5}]}

PAPER: list[tuple[dict[str, Any], int, str, str]] = [
    # first come first served, across services, whoever it is
    ({"rule": "arrival"}, 5, "Ar0 Ap1 Br2 Cp3 Ar4", "Ar0 Ap1 Br2 Cp3 Ar4"),
    ({"rule": "arrival"}, 90, "Cr9 Br8 Ap7 Ar1", "Ar1 Ap7 Br8 Cr9"),
    # priority first; past the promise at most two in a row, or three, or one
    ({}, 10, "Ar0 Ar1 Ap5 Bp6 Ap7", "Ap5 Bp6 Ap7 Ar0 Ar1"),
    ({}, 60, "Ar0 Ar1 Ap5 Ap6 Bp7 Ap8 Ap9", "Ap5 Ap6 Ar0 Bp7 Ap8 Ar1 Ap9"),
    ({"most_in_a_row": 3}, 60, "Ar0 Ap5 Ap6 Bp7 Ap8", "Ap5 Ap6 Bp7 Ar0 Ap8"),
    ({"most_in_a_row": 1}, 60, "Ar0 Ar1 Ap5 Ap6 Bp7", "Ap5 Ar0 Ap6 Ar1 Bp7"),
    # due time: A 30 minutes, B 15, C 60; priority visitors 15 minutes earlier, or not
    ({"rule": "due"}, 20, "Ar0 Br10 Ap19 Ar8 Cr0", "Br10 Ar0 Ap19 Ar8 Cr0"),
    ({"rule": "due", "priority_minutes": 0}, 20, "Ar0 Br10 Ap19 Ar8 Cr0", "Br10 Ar0 Ar8 Ap19 Cr0"),
    ({"rule": "due"}, 20, "Br0 Bp15 Ap0", "Ap0 Bp15 Br0"),  # all due at 15: priority, then who came first
    # 2:1, 1:2 and 3:2 while both wait; who is left over comes in order
    ({"rule": "ratio"}, 10, "Ar0 Ar1 Ar2 Ap5 Ap6 Ap7 Ap8 Ap9", "Ap5 Ap6 Ar0 Ap7 Ap8 Ar1 Ap9 Ar2"),
    ({"rule": "ratio"}, 10, "Ar0 Br1 Ap2 Bp3 Ap4 Bp5 Ap6", "Ap2 Bp3 Ar0 Ap4 Bp5 Br1 Ap6"),
    ({"rule": "ratio", "priority": 1, "regular": 2}, 10, "Ar0 Br1 Ar2 Ar3 Ap5 Ap6 Ap7", "Ap5 Ar0 Br1 Ap6 Ar2 Ar3 Ap7"),
    (
        {"rule": "ratio", "priority": 3, "regular": 2},
        30,
        "Ar0 Ar1 Ar2 Ar3 Ar4 Ap5 Ap6 Ap7 Ap8 Ap9 Ap10 Ap11",
        "Ap5 Ap6 Ar0 Ap7 Ar1 Ap8 Ap9 Ar2 Ap10 Ar3 Ap11 Ar4",
    ),
    # when anyone in B has waited five minutes, B first; not before; then the others past the promise after two
    ({"rule": "arrival", "urgent": [{"service": "DK.kk", "minutes": 5}]}, 6, "Ar0 Br2 Br3", "Ar0 Br2 Br3"),
    ({"rule": "arrival", "urgent": [{"service": "DK.kk", "minutes": 5}]}, 7, "Ar0 Br2 Br3", "Br2 Ar0 Br3"),
    ({"rule": "arrival", "urgent": [{"service": "DK.kk", "minutes": 5}]}, 60, "Ar0 Br2 Br3 Br4", "Br2 Br3 Ar0 Br4"),
    ({"urgent": [{"service": "DK.*", "minutes": 5}]}, 20, "Cp0 Ar1 Bp2 Br3", "Bp2 Ar1 Br3 Cp0"),
    # of two urgent services the one that is named first
    ({"rule": "arrival", **A_THEN_B}, 29, "Cr0 Ar1 Br3", "Br3 Cr0 Ar1"),
    ({"rule": "arrival", **A_THEN_B}, 31, "Cr0 Ar1 Br3", "Ar1 Br3 Cr0"),
    # main services first, the others when nobody waits there; past the promise after two
    ({"main_services": 1}, 8, "Br0 Ar3 Ar4 Cp5", "Ar3 Ar4 Cp5 Br0"),
    ({"main_services": 2}, 8, "Cr0 Br1 Ar3 Ap4", "Ap4 Br1 Ar3 Cr0"),
    ({"main_services": 1}, 60, "Br0 Ar31 Ar32 Ar33", "Ar31 Ar32 Br0 Ar33"),
    ({"main_services": 3, "rule": "arrival"}, 8, "Br0 Ar3", "Br0 Ar3"),  # all are main
    # an urgent service goes before a main one
    ({"main_services": 1, "urgent": [{"service": "BN.sim", "minutes": 5}]}, 6, "Cr0 Ar1 Ar2", "Cr0 Ar1 Ar2"),
    # of three calls two for A and one for B; only while people wait in both
    ({"rule": "arrival", "shares": {"DK.ktp": 2, "DK.kk": 1}}, 9, "Br0 Br1 Br2 Ar3 Ar4 Ar5 Ar6", "Ar3 Br0 Ar4 Ar5 Br1 Ar6 Br2"),
    ({"shares": {"DK.*": 2}}, 9, "Ar0 Ar1 Br0 Br1 Cp2 Cr3", "Ar0 Br0 Cp2 Ar1 Br1 Cr3"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "minute", "waiting", "order"), PAPER)
def test_the_order_on_paper(raw: dict[str, Any], minute: int, waiting: str, order: str) -> None:
    PolicySettings.model_validate(raw)
    called = [choice.ticket for choice in in_order(crowd(waiting), at(minute), policy_of(raw, TAKES))]
    assert " ".join(called) == order


@pytest.mark.parametrize(
    ("raw", "minute", "waiting", "reasons"),
    [
        ({}, 5, "Ar0 Ap1", [{"why": "priority", "most": 2}]),
        ({"rule": "arrival"}, 5, "Ar0 Ap1", [{"why": "order"}]),
        ({"rule": "due"}, 5, "Ar4 Ap1", [{"why": "due", "earlier": 15}]),
        ({"rule": "due"}, 5, "Ar4 Br0", [{"why": "due", "earlier": 0}]),
        ({"rule": "ratio"}, 5, "Ar0 Ap1", [{"why": "ratio_priority", "priority": 2, "regular": 1}]),
        ({"rule": "ratio"}, 5, "Ap0 Ap1", [{"why": "order"}]),
        ({"main_services": 1}, 5, "Br0 Ap1", [{"why": "main"}, {"why": "priority", "most": 2}]),
        ({"main_services": 1}, 5, "Br0 Cp1", [{"why": "helping"}, {"why": "priority", "most": 2}]),
        ({"main_services": 1}, 5, "Ar0", [{"why": "order"}]),
        (
            {"rule": "arrival", **A_THEN_B},
            31,
            "Cr0 Ar1 Br3",
            [{"why": "urgent", "minutes": 30, "service": "DK.ktp"}, {"why": "order"}],
        ),
        ({"shares": {"DK.ktp": 2}}, 5, "Ar1 Br0", [{"why": "share", "share": 2, "of": 3}, {"why": "order"}]),
    ],
)
def test_each_choice_says_why(
    raw: dict[str, Any], minute: int, waiting: str, reasons: list[dict[str, Any]]
) -> None:
    choice = choose_next(heads_of(crowd(waiting)), at(minute), policy_of(raw, TAKES))
    assert choice is not None
    assert [reason.plain() for reason in choice.reasons] == reasons
    assert choice.why.value == reasons[0]["why"]


def test_who_was_passed_twice_says_so() -> None:
    turns = list(in_order(crowd("Br0 Ar31 Ar32 Ar33"), at(60), policy_of({"main_services": 1}, TAKES)))
    assert [choice.why for choice in turns] == [Why.MAIN, Why.MAIN, Why.LATE, Why.ORDER]


def test_what_the_catalogue_says_becomes_a_policy() -> None:
    assert policy_of(None) == policy_of({}, TAKES) == DEFAULT
    assert tuple(RULES) == tuple(PolicySettings.model_json_schema()["properties"]["rule"]["enum"])
    whole = {"rule": "ratio", "priority": 3, "shares": {"DK.*": 4, "DK.kk": 2}, "main_services": 1}
    policy = policy_of(PolicySettings.model_validate(whole).model_dump(exclude_defaults=True), TAKES)
    assert (policy.rule, policy.priority, policy.regular) == (Rule.RATIO, 3, 1)
    assert policy.main == {"DK.ktp"}
    assert policy.shares == {"DK.ktp": 4, "DK.kk": 2, "BN.sim": 1}
    defaults = policy_of(PolicySettings().model_dump(), TAKES)
    assert defaults == DEFAULT
