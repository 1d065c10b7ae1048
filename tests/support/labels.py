"""Twenty labels, and how each is said."""

LABELS = {
    "DK 001": "de ka, satu",
    "DK 010": "de ka, sepuluh",
    "DK 011": "de ka, sebelas",
    "DK 105": "de ka, seratus lima",
    "PD 012": "pe de, dua belas",
    "BK 020": "be ka, dua puluh",
    "PT 100": "pe te, seratus",
    "BN 101": "be en, seratus satu",
    "PJ 111": "pe je, seratus sebelas",
    "TN 210": "te en, dua ratus sepuluh",
    "AM 019": "a em, sembilan belas",
    "BT 042": "be te, empat puluh dua",
    "SS 250": "es es, dua ratus lima puluh",
    "SM 300": "es em, tiga ratus",
    "PS 999": "pe es, sembilan ratus sembilan puluh sembilan",
    "LN 1000": "el en, seribu",
    "HK 1001": "ha ka, seribu satu",
    "CW 1234": "ce we, seribu dua ratus tiga puluh empat",
    "JR 1999": "je er, seribu sembilan ratus sembilan puluh sembilan",
    "A K2-003": "a, ka dua, tiga",
}
