select weapon_category, name_en, name_vi, wassenaar_ml, unroca_category, sipri_category, definition
from {{ ref("weapon_categories") }}
