"""Dynamic tables of the WebAPI: finding, decoding and reading those of PDRB."""
