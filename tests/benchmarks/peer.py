"""underthesea on a list of texts from standard input (JSON); prints seconds of word segmentation and of NER.

Runs in `.venv-bench`, so it imports nothing of the project.
"""

import json
import sys
import time

from underthesea import ner, word_tokenize


def _seconds(work, texts: list[str]) -> float:
    work("Hà Nội là thủ đô của Việt Nam.")  # loads the model
    started = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - started


texts = json.load(sys.stdin)
print(json.dumps({"segmentation": _seconds(word_tokenize, texts), "ner": _seconds(ner, texts)}))
