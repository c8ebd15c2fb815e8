"""The curator's hand: single rows into a folder of one's own, checked against all that is in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from extractor.choices import nearest
from extractor.curation.editing import EditedFile, alone
from extractor.curation.known import Known, load_known
from extractor.curation.names import holds, name_key
from extractor.curation.rows import FILE_OF, Row, columns_of, make_id, wrong_rows
from extractor.errors import ExtractorError
from extractor.knowledge.dictionary import COMMON, Entry, Ignored
from extractor.records import EntityType

_START = tuple(column for column in COMMON if column != "support")
_COMMENTS = {
    "company": "Companies, besides the built-in ones.",
    "person": "People, besides the built-in ones.",
    "policy": "Laws, programmes and agreements, besides the built-in ones.",
    "organization": "Organizations, besides the built-in ones.",
    "place": "Places, besides the built-in ones.",
    "ignore": "What is never a name.",
}


class AlreadyThereError(ExtractorError):
    """What was to be added is there: `what` (an id, a name, a code) is that of `entry`."""

    def __init__(self, what: str, entry: Entry) -> None:
        super().__init__(f"{what} is there already: {entry.name}, {entry.type} {entry.id} ({entry.where})")
        self.what, self.entry = what, entry


class Curator:
    """Writes into the dictionary folder `target`, which is made when it is missing.

    `folders` are those in force; KnowledgeError lists their wrong lines.
    """

    def __init__(self, folders: Sequence[Path], target: Path) -> None:
        here = target.resolve()
        others = [folder for folder in folders if folder.resolve() != here]
        # Like an option, the target is read last.
        self.known: Known = load_known([*others, target])
        self.target = target

    def add(
        self,
        type_: EntityType,
        name: str,
        *,
        en: str = "",
        id_: str = "",
        aliases: Sequence[str] = (),
        weak: Sequence[str] = (),
        codes: Sequence[str] = (),
        force: bool = False,
    ) -> Entry:
        """Adds a thing; returns what was written, with its place.

        ExtractorError where the dictionaries would refuse the row; AlreadyThereError, unless `force`, where its id, a strong
        name or a code is there. With `force` an id that is there gets the names and codes that it lacks.
        """
        row = Row(type_, id_, name.strip(), en.strip(), _cleaned(aliases), _cleaned(weak), _cleaned(codes))
        known = self.known.entries.get(id_)
        if known and known.type != type_:
            raise ExtractorError(f"{id_} is the {known.type} at {known.where}; give the {type_} another id")
        if not force:
            self._refuse_known(row)
        row.id = row.id or make_id(row.en, row.name, self.known.entries.__contains__)
        self._refuse_wrong(type_, row.cells())
        return self._write(_additions(row, known) if known else row)

    def join(self, id_: str, names: Sequence[str]) -> Entry:
        """Adds names to the thing with this id; returns what was written, with its place."""
        known = self.known.entries.get(id_)
        if known is None:
            near = nearest(id_, self.known.entries, 1)
            raise ExtractorError(f"no such id {id_!r}" + (f"; did you mean {near[0]}?" if near else ""))
        first, *rest = names
        return self.add(known.type, first, id_=id_, aliases=rest, force=True)

    def ignore(self, name: str, type_: str = "", context: str = "") -> Ignored:
        """Adds a name to ignore.csv; returns what was written. ExtractorError where it is there already."""
        name, context = name.strip(), context.strip()
        if context and not holds(context, name):
            raise ExtractorError(f"{context!r} is no longer word that holds {name!r}: give one in which it is no name")
        if there := self.known.ignores(name, type_, context):
            raise ExtractorError(f"{name} is ignored already ({there.where})")
        row = {"name": name, "type": type_, "context": context}
        self._refuse_wrong("ignore", row)
        with self.editing("ignore") as files:
            (file := files["ignore"]).add(row)
        ignored = Ignored(name, type_, context, file.where())
        self.known.ignored.append(ignored)
        return ignored

    @contextmanager
    def editing(self, *kinds: str) -> Iterator[dict[str, EditedFile]]:
        """The target's files of these types (or ``ignore``), saved in the end; no other command writes meanwhile."""
        with alone(self.target):
            files = {kind: self._file(kind) for kind in kinds}
            yield files
            for file in files.values():
                file.save()

    def _file(self, kind: str) -> EditedFile:
        columns = columns_of(kind)
        start = columns if kind == "ignore" else _START
        return EditedFile(self.target / FILE_OF[kind], columns, start, _COMMENTS[kind])

    def _write(self, row: Row) -> Entry:
        with self.editing(row.type) as files:
            (file := files[row.type]).put(row.cells())
        entry = row.entry(file.where(row.id))
        self.known.add(entry)
        return entry

    def _refuse_known(self, row: Row) -> None:
        if row.id in self.known.entries:
            raise AlreadyThereError(f"id {row.id}", self.known.entries[row.id])
        for name in filter(None, (row.name, row.en, *row.aliases)):
            if name not in row.weak and (same := self.known.named(name)):
                raise AlreadyThereError(name, same[0])
        for code in row.codes:
            if coded := self.known.coded(code):
                raise AlreadyThereError(code, coded)

    def _refuse_wrong(self, kind: str, cells: dict[str, str]) -> None:
        if not cells["name"]:
            raise ExtractorError("the name is empty")
        for reason in wrong_rows(kind, [cells]).values():
            raise ExtractorError(reason)


def _additions(row: Row, known: Entry) -> Row:
    """What `row` has and `known` has not; its name is one more alias there. ExtractorError where that is nothing."""
    has = {name_key(name) for name in (*known.names, *known.weak)}
    weak = [name for name in row.weak if name_key(name) not in has]
    aliases = [n for n in dict.fromkeys((row.name, *row.aliases)) if name_key(n) not in has and n not in weak]
    en = row.en if not known.en else ""
    if row.en and not en and name_key(row.en) not in has:
        aliases.append(row.en)
    codes = [code for code in row.codes if code.split(":", 1)[1] != known.codes.get(code.split(":", 1)[0])]
    if not (aliases or weak or codes or en):
        raise ExtractorError(f"nothing to add: {known.id} has all of this already ({known.where})")
    return replace(row, name="", en=en, aliases=aliases, weak=weak, codes=codes)


def _cleaned(names: Sequence[str]) -> list[str]:
    """The names without the space around them, each once; one with `|` in it is several, as in a file."""
    return list(dict.fromkeys(filter(None, map(str.strip, "|".join(names).split("|")))))
