"""Parties: who acts, and does he bear arms?

known.py     the actor of actors.yml that a phrase names
implied.py   who is behind what a verb does not say of whom
doers.py     who took a place, told by another statement
find.py   the actor that a noun phrase names      states.py   the armed forces of states
"""
