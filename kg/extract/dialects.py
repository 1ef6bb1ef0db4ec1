"""What other people's pipelines and tokenizers do otherwise than kg's own, as the table of dialects.toml."""

import tomllib
from pathlib import Path
from typing import Any

DIALECTS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
