"""`kiosk sync`, `kiosk sync export`, `kiosk sync import`, and what `kiosk check` says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import CONFIG, Kiosk

At = Callable[..., str]


@pytest.fixture
def at(kiosk: Kiosk, tmp_path: Path) -> At:
    """Makes a computer with a store of its own in a folder, and returns the path of its configuration."""

    def make(name: str, store: str = "", *, init: bool = True) -> str:
        folder = tmp_path / name
        folder.mkdir()
        config = folder / "config.toml"
        config.write_text(f"[store]\n{store}\n{CONFIG}", encoding="utf-8")
        if init:
            assert kiosk("init", "--config", str(config)).code == 0
        return str(config)

    return make


def test_a_kiosk_meets_its_site_is_cut_off_and_brings_its_visits_later(
    kiosk: Kiosk, at: At, store_url: str
) -> None:
    site = at("site", f'url = "{store_url}"')
    own = at("own", f'url = "{store_url}"\nlocal = "var/offline.db"', init=False)
    here = ("--config", own, "--lang", "en")

    assert "waits for its first contact" in kiosk("check", *here).out
    met = kiosk("sync", *here)
    assert met.out == "Kiosk enrolled with series K1. Site aula answered. Visits sent: 0.\n"

    with pytest.MonkeyPatch.context() as cut:
        cut.setenv("KIOSK_STORE_URL", "postgresql://kiosk@127.0.0.1:1/nothing")
        assert "DK.kk" in kiosk("services", *here).out
        issued = kiosk("issue", "DK.ktp", "--json", *here).json
        assert (issued["label"], issued["ahead"]) == ("DK K1-001", None)
        said = kiosk("issue", "DK.ktp", *here)
        assert "DK K1-002: Civil Registry, ID card. The network is down" in said.out
        assert "The slip is drawn" in said.err, "the slip is of the kiosk's own store too"
        said = kiosk("check", *here)
        assert "No connection to the store" in said.out
        assert "Visits of K1 not sent yet: 2" in said.out, "the kiosk's own is looked at all the same"
    assert kiosk("issue", "DK.ktp", *here, "--json").json["label"] == "DK 001"
    assert kiosk("call", "1", "DK K1-002", "--config", site, "--json").json["label"] == "DK K1-002"

    synced = kiosk("sync", *here, "--json").json
    assert {
        key: synced[key] for key in ("site", "origin", "sent", "unsent", "called_before", "enrolled")
    } == {
        "site": "aula",
        "origin": "K1",
        "sent": 2,
        "unsent": 0,
        "called_before": 1,
        "enrolled": False,
    }
    assert "All rows of K1 have been sent" in kiosk("check", *here).out
    assert "Rows of K1 from K1: complete" in kiosk("check", "--config", site, "--lang", "en").out
    whole = kiosk("check", "--store", *here, "--json")
    assert whole.code == 0
    assert [each["check"] for each in whole.lines] == ["store", "sync", "sync", "sync"]


def test_a_stand_without_a_network_carries_its_day_on_a_stick(
    kiosk: Kiosk, at: At, tmp_path: Path, store_url: str
) -> None:
    mall, stand = at("mall", f'url = "{store_url}"'), at("stand")
    there = ("--config", stand, "--site", "pasar", "--lang", "en")
    here = ("--config", mall, "--lang", "en")
    file = tmp_path / "pasar.antrean"
    assert kiosk("sync", *there).code == 2
    for _ in range(3):
        kiosk("issue", "BN.bayar", *there)
    kiosk("next", "1", *there)
    written = kiosk("sync", "export", str(file), *there, "--json").json
    assert (written["visits"], written["site"], len(written["days"])) == (3, "pasar", 1)

    cut = tmp_path / "cut.antrean"
    cut.write_bytes(file.read_bytes()[:-20])
    refused = kiosk("sync", "import", str(cut), *here)
    assert (refused.code, refused.err) == (
        1,
        "cut.antrean is damaged or not whole. Nothing was changed; copy it again from where it was made.\n",
    )
    assert kiosk("sync", "import", str(file), *here).out == (
        "pasar.antrean, site pasar: new 3, changed 0, known already 0.\n"
    )
    assert kiosk("sync", "import", str(file), *here, "--json").json["known"] == 3
    kiosk("issue", "BN.bayar", *there)
    kiosk("start", "1", *there)
    kiosk("sync", "export", str(file), *there)
    assert kiosk("sync", "import", str(file), *here).out == (
        "pasar.antrean, site pasar: new 1, changed 1, known already 2.\n"
    )
    report = kiosk("report", "--site", "pasar", "--json", "--config", mall)
    assert report.code == 0
    assert kiosk("check", "--store", *here).code == 0


def test_a_stand_with_a_network_brings_its_day_to_the_mall_once(
    kiosk: Kiosk, at: At, tmp_path: Path, store_url: str
) -> None:
    at("mall", f'url = "{store_url}"')
    there = ("--config", at("stand", f'upstream = "{store_url}"'), "--site", "pasar", "--lang", "en")
    kiosk("issue", "BN.bayar", *there)

    assert kiosk("sync", *there).out == "Site pasar answered. Visits sent: 1.\n"
    assert kiosk("sync", *there).out == "Site pasar answered. Visits sent: 0.\n"
    nothing = kiosk("sync", "export", str(tmp_path / "x"), *there)
    assert nothing.out == "Nothing to write: all of site pasar has been sent.\n"
    kiosk("issue", "BN.bayar", *there)
    with pytest.MonkeyPatch.context() as cut:
        cut.setenv("KIOSK_STORE_UPSTREAM", "postgresql://kiosk@127.0.0.1:1/nothing")
        assert kiosk("sync", *there).code == 1
        assert "not sent yet: 1" in kiosk("check", *there).out


def test_a_store_of_other_sites_than_the_files_is_sound_all_the_same(
    kiosk: Kiosk, at: At, tmp_path: Path
) -> None:
    at("mall")
    other = tmp_path / "other"
    other.mkdir()
    text = CONFIG.replace('id = "aula"', 'id = "balai"')
    store = f'[store]\nurl = "sqlite:///{tmp_path / "mall" / "var" / "kiosk.db"}"\n'
    (other / "config.toml").write_text(store + text, encoding="utf-8")
    assert kiosk("check", "--store", "--config", str(other / "config.toml")).code == 0
