"""Reports that question themselves: questions made from a store's own cells, judged against an independent oracle.

A test instrument. It shares no code with what it tests but the types and the store: numbers are read again from the
raw cell texts, and the wording was written apart from the grammar.
"""
