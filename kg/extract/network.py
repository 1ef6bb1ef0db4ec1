"""The shipped network: words in, tags and arcs out. onnxruntime, tokenizers and numpy only.

One window is one run (batch 1). Activations are quantised with one scale a run, so that batching other windows beside
it would change a window's result; alone, the same words always give the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.extract.pieces import Pieces

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of the n words of a window.

    upos, xpos, lemma: class of each word. names: n x tags, log probabilities. start: n, log odds that a sentence
    starts.
    arcs: n x (1 + n), score of each head, column 0 the root. child (n x k), head ((1 + n) x k): for the labeller.
    ties: rows of (label, subject, object), relation arcs that are not faint; odds: their log odds. antecedents: n x n,
    log odds against "nobody" that an earlier word (column) stands for whom a word (row) means. A network without these
    two heads says nothing by them: no rows, and 0 x 0.
    """

    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    lemma: NDArray[np.int64]
    names: Floats
    start: Floats
    arcs: Floats
    child: Floats
    head: Floats
    ties: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    odds: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    antecedents: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))


class Network:
    """The model of one folder.

    Args:
        folder: holds model.onnx, labels.json, label.npy and tokenizer.json.
        threads: of onnxruntime; 0 for all cores.

    Raises:
        ModelError: a file is missing or broken.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            label = np.load(folder / "label.npy").astype(np.float32)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others have work for the core
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, ["CPUExecutionProvider"])
        except Exception as e:  # tokenizers and onnxruntime raise bare Exceptions of their own
            raise ModelError(
                f"the model in {folder} cannot be loaded: {e}", hint="reinstall kg, or name another with --model"
            ) from e
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.pieces = Pieces(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)
        deprels, k, _ = label.shape
        self._label = np.ascontiguousarray(label.transpose(1, 0, 2).reshape(k, deprels * k))
        self._shape = (deprels, k)
        self._blas = ThreadpoolController()

    def run(self, words: Sequence[str]) -> Scores:
        """Scores of the words of one window (at most 510 pieces; longer ones are the caller's fault)."""
        window = self.pieces.window(words)
        feed = {
            "ids": np.array([window.ids], dtype=np.int64),
            "cases": np.array([window.cases], dtype=np.int64),
            "first": np.array([(0, *window.first)], dtype=np.int64),
        }
        return Scores(*self._session.run(None, feed))

    def label(self, scores: Scores, heads: NDArray[np.int64]) -> list[str]:
        """The relation of each word to its head (heads: n integers, 0 the root)."""
        deprels, k = self._shape
        with self._blas.limit(limits=1, user_api="blas"):  # its threads would wait, spinning, on onnxruntime's cores
            left = (scores.child @ self._label).reshape(len(heads), deprels, k)
        best = np.einsum("nrk,nk->nr", left, scores.head[heads]).argmax(1)
        names = self.labels["deprel"]
        return [names[b] for b in best]
