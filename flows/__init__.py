"""Prefect flows and tasks: thin, they call the jobs.

The docstring of a flow is what the Prefect UI shows a technician, with its arguments as the help of the form:
it is Indonesian, unlike any other.
"""
