"""What every command shares: its options, how it is registered, and how it ends.

Exit codes: 0 done · 1 refused by the rules, or the store cannot answer · 2 bad usage or configuration · 3 a fault of
the program, told in one sentence that names the log.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Concatenate, ParamSpec

import typer

from kiosk import __version__
from kiosk.commands.endings import guarded
from kiosk.commands.session import Given, Session, machine_language
from kiosk.i18n import LANGUAGES, Words

PROGRAM = "kiosk"
LONGEST_REQUEST_ID = 64

P = ParamSpec("P")
Body = Callable[Concatenate[Session, P], None]

HELP = Words(machine_language())
"""Help is read in a terminal, so it speaks the terminal's language."""


def _language(value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(HELP("cli.unknown_language", value=value, known=", ".join(LANGUAGES)))
    return value


Language = Annotated[
    str | None,
    typer.Option("--lang", metavar="|".join(LANGUAGES), callback=_language, help=HELP("cli.option.lang")),
]
Config = Annotated[Path | None, typer.Option("--config", metavar="PATH", help=HELP("cli.option.config"))]
Site = Annotated[str | None, typer.Option("--site", metavar="ID", help=HELP("cli.option.site"))]
Json = Annotated[bool | None, typer.Option("--json", help=HELP("cli.option.json"), show_default=False)]


def _request_id(value: str | None) -> str | None:
    if value is not None and not 0 < len(value) <= LONGEST_REQUEST_ID:
        raise typer.BadParameter(HELP("cli.bad_request_id", longest=LONGEST_REQUEST_ID))
    return value


RequestId = Annotated[
    str | None,
    typer.Option("--request-id", metavar="ID", callback=_request_id, help=HELP("cli.option.request_id")),
]


def _everywhere(config: Config = None, site: Site = None, json: Json = None, lang: Language = None) -> None:
    """Declare the options that are taken before and after the name of a command; only the signature is used."""


def _for_changes(request_id: RequestId = None) -> None:
    """Declare what every command that changes something takes as well; only the signature is used."""


SHARED = inspect.signature(_everywhere, eval_str=True).parameters
CHANGES = inspect.signature(_for_changes, eval_str=True).parameters


def remember(ctx: typer.Context, given: Given) -> Given:
    """Put together what was typed here and further left on the line, and keep it for what comes."""
    earlier = ctx.obj if isinstance(ctx.obj, Given) else Given()
    ctx.obj = whole = given.over(earlier)
    return whole


def root(
    ctx: typer.Context,
    config: Config = None,
    site: Site = None,
    json: Json = None,
    lang: Language = None,
) -> None:
    """Take the shared options before the name of a command: the callback of the app and of each group."""
    remember(ctx, Given(config, site, json, lang))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help=HELP("cli.option.version"))
]


def first(
    ctx: typer.Context,
    config: Config = None,
    site: Site = None,
    json: Json = None,
    lang: Language = None,
    version: Version = False,  # noqa: ARG001  its callback has answered
) -> None:
    """Take the shared options right after `kiosk`, and say which version this is."""
    root(ctx, config, site, json, lang)


def group(name: str) -> typer.Typer:
    """Return an app or a group of commands, its help taken from the words of `cli.help.<name>`."""
    return typer.Typer(
        name=name,
        help=HELP(f"cli.help.{name}"),
        callback=first if name == PROGRAM else root,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def alone(app: typer.Typer, body: Callable[[Session], None]) -> None:
    """Let a group do something by itself too, when none of its commands is named."""

    def run(ctx: typer.Context, **typed: object) -> None:
        given = remember(ctx, Given(**typed))  # type: ignore[arg-type]
        if ctx.invoked_subcommand is None:
            guarded(given, body, {})

    _declare(run, list(SHARED.values()))
    app.callback(invoke_without_command=True, no_args_is_help=False, help=HELP(f"cli.help.{app.info.name}"))(
        run
    )


def panel(name: str) -> str:
    """Return the heading of a part of the help."""
    return HELP(f"cli.panel.{name}")


def command(
    app: typer.Typer, name: str, heading: str = "", *, changes: bool = False
) -> Callable[[Body[P]], Body[P]]:
    """Register a function as `kiosk NAME`, with the shared options added and its ending guarded.

    The function takes a Session and then its own typer parameters. Its help is `cli.help.<name>`, or
    `cli.help.<group>_<name>` within a group; `heading` names the panel it stands under. With `changes`, the command
    takes `--request-id`, which the session holds.
    """
    more = {**SHARED, **(CHANGES if changes else {})}

    def register(body: Body[P]) -> Body[P]:
        def run(ctx: typer.Context, **typed: object) -> None:
            given = remember(ctx, Given(**{key: typed.pop(key) for key in more}))  # type: ignore[arg-type]
            guarded(given, body, typed)

        own = list(inspect.signature(body, eval_str=True).parameters.values())[1:]
        _declare(run, [*own, *more.values()])
        key = name if app.info.name == PROGRAM else f"{app.info.name}_{name}"
        app.command(
            name,
            help=HELP(f"cli.help.{key.replace('-', '_')}"),
            rich_help_panel=panel(heading) if heading else None,
        )(run)
        return body

    return register


def _declare(run: Callable[..., None], parameters: list[inspect.Parameter]) -> None:
    """Give `run` the signature that typer reads: its context and these parameters, all by keyword."""
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    typed = [context, *(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters)]
    run.__signature__ = inspect.Signature(typed)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in typed}
