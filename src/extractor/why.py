"""Why: what led to each triple, what kept two names apart, what found or refused a name; as lines to print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.knowledge.rules import Relation, Rule
from extractor.linking import Linked
from extractor.pipeline import Extractor, Reading
from extractor.skeleton import Skeleton
from extractor.text.folding import fold

_BESIDE = {  # what folds and names state, without a rule
    "title": "a title beside a name",
    "owner": "a firm named with its owner",
    "name": "two bare names that tell it themselves",
}
AROUND = 12  # code points of text shown on either side of a name


def explain(extractor: Extractor, text: str) -> list[str]:
    """For each triple the rule, the stretch of text, the trigger and the marks that decided its modality."""
    record = extractor.extract(text)
    marks = _marks(extractor, text)
    lines = []
    for triple in record.triples:
        lines.append(record.line(triple) + (" (inferred)" if triple.inferred else ""))
        for evidence in triple.evidence:
            name, _, number = evidence.rule.partition("/")
            rule = extractor.rules.relations[name].rules[int(number) - 1] if number not in _BESIDE else None
            how = f"{rule.pattern}  ({rule.where})" if rule else _BESIDE[number]
            lines.append(f"    rule    {evidence.rule}: {how}")
            lines.append(f"    text    {evidence.start}–{evidence.end}: {evidence.text}")
            lines.append(f"    trigger {triple.trigger}")
            found = marks.get((triple.subject, triple.relation, triple.object, evidence.start), [])
            lines.append(f"    marks   {'; '.join(found) or 'none'} → {evidence.modality}")
    return lines or ["no triple: no rule found its trigger between two names that it can tie"]


def explain_between(extractor: Extractor, text: str, a: str, b: str) -> list[str]:
    """For two names, each sentence that holds both: the rules that tied them, and what each candidate rule lacked."""
    lines = []
    together = False
    for reading in extractor.readings(text):
        first, second = (ids_of_name(reading.linked, text, name) for name in (a, b))
        for name, ids in ((a, first), (b, second)):
            if not ids:
                lines += explain_name(extractor, text, name)
        if not first or not second:
            continue
        for skeleton in reading.skeletons:
            members = {m for slot in skeleton.slots.values() for m in slot.members}
            if members & first and members & second:
                together = True
                lines += _between(extractor, reading, skeleton, first, second, text)
    if not together and not lines:
        lines.append(f"{a} and {b} stand in no sentence together, nor is either carried over into the other's")
    return lines


def _between(
    extractor: Extractor, reading: Reading, skeleton: Skeleton, first: set[str], second: set[str], text: str
) -> Iterator[str]:
    start, end = skeleton.spans[0][0], skeleton.spans[-1][1]
    yield f"sentence {start}–{end}: {text[start:end].strip()}"
    yield f"    read as {_readable(skeleton, reading)}"
    tied = False
    for statement, where, modality, _ in reading.statements:
        ends = {statement.subject, statement.object}
        if where is skeleton and ends & first and ends & second:
            tied = True
            state = modality or "no statement (negated or a condition)"
            yield f"    {statement.rule.id} reads {statement.subject}–{statement.relation.id}–{statement.object}: {state}"
    if tied:
        return
    relations = [extractor.rules.relations[r] for r in sorted(extractor.matcher.candidates(skeleton))]
    if not relations:
        yield "    no rule has its trigger in this sentence"
    for relation in relations:
        for rule in relation.rules:
            if trigger := next((x for x in sorted(rule.literals) if x in skeleton.text), None):
                yield f"    {rule.id} {rule.pattern}: {_lack(relation, rule, trigger, skeleton)}"


def _lack(relation: Relation, rule: Rule, trigger: str, skeleton: Skeleton) -> str:
    """What a rule whose trigger stands in the sentence did not find there."""
    if rule.regex.search(skeleton.text):
        return f"found {trigger}, but ties other names, or a rule before it took the trigger"
    actors = [slot.type for slot in skeleton.slots.values()]
    if not any(t in relation.subjects or (rule.agents and t == "person") for t in actors):
        return f"found {trigger}, but no {' or '.join(sorted(relation.subjects))} to be its 甲"
    if "乙" in rule.pattern and not any(t in relation.objects for t in actors):
        return f"found {trigger}, but no {' or '.join(sorted(relation.objects))} to be its 乙"
    return f"found {trigger}, but its names do not stand as the pattern asks"


def explain_name(extractor: Extractor, text: str, name: str) -> list[str]:
    """For each place of a name: what it was linked to and where from, or why it was refused."""
    lines = []
    key, wanted = fold(text), fold(name)
    linked = [reading.linked for reading in extractor.readings(text)]
    for match in re.finditer(re.escape(wanted), key):
        start, end = match.span()
        around = text[max(0, start - AROUND) : end + AROUND].replace("\n", " ")
        lines.append(f"{start}–{end} …{around}…: {_verdict(linked, start, end)}")
    candidates = extractor.lexicon.candidates(wanted)
    if not lines:
        lines.append(f"{name} does not stand in the text")
    if not candidates:
        lines.append(f"no dictionary has {name}; add it to a CSV file of a --dictionary folder")
    for candidate in candidates:
        strength = "weak: counts only with support" if candidate.weak else "strong"
        lines.append(f"{name} is {candidate.entry.id} ({candidate.entry.type}, {candidate.entry.where}), {strength}")
    return lines


def _verdict(linked: list[Linked], start: int, end: int) -> str:
    for part in linked:
        for link in part.links:
            if link.start < end and start < link.end:
                entry = part.things[link.id].entry
                origin = entry.where if entry else "found by what stands around it; no dictionary has it"
                longer = (
                    "" if (link.start, link.end) == (start, end) else f" as part of a name at {link.start}–{link.end}"
                )
                return f"links to {link.id} ({link.type}){longer}; {origin}"
        for refusal in part.refusals:
            if refusal.start < end and start < refusal.end:
                return f"refused: {refusal.reason}"
    return "no name was found here"


def _marks(extractor: Extractor, text: str) -> dict[tuple[str, str, str, int], list[str]]:
    found = {}
    for reading in extractor.readings(text):
        for statement, skeleton, _, marks in reading.statements:
            start = next(s for s, e in skeleton.spans[slice(*statement.cells)] if s < e)
            words = [f"{mark.word} ({mark.category})" for mark in marks]
            found[statement.subject, statement.relation.id, statement.object, start] = words
            found[statement.object, statement.relation.id, statement.subject, start] = words
    return found


def _readable(skeleton: Skeleton, reading: Reading) -> str:
    """The skeleton with ids in place of its slot characters; a carried subject in brackets."""
    out = []
    for character, (start, end) in zip(skeleton.text, skeleton.spans, strict=True):
        slot = skeleton.slots.get(character)
        if slot is None:
            out.append(character)
        else:
            names = "＋".join(reading.linked.things[m].name for m in slot.members)
            out.append(f"〔{names}〕" if start < end else f"（{names}）")
    return "".join(out).strip()


def ids_of_name(linked: Linked, text: str, name: str) -> set[str]:
    """The ids of what a name, as the text or a dictionary writes it, is linked to."""
    wanted = fold(name)
    by_text = {link.id for link in linked.links if fold(text[link.start : link.end]) == wanted}
    return by_text | {t.id for t in linked.things.values() if wanted in (t.id, fold(t.name), fold(t.en))}
