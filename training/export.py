"""Checkpoint -> kg/models/en: int8 ONNX, tokenizer, labels, config.

    python -m training.export --run DIR --minilm DIR --out kg/models/en [--fp32]

The graph takes one window (batch 1): ids, cases, first -> tag scores and arc scores. Weights of all matrix products of
the encoder are int8 with one scale a column; activations are quantised as they come (dynamic). The heads stay in float:
they are small and decide.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.arcs import LABELS
from training.corpora import TAGS
from training.network import Reader, ones

OUTPUTS = ["upos", "xpos", "lemma", "name", "start", "arcs", "child", "head", "ties", "odds", "antecedents"]
TREES = 8  # the outputs of a network that was taught no relations
LARGE = 1_000_000  # bytes of a table
FAINT = -3.0  # log odds below which a relation arc is not worth telling
RELATED = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")  # universal parts of speech between which there are such arcs


class Runnable(nn.Module):
    """The network as it is run: argmax of the plain tags inside the graph, scores for what is decoded outside."""

    def __init__(self, net: Reader, arcs: bool, upos: list[str]) -> None:
        super().__init__()
        self.net = net
        self.arcs = arcs
        self.register_buffer("related", torch.tensor([tag in RELATED for tag in upos]))

    def forward(self, ids: Tensor, cases: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        mask = torch.ones_like(ids, dtype=torch.bool)
        words = self.net.words(ids, cases, mask, first)
        tags = {k: self.net.taggers[k](words)[0, 1:] for k in self.net.TAGGERS}
        child, head = self.net.sides(words)
        plain = [tags[k].argmax(-1) for k in ("upos", "xpos", "lemma")]
        names = torch.log_softmax(tags["name"], -1)
        start = tags["start"][:, 1] - tags["start"][:, 0]
        trees = (*plain, names, start, self.net.arcs(words)[0, 1:], child[0, 1:], head[0])
        if not self.arcs:
            return trees
        told = self.net.words(ids, cases, mask, first, second=True)
        related = self.related[plain[0]].nonzero()[:, 0]
        return (*trees, *self.ties(told[0, 1:], related), self.net.antecedents(told)[0, 1:, 1:])

    def ties(self, words: Tensor, related: Tensor) -> tuple[Tensor, Tensor]:
        """The arcs that are not faint: (label, subject, object) a row, and their log odds. As Reader.ties, in plain
        matrix products, and between some of the words only: all pairs would cost as much as an encoder."""
        net, some = self.net, words[related]
        left, right = ones(F.gelu(net.tie_subject(some))), ones(F.gelu(net.tie_object(some)))
        labels, k, _ = net.tie.shape
        half = (left @ net.tie.permute(1, 0, 2).reshape(k, labels * k)).view(-1, labels, k)
        odds = half.transpose(0, 1) @ right.transpose(0, 1) + net.tie_bias[:, None, None]
        kept = odds > FAINT
        rows = kept.nonzero()
        return torch.stack([rows[:, 0], related[rows[:, 1]], related[rows[:, 2]]], -1), odds[kept]


def export(run: Path, minilm: Path, out: Path, fp32: bool, arcs: bool) -> None:
    saved = torch.load(run / "checkpoint.pt", map_location="cpu")
    net = Reader(saved["sizes"]).eval()
    net.load_state_dict(saved["net"])
    labels = json.loads((run / "labels.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        ids = torch.randint(1000, 2000, (1, 12))
        inputs = (ids, torch.ones_like(ids), torch.arange(9)[None])
        axes = {"ids": {1: "pieces"}, "cases": {1: "pieces"}, "first": {1: "words"}}
        torch.onnx.export(
            Runnable(net, arcs, labels["upos"]), inputs, str(plain), input_names=["ids", "cases", "first"],
            output_names=OUTPUTS if arcs else OUTPUTS[:TREES], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if fp32:
            shutil.copy(plain, out / "model.onnx")
        else:
            ready = Path(folder) / "ready.onnx"
            quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
            quantise(ready, out / "model.onnx")
            halve(out / "model.onnx")
    labels |= {"name": list(TAGS)} | ({"tie": list(LABELS)} if arcs else {})
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    np.save(out / "label.npy", net.label.detach().numpy().astype(np.float16))
    shutil.copy(minilm / "tokenizer.json", out / "tokenizer.json")


def quantise(source: Path, target: Path) -> None:
    graph = onnx.load(str(source)).graph
    weights = {i.name for i in graph.initializer}
    encoder = [
        n.name
        for n in graph.node
        if n.op_type == "MatMul" and "/encoder/" in n.name and any(i in weights for i in n.input)
    ]
    gathers = [n.name for n in graph.node if n.op_type == "Gather" and "/encoder/word" in n.name]
    quantize_dynamic(
        str(source), str(target), nodes_to_quantize=encoder + gathers, per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def halve(model: Path) -> None:
    """Large tables that stay in float are stored in half precision; onnxruntime widens them once, as it loads."""
    stored = onnx.load(str(model))
    graph = stored.graph
    for weight in [i for i in graph.initializer if i.data_type == onnx.TensorProto.FLOAT]:
        values = numpy_helper.to_array(weight)
        if values.nbytes > LARGE:
            name = weight.name
            weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
            graph.node.insert(0, helper.make_node("Cast", [name + "_half"], [name], to=onnx.TensorProto.FLOAT))
    onnx.save(stored, str(model))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--trees", action="store_true", help="without relation arcs and antecedents")
    args = parser.parse_args()
    export(args.run, args.minilm, args.out, args.fp32, not args.trees)


if __name__ == "__main__":
    main()
