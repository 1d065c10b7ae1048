"""Whose turn it is: pure choice among the few heads of the queues that a counter serves.

A policy is made of small rules. Some choose among the lines of a counter (`lines`), one chooses among the people of the
lines that are left (`rules`), and `turns` puts them together. Within a line the order does not depend on the counter:
whoever is called by turn stood first in their line.
"""

from queue_core.calling.people import NOTHING, Candidate, Choice, Memory, Reason, Why, arrival
from queue_core.calling.policy import (
    DEFAULT,
    MOST_PASSES,
    RULE_KEYS,
    RULES,
    Policy,
    Rule,
    Urgent,
    covers,
    policy_of,
)
from queue_core.calling.stepping import moment_behind
from queue_core.calling.turns import choose_next, in_order

__all__ = [
    "DEFAULT",
    "MOST_PASSES",
    "NOTHING",
    "RULES",
    "RULE_KEYS",
    "Candidate",
    "Choice",
    "Memory",
    "Policy",
    "Reason",
    "Rule",
    "Urgent",
    "Why",
    "arrival",
    "choose_next",
    "covers",
    "in_order",
    "moment_behind",
    "policy_of",
]
