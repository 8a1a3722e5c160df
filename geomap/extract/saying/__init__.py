"""Saying: who says what an article tells, and who denies it?

attribution.py   who says it                reports.py     the clauses that report what somebody said
speakers.py      the one who is named       speaker_names.py   by his full name
behind.py        by the sentence behind
denials.py       what is said not to be so  contested.py   the events that another side denies
"""
