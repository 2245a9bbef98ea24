"""The bounds that keep one bad file from taking the memory or the time of a whole run."""

MAX_ARTICLE_BYTES = 8 * 2**20  # one text file, page or line; a long article has 50 KB
MAX_MANIFEST_BYTES = 64 * 2**20
MAX_TAG_DEPTH = 250  # libxml2 gives up at 256
MAX_RATIO = 200  # decompressed to compressed, once past MIN_BOMB_BYTES; news text has 3 to 10
MIN_BOMB_BYTES = 64 * 2**20
MAX_REJECTS_PER_FILE = 1000  # further ones are counted in one row
MAX_CHUNK_BYTES = 4 * 2**20  # text that one call of a worker gets, at most one article more
MAX_TITLE = 300
MAX_FIELD = 2000
