"""Evaluation: what was read in articles, compared with what people read in them.

Entities are compared first, by type and by name. A triple is right when both its ends are right and its relation is the
same, in either direction where the relation is symmetric; with its modality it is right in `full`, and the two things
tied together, whatever ties them, are a right one of the `pairs`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from extractor.gold import Gold, GoldTriple
from extractor.records import Entity, Record, Triple
from extractor.scores import Difference, Evaluation, Kind

# What gold is annotated with; any other relation counts only where the gold itself has it.
ANNOTATED = frozenset(
    (
        *("mou", "contract", "alliance", "share_swap", "partnership", "joint_venture", "merger", "negotiates_with"),
        *("competes_with", "dispute", "also_known_as"),
        *("acquires", "invests_in", "holds_stake", "increases_stake", "reduces_stake"),
        *("buys_assets_from", "subsidiary_of", "establishes"),
        *("supplies", "licenses_to", "finances", "builds_in"),
        *("founder_of", "chair_of", "ceo_of", "president_of", "premier_of", "heads", "executive_of", "member_of"),
        *("meets", "visits", "signs", "promotes", "participates_in", "opposes", "sanctions", "supports"),
    )
)
_AROUND = 20  # code points of the text shown on each side of what is quoted

Key = tuple[str, str, str]


def evaluate(documents: Iterable[tuple[Gold, Record]], symmetric: Collection[str]) -> Evaluation:
    """Compare each record with its gold. `symmetric`: the relations that have no direction."""
    pairs = list(documents)
    relations = ANNOTATED | {triple.relation for gold, _ in pairs for triple in gold.triples}
    result = Evaluation()
    for gold, record in pairs:
        result.documents += 1
        _Comparison(gold, record, symmetric, relations, result).run()
    return result


class _Comparison:
    """One record and its gold, counted into `result`."""

    def __init__(
        self, gold: Gold, record: Record, symmetric: Collection[str], relations: Collection[str], result: Evaluation
    ) -> None:
        self._gold, self._record, self._result = gold, record, result
        self._symmetric, self._relations = symmetric, relations
        self._label = {entity.key: entity.names[0] for entity in gold.entities}

    def run(self) -> None:
        keys, exact, optional = self._align()
        self._entities(keys, exact, optional)
        wanted, tolerated = self._wanted()
        found, wrong, pairs = self._found(keys, optional, wanted.keys() | tolerated)
        self._triples(wanted, found, wrong)
        stated, allowed = ({frozenset((head, tail)) for head, _, tail in facts} for facts in (wanted, tolerated))
        self._result.pairs.right += len(pairs & stated)
        self._result.pairs.wrong += len(pairs - stated - allowed)
        self._result.pairs.missed += len(stated - pairs)

    def _align(self) -> tuple[dict[str, str], set[str], set[str]]:
        """The gold key of each entity that is right, the keys found under exactly their name, the optional entities.

        A name that is the gold's own decides; only then one that holds, or is held by, one of the gold's.
        """
        keys: dict[str, str] = {}
        exact, optional = set(), set()
        for entity in self._record.entities:
            if key := next((g.key for g in self._gold.entities if _same(entity, g.type, g.names)), None):
                keys[entity.id] = key
                exact.add(key)
        for entity in self._record.entities:
            if entity.id in keys:
                continue
            if (names := _names(entity)) and names <= self._gold.optional:
                optional.add(entity.id)
            elif key := next((g.key for g in self._gold.entities if _like(entity, g.type, g.names)), None):
                keys[entity.id] = key
        return keys, exact, optional

    def _entities(self, keys: Mapping[str, str], exact: Collection[str], optional: set[str]) -> None:
        count, seen = self._result.entities, set[str]()
        for entity in self._record.entities:
            key = keys.get(entity.id)
            what = f"{entity.type} {' / '.join(sorted(_names(entity)))} ({entity.id})"
            place = (entity.mentions[0].start, entity.mentions[0].end) if entity.mentions else None
            if key is None and entity.id not in optional:
                count.wrong += 1
                self._differ("entity wrong", what, place)
            elif key in seen:  # one thing read as two
                count.wrong += 1
                self._differ("entity doubled", f"{what} beside another for {self._label[key]}", place)
            elif key is not None:
                seen.add(key)
            # Two things read as one.
            merged = [g.names[0] for g in self._gold.entities if _same(entity, g.type, g.names)]
            if len(merged) > 1:
                count.wrong += 1
                self._differ("entity merged", f"{what} for {' and '.join(merged)}", place)
        for wanted in self._gold.entities:
            if wanted.key not in seen:
                count.missed += 1
                self._differ("entity missed", f"{wanted.type} {' / '.join(wanted.names)}", self._place(wanted.names[0]))
        count.right += len(seen)
        self._result.boundary.right += len(exact)
        self._result.boundary.of += len(seen)

    def _wanted(self) -> tuple[dict[Key, GoldTriple], set[Key]]:
        """The facts that are to be found, and those that may be."""
        facts = [(self._key(t.head, t.relation, t.tail), t) for t in self._gold.triples]
        wanted = {key: t for key, t in facts if t.level != "may"}
        return wanted, {key for key, t in facts if t.level == "may"}

    def _found(
        self, keys: Mapping[str, str], optional: set[str], stated: Collection[Key]
    ) -> tuple[dict[Key, Triple], dict[Key, Triple], set[frozenset[str]]]:
        """Facts that the gold has, facts that it does not have, each with its first triple, and all pairs tied."""
        found: dict[Key, Triple] = {}
        wrong: dict[Key, Triple] = {}
        pairs: set[frozenset[str]] = set()
        for triple in self._record.triples:
            ends = (triple.subject, triple.object)
            if triple.relation not in self._relations or not optional.isdisjoint(ends):
                continue
            if all(end in keys for end in ends):
                head, tail = keys[triple.subject], keys[triple.object]
                pairs.add(frozenset((head, tail)))
            else:  # wrong for certain, and told by the record's own ids, which are marked so that they are nobody's key
                head, tail = (f"\0{end}" for end in ends)
            key = self._key(head, triple.relation, tail)
            (found if key in stated else wrong).setdefault(key, triple)
        return found, wrong, pairs

    def _triples(
        self, wanted: Mapping[Key, GoldTriple], found: Mapping[Key, Triple], wrong: Mapping[Key, Triple]
    ) -> None:
        result = self._result
        for key, triple in wanted.items():
            read = found.get(key)
            same = read is not None and read.modality == triple.modality
            if read is not None:
                for count in (result.triples, result.relation(triple.relation)):
                    count.right += 1
                result.modality.add(same)
            else:
                for count in (result.triples, result.relation(triple.relation)):
                    count.missed += 1
                what = self._line(triple)
                self._differ("triple missed", what, self._place(triple.evidence), triple.evidence)
            if triple.level == "must":
                result.must.add(read is not None)
            for count in (result.full, result.modalities[triple.modality]):
                if same:
                    count.right += 1
                else:
                    count.missed += 1
            if read is not None and not same:
                for count in (result.full, result.modalities[read.modality]):
                    count.wrong += 1
                line = self._record.line(read) + (" [asserted]" if read.modality == "asserted" else "")
                what = f"{line}, not {triple.modality}"
                self._differ("modality wrong", what, _evidence(read))
        for extra in wrong.values():
            for count in (result.triples, result.relation(extra.relation), result.full):
                count.wrong += 1
            result.modalities[extra.modality].wrong += 1
            self._differ("triple wrong", self._record.line(extra), _evidence(extra))

    def _key(self, head: str, relation: str, tail: str) -> Key:
        """A fact; of a symmetric relation the same in either direction."""
        return (tail, relation, head) if relation in self._symmetric and tail < head else (head, relation, tail)

    def _line(self, triple: GoldTriple) -> str:
        line = f"{self._label[triple.head]}–{triple.relation}–{self._label[triple.tail]}"
        return line if triple.modality == "asserted" else f"{line} [{triple.modality}]"

    def _place(self, quote: str) -> tuple[int, int] | None:
        start = self._gold.document.text.find(quote) if quote else -1
        return None if start < 0 else (start, start + len(quote))

    def _differ(self, kind: Kind, what: str, place: tuple[int, int] | None, quote: str = "") -> None:
        text = self._gold.document.text
        context = quote
        if place:
            low, high = max(0, place[0] - _AROUND), place[1] + _AROUND
            context = ("…" if low else "") + text[low:high] + ("…" if high < len(text) else "")
        start, end = place or (None, None)
        self._result.differences.append(Difference(self._gold.document.id, kind, what, start, end, context))


def _names(entity: Entity) -> frozenset[str]:
    return frozenset(mention.text for mention in entity.mentions)


def _same(entity: Entity, type_: str, names: Collection[str]) -> bool:
    return entity.type == type_ and not _names(entity).isdisjoint(names)


def _like(entity: Entity, type_: str, names: Collection[str]) -> bool:
    """Whether one of the names stands inside the other; a single character says too little."""
    return entity.type == type_ and any(
        len(a) > 1 and len(b) > 1 and (a in b or b in a) for a in _names(entity) for b in names
    )


def _evidence(triple: Triple) -> tuple[int, int] | None:
    return (triple.evidence[0].start, triple.evidence[0].end) if triple.evidence else None
