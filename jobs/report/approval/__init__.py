"""Drafts that wait until a person approves them, and what becomes of them."""
