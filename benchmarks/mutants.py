"""Whether the tests notice what is broken in the product: a fixed sample of single mutations.

    python -m benchmarks.mutants [how many] [seed] [from which]

Every mutation changes one place: an operator, a comparison's bound, ``and`` for ``or``, a constant, a ``not``
or a ``raise`` that is dropped, a result that is lost, a guard that no longer returns. It is made in a copy of
the checkout, and the tests of the module's rooms run there, the nearest first, until one fails; a run that
uses up its time counts as noticed. A test that also fails without the mutation notices nothing. The tests of
other floors, which take minutes, run last, and only against what the near ones let pass.

The sample of a seed is always the same as long as the code is, and it is drawn evenly over the kinds; a part
of it is run with another start (``COUNT=30 FROM=60``). Mutations that change nothing anybody could see are
listed, with the reason, in ``benchmarks/parts/equal_mutants.txt`` and do not count.
"""

from __future__ import annotations

import ast
import copy
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EQUAL = ROOT / "benchmarks" / "parts" / "equal_mutants.txt"
FLOORS = ("core", "capaian", "office", "connectors", "models", "reports", "jobs", "flows", "commands")
SAMPLE, SEED = 150, 1
LEAST_NOTICED = 92
SECONDS_OF_PROCESSOR, SECONDS_OF_A_FILE = 200, 15
"""More than tests and one file of them take, so that an endless loop ends."""
SECONDS_OF_WAITING = 7200
"""For a run that waits for what never comes, on a machine that is busy."""
MOST_BROKEN = 10
"""Tests of a room that fail without a mutation, which are left out; more are not looked for."""
NOT_RUN = ("tests/flows/test_by_the_clock.py", "tests/stadata", "tests/fuzz", "tests/deployments")
"""They take minutes, or look at other things than the product's code."""

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Mutation:
    """One change of one file.

    Attributes:
        kind: What sort of change it is.
        start, end: Offsets in bytes of what is replaced.
        before, after: What stands there, and what is put there.
    """

    kind: str
    file: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def apply(self, source: bytes) -> bytes:
        """The source with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        shown = (" ".join(text.split()) for text in (self.before, self.after))
        before, after = (text if len(text) <= 160 else f"{text[:157]}..." for text in shown)
        return f"{self.file}:{self.line}  {self.kind}\n    - {before}\n    + {after}"


class Finder(ast.NodeVisitor):
    """Every mutation of one file."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source = file, source
        lines = source.splitlines(keepends=True)
        self.starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
        self.found: list[Mutation] = []
        self.visit(ast.parse(source))

    # --- what is not looked into: nothing there is computed, or its places are not known

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 does not know where the parts of an f-string stand."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arguments(self, node: ast.arguments) -> None:
        for default in [*node.defaults, *node.kw_defaults]:
            if default is not None:
                self.visit(default)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.visit(node.args)
        for statement in node.body:
            self.visit(statement)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        if not node.orelse and isinstance(node.body[-1], ast.Return | ast.Continue | ast.Break):
            self._statement("guard dropped", node.body[-1])
        self.generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> None:
        """A pattern takes no brackets, so only what follows it is looked into."""
        for statement in node.body:
            self.visit(statement)

    # --- what is changed

    def visit_Compare(self, node: ast.Compare) -> None:
        for place, operator in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[place] = COMPARISONS[type(operator)]()
            self._expression("comparison", node, changed)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        self._expression("and/or", node, changed)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in OPERATORS and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            changed = copy.deepcopy(node)
            changed.op = OPERATORS[type(node.op)]()
            self._expression("operator", node, changed)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._expression("not dropped", node, node.operand)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            self._expression("constant", node, ast.Constant(not node.value))
        elif isinstance(node.value, int | float):
            self._expression("constant", node, ast.Constant(node.value + 1))

    def visit_Call(self, node: ast.Call) -> None:
        """The text of a ``Decimal`` is a number."""
        if isinstance(node.func, ast.Name) and node.func.id == "Decimal" and node.args:
            (given, *_) = node.args
            if isinstance(given, ast.Constant) and NUMBER.fullmatch(str(given.value)):
                self._expression("constant", given, ast.Constant(f"{given.value}1"))
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._statement("raise dropped", node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._statement("result lost", node, "return None")
        self.generic_visit(node)

    # --- where it stands

    def _expression(self, kind: str, node: ast.expr, changed: ast.expr) -> None:
        self._replace(kind, node, f"({ast.unparse(changed)})")

    def _statement(self, kind: str, node: ast.stmt, after: str = "pass") -> None:
        self._replace(kind, node, after)

    def _replace(self, kind: str, node: ast.expr | ast.stmt, after: str) -> None:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        before = self.source[start:end].decode()
        self.found.append(Mutation(kind, self.file, node.lineno, start, end, before, after))


def all_mutations(root: Path) -> list[Mutation]:
    """Of the whole product, in the order of its files."""
    found: list[Mutation] = []
    for floor in FLOORS:
        for path in sorted((root / floor).rglob("*.py")):
            if "versions" not in path.parts:
                found += Finder(path.relative_to(root).as_posix(), path.read_bytes()).found
    return found


def draw(mutations: list[Mutation], count: int, seed: int) -> list[Mutation]:
    """A sample in which every kind is as frequent as any other, as long as it lasts."""
    dice = random.Random(seed)
    kinds: dict[str, list[Mutation]] = {}
    for mutation in mutations:
        kinds.setdefault(mutation.kind, []).append(mutation)
    for of_kind in kinds.values():
        dice.shuffle(of_kind)
    turns = zip_longest(*(kinds[kind] for kind in sorted(kinds)))
    return [mutation for turn in turns for mutation in turn if mutation is not None][:count]


def stages(root: Path, file: str) -> Iterator[tuple[list[str], bool]]:
    """The tests of a module, nearest first: that import it, of its room, of its rooms on other floors.

    Behind each, whether it is of other floors.
    """
    folder, module = Path(file).parent, file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    parent, _, name = module.rpartition(".")
    imported = re.compile(
        rf"^\s*(from {re.escape(module)} import|import {re.escape(module)}\b"
        rf"|from {re.escape(parent)} import .*\b{re.escape(name)}\b)",
        re.MULTILINE,
    )
    tests = sorted(path for path in (root / "tests").rglob("test_*.py"))
    names = {path: path.relative_to(root).as_posix() for path in tests}
    allowed = [path for path in tests if not names[path].startswith(NOT_RUN)]
    near = [names[path] for path in allowed if imported.search(path.read_text(encoding="utf-8"))]
    if near:
        yield near, False
    room = Path("tests") / folder
    while not (root / room).is_dir():
        room = room.parent
    own = [name for name in map(names.get, allowed) if name and name.startswith(f"{room.as_posix()}/")]
    own = [name for name in own if name not in near]
    if own:
        yield own, False
    floor, *rooms = folder.parts
    above = FLOORS[FLOORS.index(floor) + 1 :] if floor in FLOORS else ()
    words = rooms[:1] or [name]
    far = [
        name
        for name in map(names.get, allowed)
        if name
        and name not in near
        and name not in own
        and name.split("/")[1] in (floor, *above)
        and (not rooms or name.split("/")[1] == "commands" or any(word in name for word in words))
    ]
    if far:
        yield far, True


def copy_of_checkout(folder: Path) -> Path:
    """The checkout as it stands, committed or not, with its history for what asks git."""
    made = folder / "checkout"
    subprocess.run(["git", "clone", "--quiet", "--shared", str(ROOT), str(made)], check=True)
    listed = ["git", "ls-files", "--modified", "--others", "--exclude-standard", "-z"]
    changed = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    for name in filter(None, changed.split("\0")):
        if (ROOT / name).exists():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, made / name)
        else:
            (made / name).unlink(missing_ok=True)
    return made


