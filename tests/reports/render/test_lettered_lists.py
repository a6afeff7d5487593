"""Paragraphs lettered by hand become a list; anything else stays as it was written."""

from reports.render.environment import lettered


def test_lettered_paragraphs_become_a_list():
    html = lettered("<p>Fungsi:</p>\n<p>a. satu;</p>\n<p>b. dua.</p>\n<p>Lalu.</p>\n")
    assert '<ol type="a">\n<li>satu;</li>\n<li>dua.</li>\n</ol>' in html
    assert html.startswith("<p>Fungsi:</p>")
    assert html.endswith("<p>Lalu.</p>\n")


def test_letters_out_of_order_stay_paragraphs():
    html = "<p>b. dua</p>\n<p>a. satu</p>\n"
    assert lettered(html) == html


def test_a_single_letter_is_no_list():
    html = "<p>a. n. Bupati</p>\n"
    assert lettered(html) == html
