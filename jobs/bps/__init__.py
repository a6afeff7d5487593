"""Looking at BPS, keeping what it says, and what indicators take of it."""
