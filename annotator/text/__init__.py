"""All we know of Unicode and Arabic: canonical text, encodings, graphemes, words, proclitics, sentences, trimming, quotes.

Knows no file and no database.
"""
