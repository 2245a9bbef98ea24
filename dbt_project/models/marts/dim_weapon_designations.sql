select designation, weapon_category, maker_country, coalesce(string_split(aliases, '|'), []) as aliases
from {{ ref("weapon_designations") }}
