"""What supervisors do and are told, as scripts type it."""

from __future__ import annotations

from tests.support.commands import Kiosk


def test_alerts_are_told_until_somebody_knows(ready: Kiosk) -> None:
    quiet = ready("alerts")
    assert (quiet.code, quiet.out) == (0, "● tidak ada peringatan\n")
    for _ in range(15):
        ready("issue", "DK.kk", "--no-print")
    said = ready("alerts", "--json")
    (alert,) = said.lines
    assert (said.code, alert["kind"], alert["subject"], alert["state"]) == (1, "crowded", "DK.kk", "new")
    assert ready("alerts").out == "baru           DK Kartu Keluarga: 15 orang menunggu\n"
    known = ready("alerts", "--acknowledge", "--json")
    assert (known.code, known.lines[0]["state"]) == (0, "known")
    kinds = [event["kind"] for event in ready("events", "--json").lines]
    assert (kinds.count("alert_raised"), kinds.count("alert_acknowledged")) == (1, 1)


def test_a_counter_is_moved_and_comes_back(ready: Kiosk) -> None:
    assert ready("move", "1", "BN.bayar").out == "Loket 1 melayani: BN.bayar.\n"
    assert ready("move", "1", "--json").lines == [{"counter": "1", "services": ["DK.ktp", "DK.kk"]}]
    assert ready("move", "1", "DK.xyz").code == 1


def test_somebody_goes_first_and_no_longer(ready: Kiosk) -> None:
    for _ in range(2):
        ready("issue", "DK.ktp", "--no-print")
    assert ready("priority", "dk2", "--reason", "elderly").out == "DK 002 didahulukan, urutan 1.\n"
    assert ready("priority", "dk2", "--off").out == "DK 002 di antrean biasa, urutan 2.\n"
