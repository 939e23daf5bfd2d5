"""The student: one vector a piece, a text is their mean. Trained to stand where the teacher puts the translation.

The one file that imports torch, and only to train.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.spanish_model.recipe import Recipe

_log = logging.getLogger(__name__)
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Bags:
    """Texts as piece ids, one after the other. starts has one more entry than there are texts."""

    ids: Ids
    starts: Ids

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]]) -> Bags:
        """Bags of some lists of ids."""
        starts = np.concatenate([[0], np.cumsum([len(t) for t in texts])]).astype(np.int64)
        return cls(ids=np.fromiter((i for t in texts for i in t), dtype=np.int64, count=int(starts[-1])), starts=starts)

    def take(self, rows: Ids, *, keep: Callable[[int], npt.NDArray[np.bool_]] | None = None) -> tuple[Ids, Ids]:
        """(ids, offsets) of some texts. keep: which of n tokens stay; a text never loses all."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(offsets[-1]) + np.repeat(self.starts[rows] - offsets[:-1], lengths)
        ids = self.ids[places]
        if keep is not None:
            kept = keep(len(ids))
            kept[offsets[:-1][lengths > 0]] = True
            offsets = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, offsets[:-1][lengths > 0]))])
            ids = ids[kept]
        return ids, offsets[:-1]


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """distilled: Spanish texts with the teacher's vectors of their translations; the rest are (asked, found) pairs."""

    distilled: Bags
    taught: npt.NDArray[np.float32]
    sections: tuple[Bags, Bags]
    splits: tuple[Bags, Bags]


def train(first: npt.NDArray[np.float32], lessons: Lessons, recipe: Recipe) -> npt.NDArray[np.float32]:
    """The trained vectors of the pieces, from the first ones."""
    import torch  # noqa: PLC0415 - heavy
    from torch.nn import functional  # noqa: PLC0415 - torch, only for training

    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(mode=True)
    draw = np.random.default_rng(recipe.seed)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(first.copy()), freeze=False, mode="mean")

    def embed(bags: Bags, rows: Ids, *, dropping: bool = False) -> torch.Tensor:
        keep = (lambda n: draw.random(n) >= recipe.dropped) if dropping else None
        ids, offsets = bags.take(rows, keep=keep)
        return functional.normalize(bag(torch.from_numpy(ids), torch.from_numpy(offsets)), dim=-1)

    def contrast(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        scores = recipe.scale * one @ other.T
        target = torch.arange(len(scores))
        return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2

    def distil(rows: Ids) -> torch.Tensor:
        made = embed(lessons.distilled, rows)
        taught = torch.from_numpy(lessons.taught[rows])
        return 2 * (1 - (made * taught).sum(-1)).mean() + recipe.contrast * contrast(made, taught)

    def retrieve(pairs: tuple[Bags, Bags], rows: Ids) -> torch.Tensor:
        return contrast(embed(pairs[0], rows, dropping=True), embed(pairs[1], rows, dropping=True))

    def run(name: str, rate: float, losses: Iterator[torch.Tensor], steps: int) -> None:
        optimiser = torch.optim.Adam(bag.parameters(), lr=rate)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda s: min((s + 1) / recipe.warm_up, (steps - s) / max(1, steps - recipe.warm_up), 1.0)
        )
        for step, loss in enumerate(losses):
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimiser.step()
            schedule.step()
            if step % 50 == 0:
                _log.info("%s: step %d of %d, loss %.4f", name, step, steps, loss.item())

    size = min(recipe.batch, len(lessons.distilled))
    per_epoch = len(lessons.distilled) // size

    def distillation() -> Iterator[torch.Tensor]:
        for _ in range(recipe.epochs):
            order = draw.permutation(len(lessons.distilled))
            for start in range(per_epoch):
                yield distil(order[start * size : (start + 1) * size])

    def mixture() -> Iterator[torch.Tensor]:
        for _ in range(recipe.mixed_steps):
            loss = distil(_some(draw, len(lessons.distilled), recipe.mixed_distilled))
            for pairs, wanted in (
                (lessons.sections, recipe.mixed_sections),
                (lessons.splits, recipe.mixed_splits),
            ):
                if wanted and len(pairs[0]) > 1:
                    loss = loss + recipe.retrieval * retrieve(pairs, _some(draw, len(pairs[0]), wanted))
            yield loss

    run("distillation", recipe.rate, distillation(), recipe.epochs * per_epoch)
    run("mixture", recipe.mixed_rate, mixture(), recipe.mixed_steps)
    return np.asarray(bag.weight.detach().numpy(), dtype=np.float32)


def _some(draw: np.random.Generator, count: int, wanted: int) -> Ids:
    return draw.choice(count, size=min(wanted, count), replace=False)
