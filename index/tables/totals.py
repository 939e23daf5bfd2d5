"""Which rows are totals, subtotals and headings, and what they are over.

Three witnesses: words ("Total"), arithmetic (a row that is the sum of its neighbours), and codes or styles, which
count only where arithmetic agrees.
"""

from __future__ import annotations

from index.model import RowKind
from index.tables.codes import is_ancestor, is_plain_prefix
from index.tables.sections import Line, Tree, named_section, under_sections
from index.tables.sums import Ledger, Match
from index.tables.wording import says_grand_total, says_subtotal, series_noun

_INDENTED = 2  # significant digits that must agree where indents say the same
_REACH = 250  # rows that a subtotal without a word may sum


def build_tree(lines: list[Line], ledger: Ledger) -> Tree:
    """Kinds and parents of all rows. A parent may stand before or after its children."""
    tree = Tree(
        kinds=[RowKind.SECTION if line.section else RowKind.DATA for line in lines], parents=[None] * len(lines)
    )
    verified = _parents_first(lines, ledger, tree, zeros=False)
    if verified:
        _parents_first(lines, ledger, tree, zeros=True)
    _parents_by_style(lines, ledger, tree)
    _children_first(lines, ledger, tree)
    _top_total(lines, ledger, tree)
    _settle_totals(lines, tree)
    under_sections(lines, tree)
    return tree


def _parents_first(lines: list[Line], ledger: Ledger, tree: Tree, *, zeros: bool) -> int:
    """Rows that sum the rows below them, from the bottom up. Returns how many parents codes and sums agree on."""
    pending: list[int] = []  # top nodes below the row, nearest first
    verified = 0
    for row in range(len(lines) - 1, -1, -1):
        if lines[row].section or lines[row].total:
            pending = []
            continue
        if tree.parents[row] is not None:
            continue
        already = [child for child, parent in enumerate(tree.parents) if parent == row] if zeros else []
        count = 0 if already else _children_below(lines, ledger, row, pending, zeros=zeros)
        if count:
            for child in pending[:count]:
                tree.parents[child] = row
            tree.kinds[row] = RowKind.SUBTOTAL
            verified += is_ancestor(lines[row].code, lines[pending[0]].code)
        pending = [row, *(child for child in pending if tree.parents[child] is None)]
    return verified


def _parents_by_style(lines: list[Line], ledger: Ledger, tree: Tree) -> None:
    """Rows that look like the parents that sums gave away, as far as sums do not speak against it.

    A parent over one row, or over zeros only, proves nothing by itself; printed like its proven sisters it does. One
    that is numbered like them may even be printed wrong in some columns.
    """
    proven = {parent for parent in tree.parents if parent is not None}
    styles = {_style(lines[row]) for row in proven}
    children = {_style(lines[row]) for row, parent in enumerate(tree.parents) if parent is not None}
    if len(proven) < 2 or len(styles) != 1 or styles & children:
        return
    for row, line in enumerate(lines):
        if tree.parents[row] is not None or row in proven or line.section or line.total or _style(line) not in styles:
            continue
        under: list[int] = []
        for below in range(row + 1, len(lines)):
            other = lines[below]
            if other.section or other.total or other.formula or _style(other) in styles:
                break
            under.append(below)
        found = _sum(ledger, row, under) if under else None
        sister = found is not None and any(_same_series(line.label, lines[parent].label) for parent in proven)
        if found is not None and (found.mostly or (sister and found.near)):
            tree.kinds[row] = RowKind.SUBTOTAL
            for child in under:
                tree.parents[child] = row


def _same_series(label: str, other: str) -> bool:
    """Whether two labels are numbered alike: "PROGRAMA 2. Salud" and "PROGRAMA 4. Cultura"."""
    noun = series_noun(label)
    return noun is not None and noun == series_noun(other)


def _style(line: Line) -> tuple[bool, int, bool]:
    return line.bold, round(line.indent / 3), line.label.isupper()


def _children_below(lines: list[Line], ledger: Ledger, row: int, pending: list[int], *, zeros: bool) -> int:
    under = 0
    while under < len(pending) and is_ancestor(lines[row].code, lines[pending[under]].code):
        under += 1
    if under:
        found = _sum(ledger, row, pending[:under])
        weak = is_plain_prefix(lines[row].code, lines[pending[0]].code)
        if found.mostly and (found.digits >= (4 if weak else 1) or (under == 1 and not weak and found.holds)):
            return under if not ledger.is_zero(row) or zeros else 0
        if zeros and not weak and ledger.is_zero(row) and found.holds:
            return under
    if ledger.is_zero(row) or lines[row].formula:
        return 0
    deeper = _deeper(lines, row, pending)
    if deeper >= 2:  # as pivot tables print their groups
        found = _sum(ledger, row, pending[:deeper])
        if found.holds and found.digits >= _INDENTED:
            return deeper
    for size in ledger.sizes(row, pending[:_REACH]):
        children = pending[:size]
        if any(lines[child].formula or _outranks(lines[child], lines[row]) for child in children):
            return 0
        found = ledger.sum_of(children).match(row)
        if found.holds and found.strong:
            return _with_zeros(lines, ledger, row, pending, size)
    return 0


def _deeper(lines: list[Line], row: int, pending: list[int]) -> int:
    """How many of the rows right below stand further in, all by the same."""
    inner = lines[pending[0]].indent if pending else 0.0
    if inner <= lines[row].indent:
        return 0
    return next((n for n, child in enumerate(pending) if lines[child].indent != inner), len(pending))


