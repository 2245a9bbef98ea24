select source_path as file, language, sum(articles)::bigint as article_count
from {{ source("store", "skipped_articles") }}
group by source_path, language
