"""No printer: the same bytes become numbered pictures and texts in a folder."""

from __future__ import annotations

from pathlib import Path

from printers.device.base import Feedback
from printers.errors import PrinterUnreachable
from printers.papers import Paper


class PreviewDevice:
    """Writes `001.png` and `001.txt`, and so on, after the highest number there; `files` tells what it wrote."""

    def __init__(self, folder: Path, paper: Paper) -> None:
        self._folder = folder
        self._paper = paper
        self.name = f"preview {folder}"
        self.feedback = Feedback.DRAWN
        self.files: list[Path] = []
        """Every picture and text of this device, oldest first."""

    def open(self) -> None:
        """Make the folder. Raises: PrinterUnreachable."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PrinterUnreachable(str(error)) from error

    def send(self, data: bytes) -> None:
        """Draw each slip in `data`. Raises: UnknownCommand before anything is written; PrinterUnreachable."""
        from printers.preview import preview  # brings Pillow, which no screen needs for its first paint

        for sheet in preview(data, self._paper):
            place = self._folder / f"{self._last() + 1:03d}"
            picture, text = place.with_suffix(".png"), place.with_suffix(".txt")
            try:
                sheet.picture.save(picture, optimize=True)
                text.write_text(sheet.text + "\n", encoding="utf-8")
            except OSError as error:
                raise PrinterUnreachable(str(error)) from error
            self.files += [picture, text]

    def _last(self) -> int:
        taken = [int(file.stem) for file in self._folder.glob("*.png") if file.stem.isdecimal()]
        return max(taken, default=0)

    def read(self, timeout: float) -> bytes:  # noqa: ARG002  # a picture says nothing
        """Nothing."""
        return b""

    def close(self) -> None:
        """Nothing to let go."""
