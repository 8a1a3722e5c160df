"""Control: who took, lost, surrounded or gave up which place?

find.py    the changes that a sentence tells      words.py   what makes a frame of control
held.py    the places in its slots, and whether they can change hands at all
"""
