"""Prefect flows and tasks: thin, they call the jobs."""
