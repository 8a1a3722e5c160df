"""Grammar: how a sentence is built.

parse.py   sentences as spaCy reads them      glue.py   words that lost the space between them
syntax.py  subjects, objects and phrases, whatever the voice and clause
"""