def first_failure(checkout: Path, tests: list[str]) -> str:
    """The first test that fails, ``time`` when they do not end, or empty."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-rfE", "--tb=no", *tests]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    seconds = SECONDS_OF_PROCESSOR + SECONDS_OF_A_FILE * len(tests)
    try:
        done = subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, check=False,
            timeout=SECONDS_OF_WAITING,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "time"
    if done.returncode < 0:
        return "time"
    if done.returncode in (0, 5):  # 5: none of these runs on this machine
        return ""
    named = re.search(r"^(?:FAILED|ERROR) ([^\s\[]+)", done.stdout, re.MULTILINE)
    return named.group(1) if named else "start"


def noticed_by(checkout: Path, mutation: Mutation, *, far: bool) -> str:
    """The test that notices it, or empty.

    Args:
        checkout: Where it is made.
        mutation: What is changed.
        far: Ask the tests of other floors, and not those that import the module or are of its room.
    """
    path = checkout / mutation.file
    source = path.read_bytes()
    broken_anyway: list[str] = []
    for tests in (tests for tests, is_far in stages(checkout, mutation.file) if is_far == far):
        for _ in range(MOST_BROKEN):
            path.write_bytes(mutation.apply(source))
            try:
                failed = first_failure(checkout, [*tests, *(f"--deselect={name}" for name in broken_anyway)])
            finally:
                path.write_bytes(source)
            if not failed:
                break
            if failed in ("time", "start") or not first_failure(checkout, [failed]):
                return failed
            broken_anyway.append(failed)
    return ""


def reasons() -> dict[str, str]:
    """Why a mutation changes nothing, by its file and what it makes of what."""
    known: dict[str, str] = {}
    for line in EQUAL.read_text(encoding="utf-8").splitlines() if EQUAL.exists() else []:
        if line and not line.startswith("#"):
            what, _, why = line.rpartition(" # ")
            known[" ".join(what.split())] = why
    return known


def key(mutation: Mutation) -> str:
    """As ``equal_mutants.txt`` names it."""
    return " ".join(f"{mutation.file}: {mutation.before} -> {mutation.after}".split())


def main() -> int:
    """Print what survives and the share that was noticed; 1 when it is too small."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    start = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    equal, noticed, same = reasons(), 0, 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        checkout = copy_of_checkout(Path(folder))
        everything = all_mutations(checkout)
        print(
            f"{len(everything)} mutations can be made; number {start} to {start + count - 1} of seed {seed}"
        )
        left = dict(enumerate(draw(everything, start + count, seed)[start:], start))
        for far in (False, True):
            for number, mutation in list(left.items()):
                if key(mutation) in equal:
                    same += 1
                    print(f"{number} changes nothing: {mutation}\n    {equal[key(mutation)]}", flush=True)
                elif by := noticed_by(checkout, mutation, far=far):
                    noticed += 1
                    print(f"{number} noticed by {by[:110]}: {mutation.file}:{mutation.line}", flush=True)
                else:
                    print(f"{number} {'SURVIVED' if far else 'not noticed near by'} {mutation}", flush=True)
                    continue
                del left[number]
            tried = noticed + len(left)
            share = 100 * noticed / tried if tried else 100.0
            where = "anywhere" if far else "near by"
            print(f"{noticed} of {tried} noticed {where} ({share:.1f}%); {same} change nothing", flush=True)
    return 1 if share < LEAST_NOTICED else 0


if __name__ == "__main__":
    sys.exit(main())
