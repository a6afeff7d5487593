"""The page's people: accounts, signing in, and what they did."""
