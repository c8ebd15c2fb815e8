"""The review of suggestions on a terminal: one name at a time, each answer written at once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from extractor.cli.dictionary.own import told, told_ignored
from extractor.curation.curator import Curator
from extractor.curation.lookalikes import Lookalike, Lookalikes
from extractor.curation.suggest import Suggestion
from extractor.errors import ExtractorError
from extractor.knowledge.dictionary import Entry
from extractor.records import ENTITY_TYPES
from extractor.writers.base import one_line


class Review:
    """One sitting: shows on standard output, a terminal, and writes through `curator`; told `lookalikes` of each name.

    What was answered before the end stays written.
    """

    def __init__(self, curator: Curator, lookalikes: Lookalikes) -> None:
        self._curator, self._lookalikes = curator, lookalikes
        self._console = Console(file=sys.stdout, highlight=False)
        self._tally: Counter[str] = Counter()

    def run(self, suggestions: Sequence[Suggestion]) -> None:
        """Goes through the names until the last one, `q` or the end of the input; then tells what was done."""
        known = self._curator.known
        try:
            for number, suggestion in enumerate(suggestions, 1):
                # An alias accepted a moment ago may have made it known.
                if not known.named(suggestion.name) and not known.ignores(suggestion.name, suggestion.type):
                    # What was accepted a moment ago may be what this one is like.
                    duplicates = self._lookalikes.of(suggestion.name, suggestion.type)
                    self._show(suggestion, duplicates, f"{number}/{len(suggestions)}")
                    if not self._answered(suggestion, duplicates):
                        break
        except EOFError:
            self._console.print()
        except KeyboardInterrupt:
            self._console.print()
            raise
        finally:
            counts = [f"{what} {self._tally[what]}" for what in ("accepted", "aliases", "ignored", "skipped")]
            self._console.print(Text(f"{', '.join(counts)} ({self._curator.target})"))

    def _show(self, suggestion: Suggestion, duplicates: Sequence[Lookalike], place: str) -> None:
        head = Text.assemble((f"{place}  ", "dim"), (one_line(suggestion.name), "bold"), f"  {suggestion.type}")
        for other in filter(None, (suggestion.en, *suggestion.aliases)):
            head.append(f", {one_line(other)}")
        counts = f"  documents {suggestion.documents}, mentions {suggestion.mentions}"
        self._console.print(Text("\n").append_text(head).append(counts, "dim"))
        for p in suggestion.evidence:
            words = (one_line(p.before), (one_line(p.text), "bold"), one_line(p.after))
            self._console.print(Text.assemble(("    " + one_line(p.document) + "  ", "dim"), *words))
        for number, d in enumerate(duplicates, 1):
            line = (
                Text(f"    {number}  ").append(d.name, "bold").append(f"  {d.entry.type} {d.entry.id}: {d.why}", "dim")
            )
            self._console.print(line)

    def _answered(self, suggestion: Suggestion, duplicates: Sequence[Lookalike]) -> bool:
        """Asks until there is an answer that can be written; whether to go on."""
        numbers = [str(number) for number in range(1, len(duplicates) + 1)]
        aliases = f", alias of [{numbers[0]}{'-' + numbers[-1] if len(numbers) > 1 else ''}]" if numbers else ""
        question = Text(f"[a]ccept, [e]dit{aliases}, [i]gnore, [s]kip, [q]uit")
        while True:
            answer = self._ask(question, ["a", "e", *numbers, "i", "s", "q"], "s")
            try:
                if answer == "q":
                    return False
                self._do(answer, suggestion, duplicates)
                return True
            except ExtractorError as error:
                self._console.print(Text(f"error: {error}", "red"))

    def _do(self, answer: str, suggestion: Suggestion, duplicates: Sequence[Lookalike]) -> None:
        name, curator = suggestion.name, self._curator
        if answer == "s":
            self._tally["skipped"] += 1
        elif answer == "i":
            self._done("ignored", [told_ignored(curator.ignore(name), curator.known)])
        elif answer == "a":
            self._written("accepted", curator.add(suggestion.type, name, en=suggestion.en, aliases=suggestion.aliases))
        elif answer == "e":
            self._edit(suggestion)
        else:
            entry = duplicates[int(answer) - 1].entry
            self._written("aliases", curator.join(entry.id, [name, *suggestion.aliases]))

    def _edit(self, suggestion: Suggestion) -> None:
        name = self._ask("name", None, suggestion.name)
        type_ = self._ask("type", list(ENTITY_TYPES), suggestion.type)
        en = self._ask("English name", None, suggestion.en)
        others = [other for other in (suggestion.name, *suggestion.aliases) if other != name]
        aliases = self._ask("aliases, | between them, - for none", None, "|".join(others)).removeprefix("-")
        self._written("accepted", self._curator.add(type_, name, en=en, aliases=aliases.split("|")))  # type: ignore[arg-type]

    def _ask(self, question: str | Text, choices: list[str] | None, default: str) -> str:
        return Prompt.ask(
            question,
            console=self._console,
            choices=choices,
            case_sensitive=False,
            default=default,
            show_choices=False,
            show_default=bool(default),
        ).strip()

    def _written(self, what: str, entry: Entry) -> None:
        self._lookalikes.add(self._curator.known.entries[entry.id])
        self._done(what, told(entry, self._curator.known))

    def _done(self, what: str, lines: Sequence[str]) -> None:
        self._tally[what] += 1
        for line in lines:
            self._console.print(Text("    " + one_line(line), "green"))
