"""What the paper looks like: a Slip and a paper become lines. Pure.

From top to bottom: who gives the number, the number itself as large as the paper allows, what it is for, how long it
takes, the code to follow it by, and the small print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from printers.errors import CannotCompose
from printers.papers import CELL_HEIGHT, HEAD_TO_CUTTER, LINE_SPACING, Paper
from printers.slip import Slip
from printers.template import PLAIN, Logo, Template, halved
from printers.text import printable, wrap

LARGEST = 8
"""Printers enlarge their font up to eight times each way."""
MODULE_DOTS = 6
"""0.75 mm: phones read it at the first try, also tilted and blurred; below 4 they begin to fail (measured with zbar)."""
FEWEST_MODULE_DOTS = 4
EASY_VERSION = 4
"""Up to this version a QR code has modules of full size on 58 mm paper, and the slip keeps its length."""
QUIET_MODULES = 4
"""White around a QR code, by ISO/IEC 18004."""
LONGEST, LONGEST_WITH_LEGS = 130, 180
"""In millimetres, on either paper; a slip that cannot be set closer may be longer."""
SETTINGS = ((LARGEST, 2, 2, 14, 0), (LARGEST, 1, 2, 14, 0), (6, 1, 1, 8, 0), (5, 1, 1, 4, 0))
"""From generous to close: see `_Setting`. The first that is short enough is taken."""
SPARING = ((5, 1, 1, 4, 1), (5, 1, 1, 4, 2), (4, 1, 1, 2, 3))
"""Closer still, on paper that is not narrow: here parts give way."""
NO_MOTTO, SMALL_LOGO, SMALL_NAMES = 1, 2, 3
"""What gives way, in this order: the motto is left out and the agency is set in ordinary height, the logo is halved, the
name of the site is set in ordinary height too and a module of the QR code is a dot smaller."""
LONGEST_ON_NARROW = 220
"""In millimetres: where lines are short, a slip may be this long before a requirement gives way."""
ROOMY = 40
"""Columns of paper that is not narrow."""
FEWEST = 2
"""A heading and one requirement always stay."""
_BULLET = re.compile(r"(?:\d+\.|-) ")
_BYTES_AT_M = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
_ALPHANUMERIC_AT_M = (20, 38, 61, 90, 122, 154, 178, 221, 262, 311)
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@dataclass(frozen=True, slots=True)
class Words:
    """One centred line of printable text, enlarged `wide` and `tall` times."""

    text: str
    wide: int = 1
    tall: int = 1
    bold: bool = False
    reverse: bool = False  # white on black


@dataclass(frozen=True, slots=True)
class Gap:
    """White, in dots. Multiples of the line spacing are sent as empty lines, which no printer measures otherwise."""

    dots: int = LINE_SPACING


@dataclass(frozen=True, slots=True)
class Code:
    """A centred QR code, model 2, level M, with `dots` dots to a module."""

    payload: str
    dots: int


Line = Words | Gap | Code | Logo


def layout(slip: Slip, paper: Paper, template: Template = PLAIN) -> tuple[Line, ...]:
    """Lay a slip out. No line is wider than the paper, and the label is never broken.

    A slip that would be longer than `LONGEST` (`LONGEST_WITH_LEGS` with a journey or requirements) is set closer; if that
    is not enough, the last requirements give way to the words of `Slip.more`.

    Raises: CannotCompose when the label or the QR code does not fit this paper at all.
    """
    longest = LONGEST_WITH_LEGS if slip.legs or slip.requirements else LONGEST
    lines: tuple[Line, ...] = ()
    for figures in SETTINGS + (SPARING if paper.columns >= ROOMY else ()):
        setting = _Setting(paper, template, *figures)
        lines = tuple(_sheet(slip, setting))
        if length(lines, paper) <= longest:
            return lines
    over = length(lines, paper) - (LONGEST_WITH_LEGS if paper.columns >= ROOMY else LONGEST_ON_NARROW)
    if over > 0 and len(slip.requirements) > FEWEST:
        lines = tuple(_sheet(_shortened(slip, over, paper), setting))
    return lines


def _shortened(slip: Slip, over: float, paper: Paper) -> Slip:
    """The slip without its last requirements, in whose stead `more` is said; as much as `over` millimetres shorter."""
    rows = -int(-over * paper.dots_per_mm // LINE_SPACING) + len(_rows(slip.more, paper))
    kept = list(slip.requirements)
    while rows > 0 and len(kept) > FEWEST:
        rows -= len(_rows(kept.pop(), paper))
    return replace(slip, requirements=(*kept, slip.more))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How generously a slip is set."""

    paper: Paper
    template: Template
    label: int  # most that the label is enlarged upwards
    doubled: int  # how many lines of double size a prominent text may take
    tall: int  # how tall it is set when it needs more
    gap: int  # white between groups, in dots
    spared: int  # how many things give way, see `SPARING`


