"""Every number of the recipe, in one place. MODEL_CARD.md tells what each one was worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Pinned steps of a run; the same recipe over the same vectors of the teacher gives the same weights."""

    seed: int = 20240601
    pieces: int = 40_000  # size of the vocabulary
    dimensions: int = 320  # of the vectors that ship

    epochs: int = 5  # of distillation
    batch: int = 2048
    rate: float = 4e-3  # of Adam
    warm_up: int = 50  # steps
    contrast: float = 1.0  # weight of the symmetric InfoNCE between student and teacher
    scale: float = 20.0  # inverse temperature of both contrastive losses

    mixed_steps: int = 200  # distillation and retrieval pairs together
    mixed_distilled: int = 1024
    mixed_sections: int = 512  # heading → body
    mixed_splits: int = 0  # sentence → rest of its paragraph
    mixed_rate: float = 1.5e-3
    retrieval: float = 0.3  # weight of the retrieval loss
    dropped: float = 0.15  # share of tokens left out of retrieval pairs

    evened: float = 0.5  # power of its length that each piece's vector is divided by
    smooth: float = 1e-3  # relative frequency at which a piece weighs half

    reduced_over: int = 28_000  # sentence vectors that the reduction of dimensions is computed from
