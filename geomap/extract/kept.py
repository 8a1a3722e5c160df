"""Kept: of how many texts is remembered what was found in them?

One reader after another asks the same of a text, and so does the scan before them.
"""

# The sentences, and the articles, of a few articles that are read together.
SENTENCES_KEPT, ARTICLES_KEPT = 1 << 10, 64
