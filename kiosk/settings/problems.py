"""What is wrong with a configuration, as values; the sentences stand in kiosk/locales under `settings.`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from kiosk.i18n import Words

SHOWN_CHOICES = 12
"""More choices than these are told by their number; the nearest is named anyway."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    file: str
    """The file, or `environment`."""
    key: str
    """Where in it: `agency[DK].service[ktp].minutes`; a row without a name of its own by its place, `[#2]`."""
    kind: str
    """What is wrong: names the sentence `settings.<kind>`."""
    data: Mapping[str, object] = field(default_factory=dict)
    """Fills the sentences of `kind` and `form`."""
    choices: tuple[str, ...] = ()
    """What could stand there, where that is a list."""
    form: str = ""
    """What could stand there, where that takes words: names the sentence `settings.form.<form>`."""
    nearest: str = ""
    """The choice that was probably meant."""

    def wrong(self, words: Words) -> str:
        """Say what is wrong."""
        return words(f"settings.{self.kind}", **self.data)

    def allowed(self, words: Words) -> str:
        """Say what is allowed; empty when there is nothing to say."""
        if self.form:
            return words(f"settings.form.{self.form}", **self.data)
        shown = ", ".join(self.choices[:SHOWN_CHOICES])
        more = len(self.choices) - SHOWN_CHOICES
        return words("settings.more", choices=shown, count=more) if more > 0 else shown

    def lines(self, words: Words) -> Iterable[str]:
        """The problem as a paragraph."""
        yield (
            words("settings.problem", file=self.file, key=self.key, wrong=self.wrong(words))
            if self.key
            else (words("settings.problem_of_file", file=self.file, wrong=self.wrong(words)))
        )
        if allowed := self.allowed(words):
            yield "    " + words("settings.allowed", allowed=allowed)
        if self.nearest:
            yield "    " + words("settings.nearest", nearest=self.nearest)


class SettingsError(Exception):
    """The configuration cannot be used; holds all problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they are to be read."""
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def report(self, language: str = "en") -> str:
        """All problems, for the person who mends them."""
        words = Words(language)
        head = words("settings.head", count=len(self.problems))
        return "\n".join([head, *(line for problem in self.problems for line in problem.lines(words))])

    def __str__(self) -> str:
        """The report in English; `report("id")` gives it in Indonesian."""
        return self.report()


def nearest(value: str, choices: Iterable[str]) -> str:
    """Return the choice most like the value, whatever its capitals, or nothing when none is much like it."""
    by_folded = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(value.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[close[0]] if close else ""
