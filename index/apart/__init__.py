"""Files are read in processes apart, which may die, hang or run out of memory without taking the load with them.

limits → worker (what runs in the process) ← crew (starts, watches and ends the processes) ← reading (one file: its
pages over the cores, its report, what to do when a page kills its reader); spool keeps the pages that are done.
"""
