"""Runs on a Dask cluster: one machine's processes, or as many machines as there are.

`run` is all that the command line needs; `records` reads an output back. Both want the extra ``cluster``.
"""

from __future__ import annotations

from extractor.cluster.entry import records, run

__all__ = ["records", "run"]
