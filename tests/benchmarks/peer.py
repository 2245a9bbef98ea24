"""underthesea on a list of texts from standard input (JSON); prints MB/s of word segmentation and of NER.

NER, some hundred times slower, gets every tenth text. Runs in `.venv-bench`, so it imports nothing of the project.
"""

import json
import sys
import time

from underthesea import ner, word_tokenize


def _speed(work, texts: list[str]) -> float:
    work("Hà Nội là thủ đô của Việt Nam.")  # loads the model
    started = time.process_time()
    for text in texts:
        work(text)
    return sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - started)


texts = json.load(sys.stdin)
print(json.dumps({"segmentation": _speed(word_tokenize, texts), "ner": _speed(ner, texts[::10])}))
