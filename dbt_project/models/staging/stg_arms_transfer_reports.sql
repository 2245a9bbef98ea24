{{ corrected_reports("arms_transfer") }}
