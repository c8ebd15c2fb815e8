"""News-like articles in Traditional Chinese, made up from the built-in names and invented sentences; any number of them.

    python benchmarks/articles.py --count 100000 --seed 1 -o news.jsonl     # one article a line
    python benchmarks/articles.py --count 100000 --seed 1 -o news/          # one .txt file an article

The same seed, dictionaries and `articles.toml` give the same bytes, on every version of Python: only `Random.random()` is
drawn from, whose sequence is promised to stay. Article n is the same whatever the count.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypedDict, TypeVar

HERE = Path(__file__).resolve().parent
DICTIONARIES = HERE.parent / "dictionaries"
A_FOLDER = 1000  # files a subfolder
STATED = 0.6  # the share of paragraphs about firms that state a relation
GENERAL = 0.45  # the share of paragraphs about none
FIRST_DAY = date(2024, 1, 1)
# Code points of an article, its twentieths: the median is 600, the tail is long, as in the papers.
LENGTHS = (170, 240, 300, 350, 400, 440, 480, 520, 560, 590, 610, 640, 680, 730, 800, 880, 980, 1150, 1500, 2400)

Item = TypeVar("Item")


class Article(TypedDict):
    """One line of a .jsonl file of articles."""

    id: str
    title: str
    date: str
    text: str


def articles(count: int, seed: int = 1, general: float = GENERAL, first: int = 0) -> Iterator[Article]:
    """`count` articles from number `first` on; a share `general` of their paragraphs names no firm.

    The text begins with the title on a line of its own.
    """
    names, parts = _names(), tomllib.loads((HERE / "articles.toml").read_text("utf-8"))
    for number in range(first, first + count):
        yield _article(number, Random(f"{seed}/{number}"), names, parts, general)


def write_articles(output: Path, count: int, seed: int = 1, general: float = GENERAL) -> int:
    """Writes `count` articles to `output`, a .jsonl file or a folder of .txt files; returns the bytes of text written."""
    if output.suffix != ".jsonl":
        return sum(_write_text(output, article) for article in articles(count, seed, general))
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("w", encoding="utf-8", newline="\n") as file:
        size = 0
        for article in articles(count, seed, general):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
            size += len(article["text"].encode("utf-8"))
        return size


def _write_text(folder: Path, article: Article) -> int:
    content = article["text"].encode("utf-8")
    path = folder / f"{int(article['id'][5:]) // A_FOLDER:05d}" / f"{article['id']}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return len(content)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that articles are cast from. `heads`: firm → its people as (title, name)."""

    led: list[str]
    firms: list[str]
    heads: dict[str, list[tuple[str, str]]]
    officials: list[str]
    bodies: list[str]
    places: list[str]
    parks: list[str]
    policies: list[str]


class _Cast(dict[str, str]):
    """What fills the slots of one article: names stay the same through it, dates and amounts are drawn anew."""

    def __init__(self, random: Random, names: _Names, parts: dict[str, Any], day: date) -> None:
        super().__init__()
        self.random, self._names, self._parts, self._day = random, names, parts, day
        self["a"] = firm = _often_the_first(random, names.led)
        title, head = _pick(random, names.heads[firm])
        self["pa"], self["na"] = f"{firm}{title}{head}", head

    def __missing__(self, slot: str) -> str:
        drawn = self._drawn(slot)
        if slot in ("b", "c", "d", "pb", "o", "o2", "g", "g2", "l", "l2", "t", "y", "y2"):
            self[slot] = drawn
        return drawn

    def _drawn(self, slot: str) -> str:
        random, names, parts = self.random, self._names, self._parts
        match slot:
            case "b" | "c" | "d":
                return self._other(names.firms)
            case "pb":
                firm = self._other(names.led)
                return firm + "".join(_pick(random, names.heads[firm]))
            case "o" | "o2":
                return self._other(names.officials)
            case "g" | "g2":
                return self._other(names.bodies)
            case "l" | "l2":
                return self._other(names.places)
            case "t":
                return _pick(random, names.parks)
            case "y" | "y2":
                return f"《{policy}》" if (policy := self._other(names.policies)).endswith(("法", "條例")) else policy
            case "when":
                return _pick(
                    random, ("昨日", "昨", "今天", "日前", "上週", "本週", "近日", f"{self._day.day}日", self._on())
                )
            case "past":
                return _pick(
                    random, ("今年以來", "上個月", "去年第四季", "前三季", "上半年", "去年", f"{self._day.year}年")
                )
            case "soon":
                return _pick(
                    random, ("明年", "下個月", "年底", "下半年", "第三季", f"{self._day.year + 1}年", self._on(60))
                )
            case "time":
                return _pick(random, ("三年", "五年", "十年", "兩個月", "四天", "半年", "一週"))
            case "money":
                return f"{self._number(900)}{_pick(random, ('億元', '億元', '億元', '萬元', '億日圓', '億美元'))}"
            case "usd":
                return f"{self._number(90)}億美元"
            case "pc":
                return _pick(
                    random, (f"{self._number(60)}%", f"{self._number(30)}.{self._number(9)}%", "三成", "一成五", "四成")
                )
            case "int":
                return str(self._number(2000))
            case "who":
                return _pick(random, parts["surnames"]) + _pick(random, parts["given"]) + _pick(random, parts["given"])
            case _:
                return str(_pick(random, parts[f"{slot}s"]))

    def _other(self, names: Sequence[str]) -> str:
        """A name that the article does not have yet."""
        drawn = _often_the_first(self.random, names)
        while drawn in self.values():
            drawn = _often_the_first(self.random, names)
        return drawn

    def _on(self, later: int = 0) -> str:
        day = self._day + timedelta(later)
        return f"{day.month}月{day.day}日"

    def _number(self, below: int) -> int:
        return 1 + int(self.random.random() ** 2 * below)


