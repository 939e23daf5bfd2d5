"""The tokenizer: WordPiece over lower case without accents; ñ is a letter of its own."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

_FOLDED = {"a": "áàâäãå", "e": "éèêë", "i": "íìîï", "o": "óòôöõ", "u": "úùûü"}
_SPECIAL = ["[PAD]", "[UNK]"]


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """A WordPiece tokenizer of at most `size` pieces for some Spanish texts."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            *(normalizers.Replace(letter, plain) for plain, letters in _FOLDED.items() for letter in letters),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=_SPECIAL, limit_alphabet=200, min_frequency=2, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer
