"""How a sheet bends: along its rulings, and in between what the rulings above and beneath do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.ocr.rulings import Stroke

LONGEST_SHARE = 0.35  # of the width: shorter rulings say too little
BEND = 0.03  # of the width: what bends more is no ruling


class Warp:
    """`level(x, y)` is the height at which a point would lie if every ruling lay flat, in pixels."""

    def __init__(self, strokes: Sequence[Stroke], width: int) -> None:
        places = np.linspace(0, width, 33)
        found: list[tuple[float, list[float]]] = []
        for stroke in strokes:
            if stroke.x1 - stroke.x0 < LONGEST_SHARE * width or len(stroke.path) < 3:
                continue
            xs, ys = np.array([p[0] for p in stroke.path]), np.array([p[1] for p in stroke.path])
            fit = np.polynomial.Polynomial.fit(xs, ys, 2 if len(xs) > 4 else 1)
            if float(np.abs(fit(xs) - ys).max()) > BEND * width:
                continue
            line = np.polynomial.Polynomial.fit(xs, ys, 1)
            inner = (places >= xs[0]) & (places <= xs[-1])
            heights = np.where(inner, fit(places), line(places))
            middle = float(line(width / 2))
            found.append((middle, [float(h - middle) for h in heights]))
        found.sort(key=lambda item: item[0])
        self._places = places
        self._middles = np.array([m for m, _ in found])
        self._bends = np.array([b for _, b in found])

    def level(self, x: float, y: float) -> float:
        if not len(self._middles):
            return y
        at_x = np.array([np.interp(x, self._places, bend) for bend in self._bends])
        drop = float(np.interp(y - float(np.interp(y, self._middles, at_x)), self._middles, at_x))
        return y - drop
