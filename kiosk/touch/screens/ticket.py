"""TicketScreen: the receipt on screen. One instance serves all visitors."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from kiosk.shared.links import qr_payload
from kiosk.shared.widgets import BigNumber, QrCode, Tile
from kiosk.touch.layout import Shape
from kiosk.touch.scene import Paper, Scene
from kiosk.touch.screens.visitor import VisitorScreen
from kiosk.touch.widgets.saying import say
from kiosk.touch.wording import ahead, expected

NARROW_CODE = 27
"""Columns of a code that leaves half of a tall screen to the words beside it."""


class TicketScreen(VisitorScreen):
    """The number, who is ahead, the code, and where the paper is; home by itself; `cancel` while it is allowed."""

    keeps_halves = False

    class Done(Message):
        """The visitor has seen enough."""

    class Cancel(Message):
        """The visitor touched cancel."""

    class PaperAnswer(Message):
        """The visitor says whether the paper came out."""

        def __init__(self, *, came_out: bool) -> None:
            super().__init__()
            self.came_out = came_out

    def compose_above(self) -> ComposeResult:
        """The receipt."""
        with Container(id="face"):
            yield Static(id="heading", markup=False)
            yield BigNumber(id="number", stack=False)
            yield Static(id="what", markup=False)
        with Container(id="code"):
            yield QrCode(id="qr")
            yield Static(id="hint", markup=False)
        with Container(id="news"):
            yield BigNumber(id="count")
            yield Static(id="ahead", markup=False)
            yield Static(id="expected", markup=False)
        yield Static(id="paper", markup=False)

    def compose_nav(self) -> ComposeResult:
        """Done, and the way out of a mistake; in their place the answers, while the paper is asked about."""
        yield Tile(value="yes", id="came-out", classes="control action -centred")
        yield Tile(value="no", id="again", classes="control -centred")
        yield Tile(id="cancel", classes="control -centred", lines=3)
        yield Tile(id="done", classes="control action -centred")

    def present(self, scene: Scene) -> None:
        """Show the number."""
        issued, words = scene.ticket, scene.words
        if issued is None:
            return
        ticket = issued.ticket
        names = f"{words.pick(ticket.agency_names)}\n{words.pick(ticket.service_names)}"
        self.query_one("#number", BigNumber).text = ticket.label
        code = self.query_one(QrCode)
        address, token = scene.place.public_url, issued.token
        code.payload = qr_payload(address, token, ticket.label, alone=scene.alone)
        self.set_class(code.columns > NARROW_CODE, "-wide-code")
        say(self, "heading", _heading(scene))
        say(self, "what", names)
        page = "touch.qr_later" if scene.alone else "touch.qr_page"
        say(self, "hint", words(page if scene.place.public_url else "touch.qr_label"))
        if scene.alone:
            self.query_one("#count", BigNumber).display = False
            say(self, "ahead", words("touch.alone_ahead"))
            say(self, "expected", words("touch.alone_expected"))
        else:
            self._say_ahead(issued.ahead, scene)
            say(self, "expected", expected(issued.wait, issued.open_counters, words, taken=True))
        say(self, "paper", words(f"touch.paper_{scene.paper.value}"))
        self.query_one("#paper").set_class(scene.paper in (Paper.PHOTOGRAPH, Paper.ASKING), "-trouble")
        self._offer(scene)

    def _say_ahead(self, people: int, scene: Scene) -> None:
        drawn = self.shape is Shape.PORTRAIT and people > 0  # where there is room for the figure to be large
        count = self.query_one("#count", BigNumber)
        count.text, count.display = str(people), drawn
        say(self, "ahead", scene.words("touch.ahead_of_you") if drawn else ahead(people, scene.words))

    def _offer(self, scene: Scene) -> None:
        words, asking = scene.words, scene.paper is Paper.ASKING
        for name, key in (("#came-out", "touch.paper_came_out"), ("#again", "touch.paper_again")):
            answer = self.query_one(name, Tile)
            answer.display = asking
            answer.say(words(key))
        self.query_one("#done").display = not asking
        self.query_one("#done", Tile).say(words("touch.done"), words("touch.home_in", seconds=scene.seconds))
        cancel = self.query_one("#cancel", Tile)
        cancel.display = scene.may_cancel and not asking
        cancel.disabled = scene.taking
        cancel.set_class(scene.sure, "-sure")
        cancel.say(words("touch.cancel_sure" if scene.sure else "touch.cancel"))

    @on(Tile.Chosen, "#done")
    def _done(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Done())

    @on(Tile.Chosen, "#cancel")
    def _cancel(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.Cancel())

    @on(Tile.Chosen, "#came-out, #again")
    def _answer(self, event: Tile.Chosen) -> None:
        event.stop()
        self.post_message(self.PaperAnswer(came_out=event.value == "yes"))

    def action_back(self) -> None:
        """Escape means done."""
        self.post_message(self.Done())


def _heading(scene: Scene) -> str:
    words, issued = scene.words, scene.ticket
    if issued is None:
        return ""
    heading = words("touch.your_number_priority" if issued.ticket.priority else "touch.your_number")
    if not issued.legs:
        return heading
    return f"{heading} · {words('touch.step_of', step=issued.ticket.leg, steps=issued.ticket.legs)}"
