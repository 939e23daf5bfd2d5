"""Our own Spanish sentence vectors: the weights that ship, and the steps that rebuild them.

    sources → tokenizer → teacher's vectors → alignment → student → compress → weights.npz

`python -m index.spanish_model.train SOURCES` runs the steps; MODEL_CARD.md tells data, licences, recipe and scores.
Answers need none of this code, only the files: see `index.embedding`.
"""
