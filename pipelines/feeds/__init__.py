"""Feeds: RSS and Atom → article pages in the landing folder, fetched politely.

What belongs here: the list of feeds, asking a site no more than it allows, and putting pages where `landing` finds
them, with a manifest. What does not: reading a page (`landing`). Off unless `seeds/feeds.yaml` says otherwise; this is
the only room that speaks to the network.
"""

from pipelines.feeds.config import Feed, FeedList, FeedListError, load_feeds
from pipelines.feeds.harvest import FOLDER, Harvest, harvest
from pipelines.feeds.polite import Polite

__all__ = ["FOLDER", "Feed", "FeedList", "FeedListError", "Harvest", "Polite", "harvest", "load_feeds"]
