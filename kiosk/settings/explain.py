"""From what the checks found to problems that a person can mend: the place in words, what is allowed, what was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel

from kiosk.settings.problems import Problem, nearest
from kiosk.settings.sections import Settings

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from queue_core.consistency import Inconsistency

Path = Sequence[str | int]

_ROW_NAMES = ("code", "id", "number", "service")
_INDONESIAN_ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
_TYPES = {
    "int_type": "whole_number",
    "float_type": "number",
    "string_type": "text",
    "bool_type": "true_false",
    "list_type": "list",
    "model_type": "table",
}
_BOUNDS = {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}
_LENGTHS = {"too_short", "too_long", "string_too_short", "string_too_long"}


def human_key(raw: object, path: Path) -> str:
    """Name a place by what stands in the file: `agency[DK].service[ktp].minutes`.

    A row that has the name of an earlier one is `[DK#2]`; one without a name is told by its place, `[#2]`.
    """
    key, here = "", raw
    for step in path:
        if isinstance(step, int) and isinstance(here, list):
            key += f"[{_row_name(here, step)}]"
            here = here[step] if step < len(here) else None
        else:
            key += f".{step}" if key else str(step)
            here = here.get(step) if isinstance(here, Mapping) else None
    return key


def _row_name(rows: list[object], at: int) -> str:
    names = [_own_name(row) for row in rows[: at + 1]]
    if not names or not names[-1]:
        return f"#{at + 1}"
    times = names.count(names[-1])
    return names[-1] if times == 1 else f"{names[-1]}#{times}"


def _own_name(row: object) -> str:
    found = next((row[key] for key in _ROW_NAMES if key in row), "") if isinstance(row, Mapping) else ""
    return str(found) if isinstance(found, str | int) else ""


def explain_inconsistency(file: str, raw: object, found: Inconsistency) -> Problem:
    """Say what does not fit together."""
    return Problem(
        file,
        human_key(raw, found.path),
        found.kind,
        {"value": found.value, "day_starts": "".join(found.allowed[:1])},
        choices=() if found.kind == "backwards" else found.allowed,
        form={"backwards": "span_in_order", "twice": "once", "no_words": "words"}.get(found.kind, ""),
        nearest=nearest(found.value, found.allowed),
    )


def explain_shape(file: str, raw: object, found: ErrorDetails) -> Problem:
    """Say what pydantic found, in our words."""
    path = [step for step in found["loc"] if step != "[key]"]
    key, field, value = human_key(raw, path), _at(path)[1], _shown(found["input"])
    if found["type"] == "extra_forbidden":
        return _unknown_key(file, key, path)
    if found["type"] == "literal_error":
        return _bad_choice(file, key, value, found)
    if found["type"] == "time_zone":
        return _bad_zone(file, key, str(found["input"]))
    kind, form = _kind_and_form(found["type"], field)
    data = {"value": _without_password(value), **_bounds(field), **found.get("ctx", {})}
    return Problem(file, key, kind, data, form=form)


def _kind_and_form(error: str, field: FieldInfo | None) -> tuple[str, str]:
    """The sentences for what is wrong and for what is allowed."""
    if error in _TYPES:
        return "wrong_type", _TYPES[error]
    if error == "dict_type":
        return "wrong_type", _form_of(field)
    if error == "missing":
        return "missing_key", _form_of(field)
    if error in _BOUNDS:
        return "out_of_range", "range"
    return (error, error) if error in _LENGTHS else ("malformed", error)


def keys_of(section: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys of a section, its own before those that it shares with others."""
    own = [key for key in section.__annotations__ if key in section.model_fields]
    return tuple(dict.fromkeys([*own, *section.model_fields]))


def _unknown_key(file: str, key: str, path: Path) -> Problem:
    section = _at(path[:-1])[0]
    choices = keys_of(section) if section else ()
    return Problem(file, key, "unknown_key", choices=choices, nearest=nearest(str(path[-1]), choices))


def _bad_choice(file: str, key: str, value: str, found: ErrorDetails) -> Problem:
    expected = str(found.get("ctx", {}).get("expected", ""))
    choices = tuple(text or number for text, number in re.findall(r"'([^']*)'|(\d+)", expected))
    meant = _nearest_number(found["input"], choices) or nearest(str(found["input"]), choices)
    return Problem(file, key, "bad_choice", {"value": value}, choices, nearest=meant)


def _nearest_number(value: object, choices: Sequence[str]) -> str:
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not all(choice.isdecimal() for choice in choices)
    ):
        return ""
    return min(choices, key=lambda choice: abs(int(choice) - value), default="")


def _bad_zone(file: str, key: str, value: str) -> Problem:
    meant = _INDONESIAN_ZONES.get(value.casefold()) or nearest(value, available_timezones())
    return Problem(file, key, "unknown_time_zone", {"value": value}, form="time_zone", nearest=meant)


def _at(path: Path) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """Walk the sections: the section that a path ends in, if it is one, and the field that it names or lies in."""
    model: type[BaseModel] | None = Settings
    field: FieldInfo | None = None
    for step in path:
        if isinstance(step, str):
            field = model.model_fields.get(step) if model else field
            model = _section_in(field.annotation) if field else None
    return model, field


def _section_in(annotation: object) -> type[BaseModel] | None:
    """The section inside `list[Section]` or `Section | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _section_in(part))), None)


def _form_of(field: FieldInfo | None) -> str:
    annotation = str(field.annotation) if field else ""
    signs = {
        "dict[typing.Literal": "hours",
        "le=9": "shares",
        "dict[": "words",
        "list[": "list",
        "'int'": "whole_number",
        "'str'": "text",
    }
    return next((form for sign, form in signs.items() if sign in annotation), "")


def _bounds(field: FieldInfo | None) -> dict[str, object]:
    """The lowest and highest value that a field takes, or each value of a table."""
    bounds: dict[str, object] = {}
    limits = list(field.metadata) if field else []
    for part in get_args(field.annotation) if field else ():
        limits += [
            limit for inner in getattr(part, "__metadata__", ()) for limit in getattr(inner, "metadata", ())
        ]
    for limit in limits:
        for name, bound in (("ge", "low"), ("gt", "low"), ("le", "high"), ("lt", "high")):
            if (value := getattr(limit, name, None)) is not None:
                bounds[bound] = value
    return bounds


def _shown(value: object) -> str:
    """A value as it could stand in the file, cut short."""
    if isinstance(value, Mapping):
        return "{ … }"
    if isinstance(value, list):
        return "[ … ]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return f'"{text}"' if isinstance(value, str) else text


def _without_password(text: str) -> str:
    """An address may hold a password; a report is read by many."""
    return re.sub(r"//.*@", "//…@", text)
