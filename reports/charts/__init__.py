"""Charts: what is drawn is data, and matplotlib draws it as SVG when it is shown.

They stand in the web page as they are, and in PDF and Word as pictures; legible in black and white.
"""
