"""Files that people send by the page: looked at apart, shown, then taken in or not."""
