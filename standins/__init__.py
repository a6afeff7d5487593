"""Local servers that answer like the sources; never imported by the product."""
