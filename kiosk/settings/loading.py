"""Read config.toml and the few words that the environment may add, and check all of it at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from kiosk.i18n import LANGUAGES
from kiosk.settings.explain import explain_inconsistency, explain_shape, human_key
from kiosk.settings.problems import Problem, SettingsError, nearest
from kiosk.settings.sections import Settings
from queue_core.consistency import inconsistencies

FROM_ENVIRONMENT: Mapping[str, tuple[str, str]] = {
    "KIOSK_STORE_URL": ("store", "url"),
    "KIOSK_STORE_UPSTREAM": ("store", "upstream"),
    "KIOSK_OPERATOR_TOKEN": ("web", "operator_token"),
}
"""Variable to section and key. Only the store's address and secrets may come this way; they go before the file."""

Raw = Mapping[str, object]


def load(path: Path, env: Mapping[str, str]) -> Settings:
    """Read and check a configuration.

    Args:
        path: the TOML file.
        env: the environment; only FROM_ENVIRONMENT is looked at.

    Raises:
        SettingsError: with every problem that could be found.
    """
    file = str(path)
    raw = _with_environment(_read(path, file), env)
    problems: list[Problem] = []
    settings: Settings | None = None
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        problems += [explain_shape(file, raw, found) for found in error.errors(include_url=False)]
    problems += [explain_inconsistency(file, raw, found) for found in inconsistencies(raw)]
    problems += [
        *_languages(file, raw),
        *_printer(file, raw),
        *_board(file, raw),
        *_logo(file, raw, path.parent),
    ]
    if settings is None or problems:
        raise SettingsError(_name_the_environment(_once_each(problems), env))
    return settings


def _read(path: Path, file: str) -> Raw:
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark of their own
    except FileNotFoundError:
        raise SettingsError([Problem(file, "", "no_file")]) from None
    except UnicodeDecodeError as error:
        raise SettingsError([Problem(file, "", "not_utf8", {"place": error.start + 1})]) from None
    except OSError as error:
        raise SettingsError([Problem(file, "", "unreadable", {"reason": error.strerror or error})]) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax(file, str(error), text)]) from None


def _syntax(file: str, message: str, text: str) -> Problem:
    """Python says "Expected '=' after a key (at line 3, column 5)", or "(at end of document)"."""
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line = int(place[1]) if place else len(text.splitlines())
    reason = re.sub(r" \(at [^()]*\)$", "", message)
    shown = (text.splitlines() or [""])[line - 1].strip() if line else ""
    return Problem(file, "", "syntax", {"line": line, "reason": reason, "text": shown}, form="toml")


def _with_environment(raw: Raw, env: Mapping[str, str]) -> Raw:
    for variable, (section, key) in FROM_ENVIRONMENT.items():
        inside = raw.get(section, {})
        if env.get(variable) and isinstance(inside, Mapping):
            raw = {**raw, section: {**inside, key: env[variable]}}
    return raw


def _name_the_environment(problems: Iterable[Problem], env: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with a value from the environment cannot be mended in the file."""
    variables = {
        f"{section}.{key}": name for name, (section, key) in FROM_ENVIRONMENT.items() if env.get(name)
    }
    for found in problems:
        name = variables.get(found.key)
        yield (
            found
            if name is None
            else Problem(
                "environment", name, found.kind, found.data, found.choices, found.form, found.nearest
            )
        )


def _once_each(problems: Iterable[Problem]) -> list[Problem]:
    """One problem per place: the one that can name what was meant, else the first."""
    kept: dict[str, Problem] = {}
    for found in problems:
        earlier = kept.get(found.key)
        if earlier is None or (found.nearest and not earlier.nearest):
            kept[found.key] = found
    return list(kept.values())


def _languages(file: str, raw: Raw) -> Iterator[Problem]:
    """A screen cannot speak a language for which the program has no words."""
    sites = raw.get("site")
    for at, site in enumerate(sites if isinstance(sites, list) else []):
        languages = site.get("languages") if isinstance(site, Mapping) else None
        for place, language in enumerate(languages if isinstance(languages, list) else []):
            if isinstance(language, str) and language not in LANGUAGES:
                key = human_key(raw, ("site", at, "languages", place))
                meant = nearest(language, LANGUAGES)
                yield Problem(file, key, "unknown_language", {"value": language}, LANGUAGES, nearest=meant)


def _board(file: str, raw: Raw) -> Iterator[Problem]:
    """A board that waits for an agency which nobody has would stay dark; one without words, silent."""
    board, agencies = raw.get("board"), raw.get("agency")
    if not isinstance(board, Mapping):
        return
    rows = agencies if isinstance(agencies, list) else []
    codes = tuple(str(row["code"]) for row in rows if isinstance(row, Mapping) and "code" in row)
    lists = (("zone", "unknown_agency", codes), ("languages", "unknown_language", LANGUAGES))
    for key, kind, known in (*lists, ("text", "unknown_language", LANGUAGES)):
        values = board.get(key)
        for place, value in enumerate(values if isinstance(values, list | Mapping) else []):
            if isinstance(value, str) and value not in known:
                at = f"board.{key}.{value}" if isinstance(values, Mapping) else f"board.{key}[#{place + 1}]"
                yield Problem(file, at, kind, {"value": value}, known, nearest=nearest(value, known))


def _printer(file: str, raw: Raw) -> Iterator[Problem]:
    """Kinds of printer that need to be told where it is."""
    printer = raw.get("printer")
    for kind, key in (("network", "host"), ("file", "path"), ("serial", "path"), ("cups", "queue")):
        if isinstance(printer, Mapping) and printer.get("device") == kind and not printer.get(key):
            yield Problem(
                file, f"printer.{key}", "missing_for_printer", {"value": kind}, form=f"printer_{key}"
            )


def _logo(file: str, raw: Raw, base: Path) -> Iterator[Problem]:
    """A logo that cannot be printed would only be missed when the first visitor holds a slip without it."""
    slip = raw.get("slip")
    name = slip.get("logo") if isinstance(slip, Mapping) else None
    if not isinstance(name, str) or not name:
        return
    from printers.logo import LARGEST_FILE, LARGEST_SIDE, fault  # brings Pillow, which few need here

    if wrong := fault(base / name):
        limits = {"megabytes": LARGEST_FILE // 1_000_000, "dots": LARGEST_SIDE}
        data = {"value": name, "place": str(base / name), **limits}
        yield Problem(file, "slip.logo", f"logo_{wrong}", data, form="logo")
