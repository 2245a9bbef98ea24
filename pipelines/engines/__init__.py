"""Engines: the kernel run over many batches.

What belongs here: how batches reach `pipelines.extraction.extract` and what comes of each: in this process or in a pool
of them. What does not: what a text says (`extraction`), and where documents come from or reports go (`loading`).
"""

from pipelines.engines.batches import Extracted, extract_batch
from pipelines.engines.local import engine
from pipelines.engines.pool import process_map

__all__ = ["Extracted", "engine", "extract_batch", "process_map"]
