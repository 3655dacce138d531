"""Text out of pieces of HTML, as feeds and blogs hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.readers.markup import text_of_fragment


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("نص", "نص"),
        ("", ""),
        ("<p>أول\n  سطر</p><p>ثان</p>", "أول سطر\n\nثان"),
        ("أ<br>ب<br><br>ج", "أ\nب\n\nج"),
        ("<ul><li>أ<li>ب</ul>ج", "أ\nب\n\nج"),
        ("<table><tr><td>أ<td>ب<tr><td>ج</table>", "أ\tب\nج"),
        ("<div><div>أ</div></div><div>ب</div>", "أ\nب"),
        ("قال &laquo;نعم&raquo; &#x627;&amp;", "قال «نعم» ا&"),
        ("أ&nbsp;ب", "أ\u00a0ب"),
        ("أ<script>x<y</script><style>p{}</style><!-- لا -->ب", "أب"),
        ("<pre>أ\n  ب</pre>", "أ\nب"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("<p>غير <b>مغلق", "غير مغلق"),
        ("أ<svg><text>رسم</text></svg>ب", "أب"),
        ("<iframe src='http://127.0.0.1:9/'>لا</iframe>ب", "ب"),
        ("أ\0ب", "أب"),
    ],
)
def test_blocks_become_lines(html: str, text: str) -> None:
    assert text_of_fragment(html) == text


@pytest.mark.parametrize("tag", ["div", "b", "ul", "table", "span"])
def test_nesting_without_end_is_read(tag: str) -> None:
    assert text_of_fragment(f"<{tag}>" * 20_000 + "عميق") == "عميق"


@given(st.text(st.characters(exclude_characters="<&\0\r", exclude_categories=["Cs", "Cc"])))
def test_text_without_markup_stays_but_for_its_white_space(text: str) -> None:
    assert text_of_fragment(text).split() == text.split()
