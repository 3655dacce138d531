"""All we know of Unicode and Arabic: canonical text, encodings, graphemes and words, quotes. Knows no file and no database."""