def length(lines: Iterable[Line], paper: Paper) -> float:
    """The paper that lines take in millimetres, the blank leader between head and knife included."""
    return (HEAD_TO_CUTTER + sum(map(_height, lines))) / paper.dots_per_mm


def _height(line: Line) -> int:
    if isinstance(line, Words):
        return max(LINE_SPACING, line.tall * CELL_HEIGHT)
    if isinstance(line, Logo):
        return line.height
    return line.dots if isinstance(line, Gap) else modules(line.payload) * line.dots


def _sheet(slip: Slip, setting: _Setting) -> Iterator[Line]:
    """The parts of the template in their order; gaps that meet become one."""
    gap = False
    for part in setting.template.parts:
        for line in _part(part, slip, setting):
            small = isinstance(line, Gap) and line.dots == setting.gap
            if not (small and gap):
                yield line
            gap = small


def _part(name: str, slip: Slip, setting: _Setting) -> Iterator[Line]:
    if name in _SPECIAL:
        yield from _SPECIAL[name](slip, setting)
        return
    if name == "motto" and setting.spared >= NO_MOTTO:
        return
    value = getattr(slip, "qr_hint" if name == "hint" else name)
    for text in (value,) if isinstance(value, str) else value:
        yield from _sized(text, setting, _size(name, setting))


def _size(name: str, setting: _Setting) -> str:
    size = setting.template.sizes.get(name, "normal")
    gives_way = {"agency": NO_MOTTO, "site": SMALL_NAMES}.get(name)
    return "bold" if size == "large" and gives_way and setting.spared >= gives_way else size


def _gap(_: Slip, setting: _Setting) -> Iterator[Line]:
    yield Gap(setting.gap)


def _logo(_: Slip, setting: _Setting) -> Iterator[Line]:
    if setting.template.logo:
        logo = setting.template.logo
        yield halved(logo) if setting.spared >= SMALL_LOGO else logo
        yield Gap(setting.gap)


def _sized(text: str, setting: _Setting, size: str) -> Iterator[Words]:
    if size == "large":
        yield from _prominent(text, setting)
    elif size == "tall":
        yield from _lines(text, setting, tall=setting.tall, bold=True)
    else:
        yield from _lines(text, setting, bold=size == "bold")


