"""Parties: who acts, and does he bear arms?

find.py   the actor that a noun phrase names      states.py   the armed forces of states
"""
