"""Language as data, and the loader that makes one picklable `Lexicon` of it.

What belongs here: `<language>/*.yaml` (words, frames, cues) and the reading of these and of `seeds/reference/*.csv`.
What does not: any decision about a text; that is `pipelines.extraction`.
"""

from pipelines.lexicons.loader import lexicon_version, load_lexicon
from pipelines.lexicons.model import Entry, Lexicon, Pack

__all__ = ["Entry", "Lexicon", "Pack", "lexicon_version", "load_lexicon"]
