{{ corrected_reports("sanction") }}
