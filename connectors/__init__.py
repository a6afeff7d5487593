"""One module per source: each turns bytes into typed rows and knows nothing of the database."""
