"""`python -m bench [name…]`: run the benchmarks, print a table, write `bench/results/<name>.json`."""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    names = sys.argv[1:] or sorted(p.stem for p in HERE.glob("*.py") if not p.stem.startswith("_"))
    (HERE / "results").mkdir(exist_ok=True)
    for name in names:
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "run"):
            continue
        result = module.run()
        told = json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True)
        (HERE / "results" / f"{name}.json").write_text(told + "\n", encoding="utf-8")
        print(name)
        for key, value in result.items():
            print(f"  {key:<20} {value}")


if __name__ == "__main__":
    main()
