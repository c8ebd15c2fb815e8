"""A job on two workers: the same records as on one machine, whatever happens to the workers and to the job."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sources import lines, undisturbed, write_sources

from extractor.batch.tally import Tally
from extractor.cluster import equipment, records, run
from extractor.cluster import scheduler as clusters
from extractor.errors import ExtractorError
from extractor.filters import Filter
from helpers import write_folder

PART = 2000  # bytes: several parts of a few small files


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_sources(tmp_path / "news")


@pytest.fixture
def job(scheduler: str, dictionary: Path) -> Callable[..., Tally]:
    """`job(source, output)` runs on the cluster."""

    def run_(source: Path | str, output: Path | str, **options: Any) -> Tally:
        given = {"scheduler": scheduler, "dictionaries": [dictionary], "builtin": False, "part_bytes": PART} | options
        return run(str(source), str(output), **given)

    return run_


def files(output: Path) -> dict[str, tuple[int, bytes]]:
    """What is in an output, and when each file of it was written."""
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in output.iterdir()}


def parts(output: Path) -> int:
    return len(list(output.glob("part-*.documents.parquet")))


def test_the_records_are_those_of_one_machine(
    job: Callable[..., Tally], news: Path, dictionary: Path, tmp_path: Path
) -> None:
    failures: list[str] = []
    totals: list[int] = []
    tally = job(news, tmp_path / "out", failure=failures.append, total=totals.append)
    found, failed = undisturbed(news, dictionary)
    assert parts(tmp_path / "out") > 3
    assert list(records(str(tmp_path / "out"))) == found
    assert sorted(failures) == sorted(failed) != []
    assert (tally.documents, tally.triples) == (len(found), sum(len(record.triples) for record in found))
    assert tally.failures == {"unreadable": len(failed)}
    assert totals == [tally.seen]
    assert len({record.id for record in found}) == len(found)


def test_one_large_file_is_read_by_all_workers(job: Callable[..., Tally], dictionary: Path, tmp_path: Path) -> None:
    source, output = tmp_path / "all.jsonl", tmp_path / "out"
    source.write_text("\n" + lines(0, 90) + "no JSON\n" + lines(90, 30).rstrip("\n"), encoding="utf-8")
    failures: list[str] = []
    job(f"file://{source}", f"file://{output}", failure=failures.append)
    found, failed = undisturbed(source, dictionary)
    assert parts(output) > 4
    assert list(records(f"file://{output}")) == [replace(record, source=f"file://{source}") for record in found]
    assert [line.removeprefix("file://") for line in failures] == failed != []


def test_what_is_there_is_not_made_again(job: Callable[..., Tally], news: Path, tmp_path: Path) -> None:
    first = job(news, tmp_path / "out")
    before = files(tmp_path / "out")
    failures: list[str] = []
    again = job(news, tmp_path / "out", failure=failures.append)
    after = files(tmp_path / "out")
    assert {name: after[name] for name in before if name.startswith("part-")} == {
        name: what for name, what in before.items() if name.startswith("part-")
    }
    assert {name: content for name, (_, content) in after.items()} == {name: c for name, (_, c) in before.items()}
    assert (again.documents, again.skipped, again.failures) == (0, first.documents, first.failures)
    assert len(failures) == first.failed


def test_what_is_changed_or_missing_is_made_again(
    job: Callable[..., Tally], news: Path, dictionary: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    job(news, output)
    before = files(output)
    (news / "a/00.txt").write_text("瑪瑙與日曜換股。", encoding="utf-8")  # in the first part
    (output / "part-00002.documents.parquet").unlink()  # killed between the two files
    (output / "part-00003.triples.parquet").write_bytes(b"PAR1")  # cut off
    (output / "part-00099.triples.parquet").write_bytes(b"")  # of an earlier job that had more
    (output / ".draft-0.part-00001.triples.parquet").write_bytes(b"")
    job(news, output)
    after = files(output)
    assert after.keys() == before.keys()
    again = {name[:10] for name in before if name.startswith("part-") and after[name][0] != before[name][0]}
    assert again == {"part-00000", "part-00002", "part-00003"}
    assert list(records(str(output))) == undisturbed(news, dictionary)[0]


@pytest.mark.parametrize("options", [{"dictionaries": []}, {"force": True}, {"keep": Filter(inferred=False)}])
def test_other_knowledge_other_filters_and_force_make_all_again(
    options: dict[str, Any], job: Callable[..., Tally], tmp_path: Path
) -> None:
    news = write_folder(tmp_path / "news", {"a.txt": "瑪瑙與日曜換股。"})
    job(news, tmp_path / "out")
    assert job(news, tmp_path / "out").skipped == 1
    assert job(news, tmp_path / "out", **options).documents == 1


def test_a_killed_worker_costs_nothing(
    job: Callable[..., Tally], scheduler: str, news: Path, dictionary: Path, tmp_path: Path
) -> None:
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        victims = list(client.run(os.getpid).values())[:1]

    def kill_one(tally: Tally) -> None:
        if victims:  # the first part is there, others are in hand
            os.kill(victims.pop(), signal.SIGKILL)

    tally = job(news, tmp_path / "out", watch=kill_one)
    found, failed = undisturbed(news, dictionary)
    assert victims == []
    assert list(records(str(tmp_path / "out"))) == found
    # A part that the killed worker had just written is found there, and skipped, when it is asked for again.
    assert tally.seen == len(found) + len(failed)


def test_an_output_of_other_sources_is_left_alone(job: Callable[..., Tally], news: Path, tmp_path: Path) -> None:
    job(news / "a", tmp_path / "out")
    with pytest.raises(ExtractorError, match=r"out: was made from .*/a; give a folder of its own for .*/news$"):
        job(news, tmp_path / "out")


def test_an_unfinished_output_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"has no manifest\.json$"):
        list(records(str(tmp_path)))


def test_a_missing_source(job: Callable[..., Tally], tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="no such file or folder"):
        job(tmp_path / "none", tmp_path / "out")


def test_a_worker_of_another_version(
    job: Callable[..., Tally], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(equipment, "__version__", "9.9.9")  # of this process, not of the workers
    with pytest.raises(ExtractorError, match=r"^tcp://\S+: the worker has extractor .* \(extractor 9\.9\.9\); install"):
        job(news, tmp_path / "out")


def test_no_scheduler(job: Callable[..., Tally], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 0.2)
    with pytest.raises(ExtractorError, match=r"^tcp://127\.0\.0\.1:9: no scheduler can be reached .* `dask scheduler`"):
        job(news, tmp_path / "out", scheduler="tcp://127.0.0.1:9")
