"""The published warehouse -> one page for those who would rather look than query.

What belongs here: reading the marts, the page's own code and texts (`page/`), libraries of others that it carries
(`vendor/`), and putting a new edition in the old one's place. Only what the public contract of the warehouse promises
is read. Nothing here knows when or why an edition is made.
"""

from pipelines.brief.edition import Edition, write_edition

__all__ = ["Edition", "write_edition"]
