"""The cluster: one that is there, or one on this machine for the time of a job."""

from __future__ import annotations

import importlib
import logging
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from typing import Any

from distributed import Client, LocalCluster

from extractor.errors import ExtractorError

LOCAL = "local"
_NEEDED = "extractor.cluster.work"
PATIENCE = 20  # seconds for the scheduler to answer, and for the first worker to join


@contextmanager
def connect(scheduler: str, workers: int | None = None) -> Iterator[Client]:
    """A client of the scheduler at an address such as ``tcp://head:8786``, or of one of our own, which is `local`, with
    `workers` processes (None: one a core). Where it has no worker yet, one is waited for.

    ExtractorError where there is no scheduler, no worker, or one without this program.
    """
    with ExitStack() as stack:
        if scheduler == LOCAL:
            cluster = stack.enter_context(_local_cluster(workers))
            # One that dies is started again, also where that fails once: the machine may be out of memory for a moment.
            cluster.adapt(minimum=len(cluster.workers), maximum=len(cluster.workers))
            client = stack.enter_context(Client(cluster))
        else:
            client = stack.enter_context(_reach(scheduler))
        _check(client, scheduler)
        yield client


def _local_cluster(workers: int | None) -> LocalCluster:
    # What is started meanwhile never gets a Ctrl-C of the terminal: the job decides when it ends.
    resource_tracker.ensure_running()  # which would let it in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if hasattr(signal, "pthread_sigmask") else None
    try:
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=0,  # a part is written as it is made; what a document may take has a limit of its own
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _reach(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        why = " ".join(str(error).split()) or "no answer"
        raise ExtractorError(
            f"{scheduler}: no scheduler can be reached ({why}); start one with `dask scheduler` and workers with "
            f"`dask worker {scheduler}`, or give --scheduler {LOCAL}"
        ) from None


def _check(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ExtractorError(
            f"{scheduler}: has no worker; start some with `dask worker {scheduler} --nworkers auto --nthreads 1`"
        ) from None
    answers: dict[str, Any] = client.run(importlib.import_module, _NEEDED, on_error="return")
    for address, answer in sorted(answers.items()):
        if isinstance(answer, BaseException):
            raise ExtractorError(f"{address}: the worker cannot import extractor ({answer}); install it there")
