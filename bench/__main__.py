"""`python -m bench [name…]`: run the benchmarks, print a table, write `bench/results/<name>.json`."""

import argparse
import ast
import importlib
import json
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    known = benchmarks()
    asked = argparse.ArgumentParser(
        prog="python -m bench",
        description="Run the benchmarks, print a table of each, write bench/results/<name>.json.",
        epilog="\n".join(f"{name:12} {what}" for name, what in known.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    asked.add_argument("names", nargs="*", metavar="name", help="which benchmarks to run; without any, all of them")
    names = asked.parse_args().names or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        asked.error(f"there is no benchmark called {', '.join(unknown)}; there are {', '.join(known)}")
    (HERE / "results").mkdir(exist_ok=True)
    for name in names:
        result = importlib.import_module(f"bench.{name}").run()
        told = json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True)
        (HERE / "results" / f"{name}.json").write_text(told + "\n", encoding="utf-8")
        print(name)
        for key, value in result.items():
            print(f"  {key:<24} {value}")


def benchmarks() -> dict[str, str]:
    """Name → first line of its docstring, for every module here that has `run()` without arguments."""
    found = {}
    for file in sorted(HERE.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        runs = any(
            isinstance(part, ast.FunctionDef) and part.name == "run" and not part.args.args for part in tree.body
        )
        if runs:
            found[file.stem] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return found


if __name__ == "__main__":
    main()
