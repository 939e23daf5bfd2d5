"""PDF with a text layer: page ink → words → grids and open tables → joined tables and prose.

source (the only file that knows a PDF library) → words → lines
→ lattice, regions (where tables are) → columns, rows, headers (what is in them) → tables
→ join (over pages), prose (what is no table) → reader
"""
