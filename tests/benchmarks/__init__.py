"""`make bench`: how fast the kernel is, beside the least that reading the text costs and beside a peer.

Everything is measured in one run, in turns, round by round, so that what else the machine does hits all alike. What one
process does is timed in seconds of processor time, pools in seconds of the clock.
"""
