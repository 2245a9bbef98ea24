select * from {{ source("store", "corrections") }}
