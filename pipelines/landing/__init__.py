"""Landing: files → documents and rejects.

What belongs here: one reader a format, decoding, page furniture, publication date, language, manifests, and the walk
over a folder that ties them together. Furniture, datelines and old encodings are data (`patterns/`, `encodings/`).
What does not: anything about what an article says, and anything that stores what was read.
"""

from pipelines.landing.folder import read_folder
from pipelines.landing.reading import FILE_SCHEMA, SKIP_SCHEMA, Batch
from pipelines.landing.version import READER_VERSION

__all__ = ["FILE_SCHEMA", "READER_VERSION", "SKIP_SCHEMA", "Batch", "read_folder"]
