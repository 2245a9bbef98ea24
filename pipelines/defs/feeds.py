"""Feeds -> pages in the landing folder, before it is read. Does nothing until the list of feeds is switched on."""

import dagster as dg

from pipelines.defs.progress import say
from pipelines.defs.resources import OWNERS, Run
from pipelines.feeds import FOLDER, Polite, harvest, load_feeds


@dg.asset(
    group_name="landing",
    owners=OWNERS,
    kinds={"http", "file"},
    tags={"layer": "landing"},
    description="Grain: one file per article that a feed of `seeds/feeds.yaml` (FEEDS) named. Off unless that list is "
    "`enabled`. robots.txt is kept to, requests are conditional and spaced out; a feed that fails stops nothing.",
)
def fetched_articles(context: dg.AssetExecutionContext, run: Run) -> dg.MaterializeResult:
    """Fetch what the feeds have new."""
    settings = run.settings
    feeds = load_feeds(settings.feeds)
    if not feeds.enabled:
        return dg.MaterializeResult(metadata={"fetched": 0, "feeds": f"off in {settings.feeds}"})
    lines = ["| feed | fetched | known | waiting | problems |", "| --- | ---: | ---: | ---: | ---: |"]
    fetched = 0
    with Polite(feeds.contact, feeds.seconds_between_requests) as guest:
        for result in harvest(feeds, settings.landing, guest):
            fetched += result.fetched
            say(context, f"{result.feed}: {result.fetched} articles fetched, {len(result.problems)} problems")
            for problem in result.problems:
                context.log.warning(f"{result.feed}: {problem}")
            lines.append(
                f"| {result.feed} | {result.fetched} | {result.known} | {result.waiting} | {len(result.problems)} |"
            )
    return dg.MaterializeResult(
        metadata={
            "fetched": fetched,
            "folder": dg.MetadataValue.path(str(settings.landing / FOLDER)),
            "feeds": dg.MetadataValue.md("\n".join(lines)),
        }
    )
