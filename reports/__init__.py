"""Builds the content of the report from data and renders it."""
