"""Quality: how right the extractor is on sentences whose rows are known.

What belongs here: reading `tests/cases*/*.yaml`, comparing what comes out with what each case owes, and the score.
What does not: the cases themselves, which are test data, and where a score is shown (`tests`, `defs`).
"""

from pipelines.quality.cases import CASE_FOLDERS, cases_version, known_gaps, load_cases
from pipelines.quality.score import Score, judge, score
from pipelines.quality.verdicts import Verdict

__all__ = ["CASE_FOLDERS", "Score", "Verdict", "cases_version", "judge", "known_gaps", "load_cases", "score"]
