"""The table of commands: keys, words, and when each is lit."""

from __future__ import annotations

import pytest

from kiosk.counter.commands import BY_DO, BY_KEY, COMMANDS, Command, Do, possible
from kiosk.counter.desk import Desk
from kiosk.i18n import LANGUAGES, Words
from queue_core import Lobby
from queue_core.errors import Refused
from queue_core.views import StaffView
from tests.support.screens import Premises

STATES = ("closed", "free", "called", "serving", "paused", "called_with_others_waiting")


def test_no_key_does_two_things() -> None:
    assert len(BY_KEY) == len(COMMANDS)
    assert len(BY_DO) == len(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.do)
def test_every_command_has_a_name_and_a_help(language: str, command: Command) -> None:
    short = [command.name_key + "_short"] if command.has_short_name else []
    words = Words(language)
    assert [key for key in (command.name_key, command.help_key, *short) if words(key) == key] == []


LETTERS = [command for command in COMMANDS if len(command.key) == 1 and command.key.isalpha()]


@pytest.mark.parametrize("command", LETTERS, ids=lambda command: command.do)
def test_every_letter_stands_in_its_indonesian_name(command: Command) -> None:
    name = Words("id")(command.name_key).casefold()
    assert command.key in name or command.do is Do.LEAVE  # X, as everywhere


def brought_to(state: str, lobby: Lobby, premises: Premises) -> None:
    """Bring counter 1 to a state, with one number waiting in the last."""
    if state != "closed":
        lobby.open_counter("1")
    if state == "paused":
        lobby.pause_counter("1")
    if state in ("called", "serving", "called_with_others_waiting"):
        premises.issue("DK.ktp")
        lobby.call_next("1")
    if state == "serving":
        lobby.start("1")
    if state == "called_with_others_waiting":
        premises.issue("DK.ktp")


SARI = StaffView("sari", "Sari", "counter", active=True)
ABOUT = {Do.TRANSFER: "BN.sim", Do.LEAVE: "hold", Do.WALK_IN: "DK.ktp\n\n"}
TRIED = (
    Do.NEXT,
    Do.RECALL,
    Do.START,
    Do.COMPLETE,
    Do.NO_SHOW,
    Do.HOLD,
    Do.TRANSFER,
    Do.LEAVE,
    Do.UNDO,
    Do.WALK_IN,
)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("do", TRIED)
def test_what_is_lit_is_what_the_lobby_allows(state: str, do: Do, premises: Premises) -> None:
    backend = premises.connect()()
    brought_to(state, backend.lobby, premises)
    desk = Desk(backend, "1", SARI)
    lit = do in possible(desk.view())
    try:
        desk.do(do, ABOUT.get(do, ""))
        allowed = True
    except Refused:
        allowed = False
    backend.close()
    assert lit is allowed
