"""Pages that are pictures: rendered, set straight, rid of their rulings, and read twice by Tesseract.

picture (pixels of a page) → clean (ink, skew, rulings) → tesseract (the command) → figures (the second reading)
→ page (`Ink`, as if it had a text layer)
"""
