"""Write docs/configuration.md from the classes of config.toml: `python -m docs.configuration`.

Each field's sentence is the text under it in the class; a test fails when the page is not what the classes say.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kiosk.i18n import Words
from kiosk.settings import FROM_ENVIRONMENT, Settings
from kiosk.settings.explain import keys_of

PAGE = Path(__file__).with_suffix(".md")
EN = Words("en")

HEAD = f"""# config.toml, key by key

This page is written from the program itself (`python -m docs.configuration`). The sample, `config.toml`, explains the
same in its comments and is the better place to begin.

`kiosk check` reads the file and reports every mistake at once: the place, what is allowed, and what was probably meant.
An unknown key is a mistake, and so is `"7"` where a number is wanted. `[section]` stands once, `[[section]]` once for
each entry. Of the environment only {", ".join(f"`{name}`" for name in FROM_ENVIRONMENT)} is read; it goes before the file.

The catalogue (`site`, `agency`, `journey`) is brought into the store by `kiosk init` and `kiosk config apply`; the other
sections stay with their machine.
"""

Source = tuple[str, str]  # a field's annotation and the sentence under it


def page() -> str:
    """Return the page as the classes have it now."""
    sections: dict[type[BaseModel], list[str]] = {}
    for name, model in _sections("", Settings):
        sections.setdefault(model, []).append(name)
    return "\n".join([HEAD, *(_section(names, model) for model, names in sections.items())])


def _sections(prefix: str, model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Each section with its heading, the outer before the inner."""
    for key, field in model.model_fields.items():
        many = get_origin(field.annotation) is list
        inner = get_args(field.annotation)[0] if many else field.annotation
        if inspect.isclass(inner) and issubclass(inner, BaseModel):
            name = f"{prefix}.{key}" if prefix else key
            yield (f"[[{name}]]" if many else f"[{name}]"), inner
            yield from _sections(name, inner)


def _section(names: list[str], model: type[BaseModel]) -> str:
    """One table for all places that take the same keys."""
    heading, *others = names
    text = [inspect.getdoc(model) or ""]
    if others:
        text += ["", "The same keys in " + ", ".join(f"`{name}`" for name in others) + "."]
    rows = [_row(key, model.model_fields[key], _sources(model)[key]) for key in keys_of(model)]
    table = ["| key | what it takes | when absent | meaning |", "|---|---|---|---|", *rows]
    return "\n".join([f"## `{heading}`", "", *text, "", *table, ""])


def _row(key: str, field: FieldInfo, source: Source) -> str:
    annotation, sentence = source
    absent = "must be there" if field.is_required() else _default(field.default)
    cells = (f"`{key}`", _takes(field, annotation), absent, sentence)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(value: object) -> str:
    if isinstance(value, BaseModel):
        return "as below"
    if value is None or value in ("", [], {}):
        return "nothing"
    if isinstance(value, list):
        return "`[" + ", ".join(f'"{each}"' for each in value) + "]`"
    return f"`{_quoted(value)}`"


def _takes(field: FieldInfo, annotation: str) -> str:
    """What a field takes, in the words with which mistakes are reported."""
    if inspect.isclass(field.annotation) and issubclass(field.annotation, BaseModel):
        return "a section of its own, below"
    if get_origin(field.annotation) is Literal:
        return " or ".join(f"`{_quoted(choice)}`" for choice in get_args(field.annotation))
    if get_origin(field.annotation) is list:
        named = re.search(r"list\[(\w+)\]", annotation)
        inner = named[1] if named else ""
        return "one `[[…]]` each, or `{ … }`" if inner.endswith("Settings") else f"list, each: {_form(inner)}"
    limits = [
        (name, getattr(limit, name))
        for limit in field.metadata
        for name in ("ge", "gt", "le")
        if hasattr(limit, name)
    ]
    bounds = dict(limits)
    kinds = ((int, "whole number"), (float, "number"), (bool, "`true` or `false`"))
    kind = next((words for kind, words in kinds if field.annotation in (kind, kind | None)), "")
    if bounds:
        return f"{kind} {'over' if 'gt' in bounds else 'from'} {bounds.get('ge', bounds.get('gt'))} to {bounds['le']}"
    return kind or _form(annotation)


def _form(annotation: str) -> str:
    """The sentence for a named form such as `AgencyCode` or `Words | None`; plain text when it has none."""
    shaped = re.search(r"shaped\(.(\w+).,", annotation)
    name = shaped[1] if shaped else re.sub(r"(?<=[a-z])(?=[A-Z])", "_", annotation.split(" ")[0]).lower()
    if name.startswith("dict[language"):
        return 'lists by language, such as `id = ["…"], en = ["…"]`'
    key = f"settings.form.{'language_code' if name == 'language' else name}"
    return EN("settings.form.text") if EN(key) == key else EN(key)


def _quoted(choice: object) -> str:
    if isinstance(choice, bool):
        return str(choice).lower()
    return f'"{choice}"' if isinstance(choice, str) else str(choice)


def _sources(model: type[BaseModel]) -> dict[str, Source]:
    """Read the fields of a class and of those it is made from in their source."""
    found: dict[str, Source] = {}
    for owner in reversed(
        [each for each in model.__mro__ if issubclass(each, BaseModel) and each is not BaseModel]
    ):
        body = ast.parse(textwrap.dedent(inspect.getsource(owner))).body[0]
        statements = body.body if isinstance(body, ast.ClassDef) else []
        for statement, following in zip(statements, [*statements[1:], None], strict=True):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                found[statement.target.id] = ast.unparse(statement.annotation), _sentence(following)
    return found


def _sentence(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
