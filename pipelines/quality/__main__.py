"""`python -m pipelines.quality`: the score on the cases, as the table of docs/limits.md."""

from pipelines.contract import FACT_TYPES
from pipelines.lexicons import load_lexicon
from pipelines.quality import CASE_FOLDERS, judge, known_gaps, load_cases, score

lexicon = load_lexicon()
print(f"Extractor {lexicon.version}\n")
print(f"| language | cases | right | known gaps | {' | '.join(f'F1 {name}' for name in FACT_TYPES)} |")
print(f"|---|{'---:|' * (3 + len(FACT_TYPES))}")
for language, folder in CASE_FOLDERS.items():
    cases = load_cases(folder)
    verdicts = list(judge(cases, language, lexicon).values())
    f1 = " | ".join(f"{score(verdicts, fact_type).f1:.3f}" for fact_type in FACT_TYPES)
    right = sum(verdict.right for verdict in verdicts)
    print(f"| {language} | {len(cases)} | {right} | {len(known_gaps(folder))} | {f1} |")
