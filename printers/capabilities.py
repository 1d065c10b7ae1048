"""What a printer can do and prove, as it was found out. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What is known of a printer. Until it has been probed, nothing is asked that a simple printer might print as text.

    What it answered. `status`: answers DLE EOT; None is "not known yet". `process_id`: returns a mark when what came before
    it has been printed (GS ( H). `cut_counter`: tells how often it has cut (GS g 2). `clear`: empties its buffer and says so
    (DLE DC4 8). `graphics`: tells which pictures it has stored (GS ( L 64).

    What a person saw on paper; None is "not known". `native_qr`: it draws QR codes. `cutter`: it has a knife. `near_end`: it
    has a sensor for the paper's near end. `columns` of Font A and `dots` fit across `paper` mm of paper.

    `logo` names the picture that was last stored in it.
    """

    status: bool | None = None
    process_id: bool = False
    cut_counter: bool = False
    clear: bool = False
    graphics: bool = False
    native_qr: bool | None = None
    cutter: bool | None = None
    near_end: bool | None = None
    paper: int | None = None
    columns: int | None = None
    dots: int | None = None
    logo: str = ""
