"""What a search needs of a report beyond its text, made when it is loaded rather than at the first question."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from index.model import Report
    from index.store import Store

_log = logging.getLogger(__name__)


def keep_derived(store: Store, report: Report) -> None:
    """Make and keep the words and vectors of a report's passages, and the vectors of the labels of its tables.

    A model that is not there is told when a question needs it, and no reason to refuse a report.
    """
    from index.embedding_choice import chosen_embedder  # noqa: PLC0415 - loads numpy, only when a report is loaded
    from index.kept import keep_prose  # noqa: PLC0415 - loads numpy, which --help does without
    from index.labels import label_rows, labels_of  # noqa: PLC0415 - only a load makes labels
    from index.vectors import report_columns  # noqa: PLC0415 - only a load makes vectors

    name = report.document.id
    label_rows(labels_of(report), store, name)
    keep_prose(report, store)
    try:
        report_columns(lambda: report.chunks, chosen_embedder(), store, name, count=len(report.chunks))
    except ModelError as error:
        _log.warning("no vectors of %s: %s", report.document.file, error)
