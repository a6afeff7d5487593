"""Keeping what an office has: a copy to lay aside, bringing it back, and proving that nothing was lost."""
