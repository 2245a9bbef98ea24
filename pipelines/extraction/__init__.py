"""Documents -> reports. Pure: Arrow in, Arrow out; knows neither Dagster, nor DuckDB, nor files."""

from pipelines.extraction.kernel import Reports, extract

__all__ = ["Reports", "extract"]
