"""Why: what led to each triple, what kept two names apart, what found or refused a name; as lines to print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.facts import evidence_of_role, evidence_of_statement
from extractor.knowledge.rules import Relation, Rule
from extractor.linking import Linked
from extractor.modality import Mark
from extractor.pipeline import Extractor, Reading
from extractor.records import Document, Evidence, Modality
from extractor.relations import Statement
from extractor.skeleton import CLAUSE_MARKS, Role, Skeleton, clause_start, is_carried
from extractor.text.folding import fold
from extractor.writers.base import one_line

_BESIDE = {  # what folds and names state, without a rule
    "title": "a title beside a name",
    "owner": "a firm named with its owner",
    "name": "two bare names that tell it themselves",
}
AROUND = 12  # code points of text shown on either side of a name
NEAR = 200  # code points before and behind a trigger in which the words that mark it stand


def explain(extractor: Extractor, text: str) -> list[str]:
    """For each triple and each of its places how it was read: text, clause, rule, parties, trigger and marks.

    In the clause {鴻海} is a name, {該公司＝鴻海} words and what they stand for, {＝鴻海} a subject that is left unspoken.
    """
    readings = list(extractor.readings(text))
    record, told = extractor.record(Document("text", text), readings), _told(readings, text)
    lines = []
    for triple in record.triples:
        lines.append(record.line(triple) + (" (inferred)" if triple.inferred else ""))
        ends = frozenset((triple.subject, triple.object))
        for evidence in triple.evidence:
            lines.append(f"    text    {evidence.start}–{evidence.end}: {one_line(evidence.text)}")
            lines += told[ends, evidence]
    return lines or ["no triple: no rule found its trigger between two names that it can tie"]


def _told(readings: list[Reading], text: str) -> dict[tuple[frozenset[str], Evidence], list[str]]:
    """How each place that states a fact was read, by the two ends of the fact."""
    told: dict[tuple[frozenset[str], Evidence], list[str]] = {}
    for reading in readings:
        for statement, skeleton, modality, marks in reading.statements:
            if modality:
                evidence = evidence_of_statement(statement, skeleton, modality, text)
                ends = frozenset((statement.subject, statement.object))
                told.setdefault((ends, evidence), list(_of_rule(reading, statement, skeleton, modality, marks, text)))
        for role in reading.roles:
            evidence = evidence_of_role(role, reading.linked.offset, text)
            told.setdefault(
                (frozenset((role.holder, role.body)), evidence), list(_of_role(reading, role, evidence, text))
            )
    return told


def _of_rule(
    reading: Reading, statement: Statement, skeleton: Skeleton, modality: Modality, marks: list[Mark], text: str
) -> Iterator[str]:
    rule, clause = statement.rule, _clause(skeleton.text, *statement.cells)
    if rule.pattern:
        yield f"    clause  {_readable(skeleton, reading, *clause, text)}"
    stated = {m for c in skeleton.text[slice(*clause)] if c in skeleton.slots for m in skeleton.slots[c].members}
    place = skeleton.covered(clause)
    for label, end in (("甲", statement.subject), ("乙", statement.object)):
        acting = next((m for m, firm in reading.acts_for.items() if firm == end and m in stated), None)
        if end not in stated and acting is not None:
            firm = _named(end, reading, text, *place)
            yield f"    {label}      {_named(acting, reading, text, *place)}, who acts for {firm}"
        else:
            yield f"    {label}      {_named(end, reading, text, *place)}"
    yield f"    trigger {_readable(skeleton, reading, *statement.trigger, text)}"
    near = skeleton.covered(statement.trigger)[0]
    found = "; ".join(_of_mark(mark, text, near, *place) for mark in marks)
    yield f"    marks   {found or 'none'} → {modality}"
    yield f"    rule    {rule.id}: {f'{rule.pattern}  ({rule.where})' if rule.pattern else _BESIDE['name']}"


def _of_role(reading: Reading, role: Role, evidence: Evidence, text: str) -> Iterator[str]:
    place = (evidence.start, evidence.end)
    yield f"    甲      {_named(role.holder, reading, text, *place)}"
    yield f"    乙      {_named(role.body, reading, text, *place)}"
    yield f"    trigger {role.word}"
    yield f"    marks   {'former (ended) → ended' if role.former else 'none → asserted'}"
    yield f"    rule    {evidence.rule}: {_BESIDE['title' if role.post else 'owner']}"


def _named(entity_id: str, reading: Reading, text: str, start: int, end: int) -> str:
    """The name of a thing and, where text[start:end] does not write it so, how it does or where it was named last."""
    name = reading.linked.things[entity_id].name
    places = [(link.start, link.end) for link in reading.linked.links if link.id == entity_id]
    inside = [text[slice(*place)] for place in places if start <= place[0] < end]
    if inside:
        return name if name in inside else f"{name} (written {one_line(inside[0])})"
    before = [place for place in places if place[0] < start] or places[:1]
    if not before:
        return name
    first, last = before[-1]
    return f"{name} (named at {first}–{last}: {one_line(text[first:last])})"


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The cells of the clauses that the cells start:end of a skeleton stand in, with the mark that ends them."""
    behind = re.compile(f"[{CLAUSE_MARKS}]").search(text, end)
    return clause_start(text, start), behind.end() if behind else len(text)


def _of_mark(mark: Mark, text: str, trigger: int, start: int, end: int) -> str:
    """A mark as the text writes it nearest to a trigger, with its place where that is outside the clause text[start:end]."""
    low = max(0, trigger - NEAR)
    around = fold(text[low : trigger + NEAR])
    places = [low + found.start() for found in re.finditer(re.escape(mark.word), around)]
    if not places:
        return f"{mark.word} ({mark.category})"
    place = min(places, key=lambda place: abs(place - trigger))
    word, where = text[place : place + len(mark.word)], f", at {place}–{place + len(mark.word)}"
    return f"{word} ({mark.category}{'' if start <= place < end else where})"


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
    yield f"    read as {_readable(skeleton, reading, 0, len(skeleton.text), text)}"
    tied = False
    for statement, where, modality, _ in reading.statements:
        ends = {statement.subject, statement.object}
        if where is skeleton and ends & first and ends & second:
            tied = True
            state = modality or "no statement (negated or a condition)"
            yield f"    {statement.rule.id} reads {statement.subject}–{statement.relation.id}–{statement.object}: {state}"
    if tied:
        return
    relations = [extractor.rules.relations[r] for r in extractor.matcher.candidates(skeleton)]
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


def _readable(skeleton: Skeleton, reading: Reading, first: int, last: int, text: str) -> str:
    """Cells of the skeleton with names in place of its slot characters."""
    out = []
    for character, (start, end) in zip(skeleton.text[first:last], skeleton.spans[first:last], strict=True):
        slot = skeleton.slots.get(character)
        if slot is None:
            # As the text writes it, but for a cell that was put in the place of another character.
            out.append(text[start:end] if fold(text[start:end]) == character else character)
            continue
        names = "＋".join(reading.linked.things[m].name for m in slot.members)
        out.append(f"{{{text[start:end]}＝{names}}}" if slot.inferred or is_carried(character) else f"{{{names}}}")
    return one_line("".join(out)).strip()


def ids_of_name(linked: Linked, text: str, name: str) -> set[str]:
    """The ids of what a name, as the text or a dictionary writes it, is linked to."""
    wanted = fold(name)
    by_text = {link.id for link in linked.links if fold(text[link.start : link.end]) == wanted}
    return by_text | {t.id for t in linked.things.values() if wanted in (t.id, fold(t.name), fold(t.en))}
