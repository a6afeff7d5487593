"""What is kept of the page's people: themselves, their links, sessions and tries, and what they did."""