def _number(slip: Slip, setting: _Setting) -> Iterator[Line]:
    label = printable(slip.label)
    paper = setting.paper
    wide = min(LARGEST, paper.columns // max(1, len(label)))
    if not label or not wide:
        message = f"the label {label!r} does not fit on {paper.millimetres} mm paper"
        raise CannotCompose(message)
    yield Words(label, wide=wide, tall=min(wide + 1, setting.label), bold=True)


def _list(entries: Iterable[str], setting: _Setting, *, heading: bool = False) -> Iterator[Line]:
    """Entries one below the other, flush left in the middle of the paper; with `heading`, the first stands over them."""
    rows = [
        (row, heading and not at) for at, entry in enumerate(entries) for row in _rows(entry, setting.paper)
    ]
    if rows:
        yield Gap(setting.gap)
    longest = max((len(row) for row, _ in rows), default=0)
    yield from (Words(row.ljust(longest), bold=bold) for row, bold in rows)


def _rows(text: str, paper: Paper) -> list[str]:
    """One entry of a list: a row, and its further rows set in as far as its bullet or number."""
    text = printable(text)
    bullet = _BULLET.match(text)
    indent = " " * (len(bullet[0]) if bullet else 0)
    first, *more = wrap(text, paper.columns - len(indent), 3) or ("",)
    return [first, *(indent + row for row in more)] if first else []


def _code(slip: Slip, setting: _Setting) -> Iterator[Line]:
    payload = "".join(char for char in slip.qr if char.isprintable())
    if payload:
        yield Gap()  # one empty line is the quiet zone: at least four modules
        dots = module_dots(payload, setting.paper)
        yield Code(payload, max(FEWEST_MODULE_DOTS, dots - 1) if setting.spared >= SMALL_NAMES else dots)
        yield Gap()


def _lines(
    text: str, setting: _Setting, *, rows: int = 3, tall: int = 1, bold: bool = False
) -> Iterator[Words]:
    for row in wrap(printable(text), setting.paper.columns, rows):
        yield Words(row, tall=tall, bold=bold)


def _prominent(text: str, setting: _Setting) -> Iterator[Words]:
    """Twice as large where that takes few lines, else as tall as there is room for."""
    text = printable(text)
    rows = wrap(text, setting.paper.columns // 2, setting.doubled + 1)
    if len(rows) <= setting.doubled:
        yield from (Words(row, wide=2, tall=2) for row in rows)
    else:
        yield from _lines(text, setting, tall=setting.tall, bold=True)


def _mark(text: str, setting: _Setting) -> Iterator[Line]:
    """White on black, apart from what stands around it."""
    rows = wrap(printable(text), setting.paper.columns // 2 - 2, 2)
    for row in rows:
        yield Words(f" {row} ", wide=2, tall=2, bold=True, reverse=True)
    if rows:
        yield Gap(setting.gap)


_SPECIAL: dict[str, Callable[[Slip, _Setting], Iterator[Line]]] = {
    "gap": _gap,
    "logo": _logo,
    "label": _number,
    "qr": _code,
    "copy": lambda slip, setting: _mark(slip.copy, setting),
    "priority": lambda slip, setting: _mark(slip.priority, setting),
    "legs": lambda slip, setting: _list(slip.legs, setting),
    "requirements": lambda slip, setting: _list(slip.requirements, setting, heading=True),
}
"""Parts that are more than lines of text."""


def modules(payload: str) -> int:
    """How many modules wide the QR code of `payload` is at level M. Source: ISO/IEC 18004, table 7.

    Raises: CannotCompose past version 10, which no phone reads at a glance from paper.
    """
    dense = _ALPHANUMERIC.issuperset(payload)
    size = len(payload.encode())
    for version, room in enumerate(_ALPHANUMERIC_AT_M if dense else _BYTES_AT_M, start=1):
        if size <= room:
            return 17 + 4 * version
    message = f"a QR code of {size} bytes is too large for a slip"
    raise CannotCompose(message)


def easy_room(payload: str) -> int:
    """The most bytes of this alphabet for a QR code that phones read at the first try."""
    return (_ALPHANUMERIC_AT_M if _ALPHANUMERIC.issuperset(payload) else _BYTES_AT_M)[EASY_VERSION - 1]


def module_dots(payload: str, paper: Paper) -> int:
    """The size of a module in dots on this paper, quiet zone included in the reckoning."""
    dots = min(MODULE_DOTS, paper.dots // (modules(payload) + 2 * QUIET_MODULES))
    if dots < FEWEST_MODULE_DOTS:
        message = f"the QR code does not fit on {paper.millimetres} mm paper"
        raise CannotCompose(message)
    return dots
