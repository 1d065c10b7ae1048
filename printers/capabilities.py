"""What a printer can prove. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What is known of a printer. Until it has been probed, nothing is asked that a simple printer might print as text.

    `status`: answers DLE EOT; None is "not known yet". `process_id`: returns a mark when what came before it has been
    printed (GS ( H). `cut_counter`: tells how often it has cut (GS g 2). `clear`: empties its buffer and says so (DLE DC4 8).
    """

    status: bool | None = None
    process_id: bool = False
    cut_counter: bool = False
    clear: bool = False
