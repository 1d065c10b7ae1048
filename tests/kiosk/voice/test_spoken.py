"""What the hall hears for a call, in words."""

from __future__ import annotations

import pytest

from kiosk.voice.spoken import Call, agency_words, label_words, sentence
from tests.support.labels import LABELS

DUKCAPIL = {"id": "Dukcapil", "en": "Civil Registry"}


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_said_letter_by_letter_and_as_a_number(label: str) -> None:
    assert label_words(label, "id") == LABELS[label]


def test_a_call_names_number_counter_and_agency() -> None:
    said = sentence(Call("DK 105", 3, DUKCAPIL), "id")
    assert said.text == "Nomor antrean, de ka, seratus lima, silakan menuju loket tiga, Dukcapil."


def test_english_reads_letters_and_digits_singly() -> None:
    said = sentence(Call("DK 105", 31, DUKCAPIL), "en")
    assert said.text == "Number, D K, one zero five, please go to counter thirty one, Civil Registry."


def test_a_noisy_hall_hears_the_digits_as_they_are_printed() -> None:
    said = sentence(Call("DK 005", 3, {}), "id", by_digits=True)
    assert said.text == "Nomor antrean, de ka, nol nol lima, silakan menuju loket tiga."


def test_a_repeated_call_says_that_it_is_one() -> None:
    assert sentence(Call("DK 105", 3, {}, again=True), "id").text.startswith("Panggilan ulang, nomor antrean")


def test_a_language_without_words_is_spoken_in_indonesian() -> None:
    assert sentence(Call("DK 105", 3, DUKCAPIL), "fr") == sentence(Call("DK 105", 3, DUKCAPIL), "id")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Dukcapil", "Dukcapil"),
        ("BPJS Kesehatan", "be pe je es Kesehatan"),
        ("DPMPTSP", "de pe em pe te es pe"),
        ("Bank NTT", "Bank en te te"),
        ("SIM (Satlantas)", "Sim"),
        ("SAMSAT", "Samsat"),
        ("PDAM", "pe de a em"),
        ("KUA", "ka u a"),
        ("Badan [[kA]] <b>", "Badan kA b"),
    ],
)
def test_abbreviations_are_spelled_unless_people_say_them_as_a_word(name: str, said: str) -> None:
    assert agency_words(name, "id") == said


def test_english_leaves_abbreviations_to_its_engine() -> None:
    assert agency_words("Bank NTT", "en") == "Bank NTT"
