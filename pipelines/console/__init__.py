"""What a person at a terminal sees and starts.

What belongs here: one module a command: its wording, its exit status, the programs that it hands over to. What does
not: anything that a scheduled run needs; the command line and the scheduler run the same job.
"""
