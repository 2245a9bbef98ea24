{{ corrected_reports("meeting") }}
