"""Places: which place does a noun phrase of a sentence mean?

reference.py   named, described or pointed back to      ref.py        what is known of the place that is meant
named_by.py    what names a place noun                  listed.py     the names listed behind a plural
spoken_of.py   "the town" of another sentence
"""