def _article(number: int, random: Random, names: _Names, parts: dict[str, Any], general: float) -> Article:
    day = FIRST_DAY + timedelta(number % 700)
    cast = _Cast(random, names, parts, day)
    title = _pick(random, parts["titles"]).format_map(cast)
    paragraphs, length, wanted = [title], len(title), _pick(random, LENGTHS)
    while length + 70 < wanted:  # half a paragraph
        told = len(paragraphs) == 1 or random.random() >= general
        if told and len(paragraphs) > 2 and random.random() < 0.5:
            cast = _next_cast(cast)
        paragraph = _told(cast, parts) if told else "".join(_general(cast, parts) for _ in range(2))
        paragraphs.append(paragraph)
        length += len(paragraph)
    return Article(id=f"news-{number:08d}", title=title, date=day.isoformat(), text="\n\n".join(paragraphs) + "\n")


def _next_cast(cast: _Cast) -> _Cast:
    """The same article with other partners: what it is about stays."""
    for slot in set(cast) - {"a", "pa", "na"}:
        del cast[slot]
    return cast


def _told(cast: _Cast, parts: dict[str, Any]) -> str:
    """A paragraph about firms, people or bodies; most state something about them."""
    random = cast.random
    frames = [_pick(random, parts["leads"]) + _pick(random, parts["relations"])] if random.random() < STATED else []
    if not frames or random.random() < 0.7:
        frames.append(_pick(random, parts["mentions"]))
    return "".join(frame.format_map(cast) + "。" for frame in frames) + _general(cast, parts)


def _general(cast: _Cast, parts: dict[str, Any]) -> str:
    return "".join(_pick(cast.random, row) for row in _pick(cast.random, parts["general"])).format_map(cast)


def _pick(random: Random, items: Sequence[Item]) -> Item:
    return items[int(random.random() * len(items))]


def _often_the_first(random: Random, items: Sequence[str]) -> str:
    """The news are about few names most of the time, and about each once in a while."""
    return items[int(random.random() ** 3 * len(items))]


def _names() -> _Names:
    firms = _read("companies-twse.csv", "companies-tpex.csv", "companies-world.csv", "companies-japan.csv")
    people = _read("people.csv", "people-listed.csv")
    bodies, places = _read("organizations.csv"), _read("places.csv")
    firm_names = {row["id"]: row["name"] for row in firms if _plain(row)}
    public = {row["id"]: row["name"] for row in (*bodies, *places) if _plain(row)}
    heads: dict[str, list[tuple[str, str]]] = defaultdict(list)
    officials = []
    for row in people:
        if not _plain(row):
            continue
        for post in filter(None, row["posts"].split("|")):
            title, body, _ = post.split(":")
            if title.startswith("前"):
                continue
            if body in firm_names:
                heads[firm_names[body]].append((title, row["name"]))
            elif body in public:
                officials.append(_joined(public[body], title) + row["name"])
    kinds = {
        kind: [row["name"] for row in places if _plain(row) and row["kind"] in kind.split()]
        for kind in ("country city", "park")
    }
    return _Names(
        led=_shuffled(heads),
        firms=_shuffled(firm_names.values()),
        heads=dict(heads),
        officials=_shuffled(officials),
        bodies=_shuffled(row["name"] for row in bodies if _plain(row) and row["country"] == "taiwan"),
        places=_shuffled(kinds["country city"]),
        parks=_shuffled(kinds["park"]),
        policies=_shuffled(row["name"] for row in _read("policies.csv") if _plain(row)),
    )


def _joined(body: str, title: str) -> str:
    """經濟部 and 部長, 經濟部 and 經濟部長: 經濟部長."""
    overlap = next((n for n in range(min(len(body), len(title)), 0, -1) if body.endswith(title[:n])), 0)
    return body + title[overlap:]


def _plain(row: dict[str, str]) -> bool:
    """A name of two characters or more that counts without support."""
    return len(row["name"]) > 1 and row["name"] not in row["weak_aliases"].split("|")


def _read(*files: str) -> list[dict[str, str]]:
    rows = []
    for file in files:
        with (DICTIONARIES / file).open(encoding="utf-8-sig", newline="") as lines:
            rows += list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return rows


def _shuffled(names: Iterable[str]) -> list[str]:
    """Each name once, in an order that depends on the names alone."""
    return sorted(dict.fromkeys(names), key=lambda name: Random(name).random())


def main() -> None:
    parser = argparse.ArgumentParser(description="Write news-like articles in Traditional Chinese.")
    parser.add_argument("--count", type=int, default=1000, help="how many articles (1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other articles (1)")
    parser.add_argument("--general", type=float, default=GENERAL, help=f"share of paragraphs about no firm ({GENERAL})")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a .jsonl file, or a folder of .txt files")
    given = parser.parse_args()
    size = write_articles(given.output, given.count, given.seed, given.general)
    print(f"{given.output}: {given.count} articles, {size} bytes of text")


if __name__ == "__main__":
    main()
