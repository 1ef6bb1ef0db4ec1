"""The network: two MiniLM encoders over the same embeddings. On one stand tags (part of speech, lemma, names, sentence
starts) and dependencies, on the other arcs between words that tell relations and antecedents.

Encoder: BERT with 6 layers of 384 (Wang et al. 2020, "MiniLM"), weights of all-MiniLM-L6-v2 as the start, with an
embedding of the written case added to its input. Arcs and labels: deep biaffine attention (Dozat & Manning 2017); an
antecedent is scored as in word-level coreference (Dobrovolskii 2021).
"""

from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.extract.pieces import CASES

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 6, 30522, 512
RARE = -10.0  # log odds of an arc between any two words, about as seen: no need to learn it
RELATING = ("encoder.second.", "tie", "later.", "earlier.", "antecedent", "near.")  # what only ties and antecedents use
DISTANCES = 10  # classes of log2 of the words between


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm_attention, self.norm_output = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        seen = F.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask
        )
        x = self.norm_attention(x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm_output(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.segment, self.case = nn.Embedding(2, WIDTH), nn.Embedding(CASES, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.second = nn.ModuleList(Layer() for _ in range(LAYERS))  # for relations and antecedents
        nn.init.zeros_(self.case.weight)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor, second: bool = False) -> Tensor:
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.segment.weight[0] + self.case(cases)
        x = self.drop(self.norm(x))
        bias = torch.where(mask[:, None, None, :], 0.0, -1e4)
        for layer in self.second if second else self.layers:
            x = layer(x, bias)
        return x

    def load(self, path: Path) -> None:
        """The published weights (names as in the transformers library)."""
        stored = load_file(path)
        with torch.no_grad():
            for ours, theirs in _names():
                self.get_parameter(ours).copy_(stored[theirs])


def _names() -> list[tuple[str, str]]:
    out = [("word.weight", "embeddings.word_embeddings.weight"),
           ("position.weight", "embeddings.position_embeddings.weight"),
           ("segment.weight", "embeddings.token_type_embeddings.weight")]  # fmt: skip
    pairs = {"norm": "embeddings.LayerNorm"}
    inside = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
              "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
              "up": "intermediate.dense", "down": "output.dense", "norm_output": "output.LayerNorm"}  # fmt: skip
    for i in range(LAYERS):
        pairs |= {f"layers.{i}.{a}": f"encoder.layer.{i}.{b}" for a, b in inside.items()}
    return out + [(f"{a}.{kind}", f"{b}.{kind}") for a, b in pairs.items() for kind in ("weight", "bias")]


class Reader(nn.Module):
    """The whole network. sizes: how many labels each tag head and the dependency labeller have."""

    TAGGERS = ("upos", "xpos", "lemma", "name", "start")

    def __init__(self, sizes: dict[str, int], arc: int = 256, label: int = 64, tie: int = 128) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.2)
        self.taggers = nn.ModuleDict({k: nn.Linear(WIDTH, sizes[k]) for k in self.TAGGERS})
        self.arc_child, self.arc_head = nn.Linear(WIDTH, arc), nn.Linear(WIDTH, arc)
        self.arc = nn.Parameter(torch.empty(arc + 1, arc))
        self.label_child, self.label_head = nn.Linear(WIDTH, label), nn.Linear(WIDTH, label)
        self.label = nn.Parameter(torch.randn(sizes["deprel"], label + 1, label + 1) * 0.02)
        nn.init.xavier_uniform_(self.arc)
        self.tie_subject, self.tie_object = nn.Linear(WIDTH, tie), nn.Linear(WIDTH, tie)
        self.tie = nn.Parameter(torch.randn(sizes["tie"], tie + 1, tie + 1) * 0.01)
        self.tie_bias = nn.Parameter(torch.full((sizes["tie"],), RARE))
        self.later, self.earlier = nn.Linear(WIDTH, tie), nn.Linear(WIDTH, tie)
        self.antecedent = nn.Parameter(torch.eye(tie + 1) * 0.1)
        self.near = nn.Embedding(DISTANCES, 1)
        nn.init.zeros_(self.near.weight)

    def words(self, ids: Tensor, cases: Tensor, mask: Tensor, first: Tensor, second: bool = False) -> Tensor:
        """Batch x (1 + words) x WIDTH; row 0 is [CLS], the artificial root. second: as ties and antecedents see them,
        not trees and names."""
        hidden = self.encoder(ids, cases, mask, second)
        return self.drop(torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, WIDTH)))

    def relating(self) -> Iterator[nn.Parameter]:
        yield from (p for name, p in self.named_parameters() if name.startswith(RELATING))

    def arcs(self, words: Tensor) -> Tensor:
        """Batch x child x head scores."""
        return ones(F.gelu(self.arc_child(words))) @ self.arc @ F.gelu(self.arc_head(words)).transpose(1, 2)

    def sides(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What the labeller sees of each word as a child and as a head; batch x words x (label + 1)."""
        return ones(F.gelu(self.label_child(words))), ones(F.gelu(self.label_head(words)))

    def labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Batch x words x labels, for the given head of each word."""
        child, head = self.sides(words)
        head = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
        return torch.einsum("bti,rij,btj->btr", child, self.label, head)

    def ties(self, words: Tensor) -> Tensor:
        """Batch x labels x subject x object: log odds that the relation holds between the two words."""
        left, right = ones(F.gelu(self.tie_subject(words))), ones(F.gelu(self.tie_object(words)))
        return torch.einsum("bxi,nij,byj->bnxy", left, self.tie, right) + self.tie_bias[None, :, None, None]

    def antecedents(self, words: Tensor) -> Tensor:
        """Batch x word x word: how well an earlier word stands for whom a word means; 0 is the score of "nobody"."""
        left, right = ones(F.gelu(self.later(words))), ones(F.gelu(self.earlier(words)))
        places = torch.arange(words.shape[1])
        apart = (places[:, None] - places[None]).clamp(min=1).float().log2().long().clamp(max=DISTANCES - 1)
        return left @ self.antecedent @ right.transpose(1, 2) / 8 + self.near(apart)[..., 0]


def ones(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
