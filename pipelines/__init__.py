"""armswatch: news articles in, a warehouse of arms transfers, sanctions and meetings out.

What belongs here: the rooms (`landing`, `extraction`, `lexicons`, `loading`, `defs`), the code form of the
public contract (`contract`), the settings of a run (`settings`) and the command line (`cli`).
Data flows one way: landing -> documents -> reports -> events -> marts -> publication.
"""
