"""Stories: which documents are one text, told again by other outlets.

What belongs here: what makes two texts alike, as signatures that are compared instead of texts. What does not: which
document joins which story (`loading`, which has them all), and what a text says (`extraction`).
"""

from pipelines.stories.signatures import PLACES, SIGNATURE_SCHEMA, SIGNATURE_VERSION, sign

__all__ = ["PLACES", "SIGNATURE_SCHEMA", "SIGNATURE_VERSION", "sign"]
