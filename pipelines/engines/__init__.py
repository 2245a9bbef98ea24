"""Engines: the kernel run over many batches.

What belongs here: how batches reach `pipelines.extraction.extract` and what comes of each: in this process, in a pool
of them, on many machines; a module each, and the setting names it. What does not: what a text says (`extraction`), and
where documents come from or reports go (`loading`).
"""

from contextlib import AbstractContextManager
from importlib import import_module

from pipelines.engines.batches import EngineError, Extracted, Mapper, extract_batch, gather
from pipelines.engines.pool import process_map, thread_map
from pipelines.lexicons import Lexicon
from pipelines.settings import Settings

__all__ = ["EngineError", "Extracted", "Mapper", "engine", "extract_batch", "gather", "process_map", "thread_map"]


def engine(settings: Settings, lexicon: Lexicon, documents: int) -> AbstractContextManager[Mapper]:
    """The engine that the settings name, made ready for about so many documents.

    Inside the block it maps batches to what they say, in any order. What it keeps of its own to go on from after a
    crash, it forgets when the block ends well.
    """
    return import_module(f"pipelines.engines.{settings.extractor_engine}").engine(settings, lexicon, documents)