def _outranks(child: Line, parent: Line) -> bool:
    """Whether style or code forbids a row to be under another. Indents say nothing: headings are often centred."""
    return (child.bold and not parent.bold) or is_ancestor(child.code, parent.code)


def _with_zeros(lines: list[Line], ledger: Ledger, row: int, pending: list[int], count: int) -> int:
    """Rows of zeros right after the last child belong to it too while they look like it."""
    while count < len(pending) and ledger.is_zero(pending[count]):
        last, after = lines[pending[count - 1]], lines[pending[count]]
        alike = (last.bold, last.indent, len(last.code or "")) == (after.bold, after.indent, len(after.code or ""))
        if not alike or (after.code and not is_ancestor(lines[row].code, after.code)):
            break
        count += 1
    return count


def _sum(ledger: Ledger, row: int, addends: list[int]) -> Match:
    return ledger.sum_of(addends).match(row)


def _children_first(lines: list[Line], ledger: Ledger, tree: Tree) -> None:
    """Rows that sum the rows above them, from the top down."""
    first = next((i for i, line in enumerate(lines) if not line.section), None)
    opened: list[int] = []  # top nodes so far, nearest last
    last_total = max((i for i, line in enumerate(lines) if line.total), default=-1)
    for row, line in enumerate(lines):
        if line.section or tree.parents[row] is not None or (row == first and line.total):
            continue
        if line.total:
            children = _under_total(lines, ledger, row, opened, last=row == last_total)
            tree.kinds[row] = RowKind.SUBTOTAL
        elif tree.kinds[row] is RowKind.SUBTOTAL:
            children = []
        else:
            children = _under_sum(lines, ledger, row, opened)
            if children:
                whole = len(children) == len(opened) and row == len(lines) - 1
                tree.kinds[row] = RowKind.TOTAL if whole else RowKind.SUBTOTAL
        for child in children:
            tree.parents[child] = row
        if children:
            taken = set(children)
            opened = [node for node in opened if node not in taken]
        opened.append(row)


def _under_sum(lines: list[Line], ledger: Ledger, row: int, opened: list[int]) -> list[int]:
    """Rows above that a row without a total word sums beyond coincidence."""
    if ledger.is_zero(row) or lines[row].formula:
        return []
    wanted = 3 if not lines[row].label and row == len(lines) - 1 else None
    nearest = opened[: -_REACH - 1 : -1]
    for size in ledger.sizes(row, nearest):
        if any(lines[node].formula for node in nearest[:size]):
            return []
        found = ledger.sum_of(nearest[:size]).match(row)
        if found.holds and (found.strong or (wanted is not None and found.digits >= wanted)):
            return opened[-size:]
    return []


def _under_total(lines: list[Line], ledger: Ledger, row: int, opened: list[int], *, last: bool) -> list[int]:
    """Rows above that a row with a total word sums: by arithmetic, else by its words and the sections."""
    by_name = _by_name(lines, row, opened)
    if by_name and _sum(ledger, row, by_name).mostly:
        return by_name
    boundary = _boundary(lines, row, opened)
    best: tuple[tuple[int, int, bool, int], list[int]] | None = None
    sums = ledger.start()
    for count, node in enumerate(reversed(opened), 1):
        sums.add(node)
        found = sums.match(row)
        children = opened[-count:]
        if not found.mostly or not (found.digits or children == boundary):
            continue
        rank = (found.agree - found.differ, found.digits, children == boundary, count)
        if best is None or rank > best[0]:
            best = (rank, children)
    if best is not None:
        return best[1]
    if last and says_grand_total(lines[row].label):
        return list(opened)
    children = by_name or boundary
    near = _sum(ledger, row, children)
    return children if ledger.is_blank(row) or near.close * 2 >= near.agree + near.differ else []


def _by_name(lines: list[Line], row: int, opened: list[int]) -> list[int]:
    """The rows since the section that a total names: "Total Tasas" closes "12.1 Tasas"."""
    start = named_section(lines, row)
    return [] if start is None else [node for node in opened if node > start]


def _boundary(lines: list[Line], row: int, opened: list[int]) -> list[int]:
    """The rows since the last section or the last total; all of them for the only total."""
    if not any(line.total for line in lines[:row]) and not says_subtotal(lines[row].label):
        section = None
    else:
        section = max((i for i in range(row) if lines[i].section), default=None)
    totals = [node for node in opened if lines[node].total]
    start = max([*totals, -1 if section is None else section])
    return [node for node in opened if node > start] or list(opened)


def _top_total(lines: list[Line], ledger: Ledger, tree: Tree) -> None:
    """A total printed above everything sums the top rows below it."""
    first = next((i for i, line in enumerate(lines) if not line.section), None)
    if first is None or not lines[first].total or len(lines) < 3:
        return
    under = [row for row, line in enumerate(lines) if row != first and not line.section and tree.parents[row] is None]
    if any(lines[row].formula for row in under) or not _sum(ledger, first, under).mostly:
        return
    tree.kinds[first] = RowKind.TOTAL
    for row in under:
        tree.parents[row] = first


def _settle_totals(lines: list[Line], tree: Tree) -> None:
    """The last top row with a total word is the total if it covers every other row or says that it is of all."""
    tops = [i for i, line in enumerate(lines) if tree.parents[i] is None and not line.section]
    totals = [i for i in tops if lines[i].total and tree.kinds[i] is not RowKind.TOTAL]
    if not totals or any(tree.kinds[i] is RowKind.TOTAL for i in tops):
        return
    last = totals[-1]
    others = [i for i in tops if i != last]
    if not others or says_grand_total(lines[last].label):
        tree.kinds[last] = RowKind.TOTAL
