"""How the HTML report looks: on a screen, light and dark, narrow and wide, and on paper."""

from __future__ import annotations

STYLE = """\
:root{color-scheme:light dark;--ink:#1b1d21;--quiet:#5f666f;--ground:#fff;--line:#c9cdd2;--card:#f6f7f9}
@media screen and (prefers-color-scheme:dark){
:root{--ink:#e4e7eb;--quiet:#a0a8b1;--ground:#1c1d1f;--line:#45494f;--card:#26282b}}
body{margin:0 auto;padding:1.5rem;max-width:72rem;background:var(--ground);color:var(--ink);
font:1rem/1.6 "Noto Naskh Arabic","Noto Naskh Arabic UI","Geeza Pro","Segoe UI","Noto Sans Arabic",sans-serif}
h1{font-size:1.6rem;margin:0}h2{font-size:1.35rem;margin:0}h3{font-size:1rem;margin:1.2rem 0 .3rem}
article{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
small,.source,nav{color:var(--quiet)}.source{font-size:.8rem;margin:.2rem 0;overflow-wrap:anywhere}
a{color:inherit}nav ol{columns:2;column-gap:2rem}
.legend,.mentions{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;padding:0;margin:.4rem 0;list-style:none}
.row{display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:0 1.5rem}
.row p{margin:0;min-height:1.6em;font-size:1.15rem;line-height:2.1;white-space:pre-wrap;overflow-wrap:anywhere}
.page span{-webkit-box-decoration-break:clone;box-decoration-break:clone}
.g{color:var(--quiet)}
.n{text-decoration:none;color:var(--quiet)}.n::before{content:attr(data-n);font-size:.65em;vertical-align:super}
.card{display:block;margin:.3rem 0;padding:.35rem .6rem;border:1px solid var(--line);border-radius:.4rem;
background:var(--card);font-size:.8rem;line-height:1.5;text-decoration:none;overflow-wrap:anywhere}
table{display:block;overflow-x:auto;border-collapse:collapse;width:100%;font-size:.82rem}
th,td{border:1px solid var(--line);padding:.3rem .45rem;text-align:start;vertical-align:top;white-space:pre-line;
overflow-wrap:break-word}
td:first-child,th{white-space:nowrap}th{color:var(--quiet);font-weight:600}tr:target,.card:target{outline:2px solid}
dd{margin:0 1.5rem .6rem;white-space:pre-line}
@media (max-width:50rem){.row{grid-template-columns:minmax(0,1fr)}nav ol{columns:1}}
@media print{:root{--ink:#000;--quiet:#444;--ground:#fff;--line:#bbb;--card:#fff}body{padding:0;max-width:none;font-size:10pt}
article{break-before:page;border:0;padding:0;margin:0}header+main>article:first-child{break-before:auto}
.card,tr{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.row{grid-template-columns:minmax(0,1fr) 11rem}}
"""
