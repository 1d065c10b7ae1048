"""The floor for screens: the least Textual program with a title, a prompt, tiles to touch and a second screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Button, Static


class Second(Screen[None]):
    BINDINGS: ClassVar = [("escape", "app.pop_screen", "Back")]

    def compose(self) -> ComposeResult:
        yield Static("LAYAR KEDUA")
        for name in ("Satu", "Dua", "Tiga"):
            yield Button(name)


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Mal Pelayanan Publik")
        yield Static("PILIH INSTANSI")
        for number in range(6):
            yield Button(f"Instansi {number}")

    def on_button_pressed(self) -> None:
        self.push_screen(Second())


if __name__ == "__main__":
    Bare().run()
