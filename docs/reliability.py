"""The reliability plot of the scores, from the bins that training/calibration.py measured (Guo et al. 2017)."""

import json

from kg.extract.scoring import WEIGHTS

SIDE, MARGIN = 320, 46  # pixels
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#444}.bar{fill:#4a7ebb}.line{stroke:#999;stroke-dasharray:4 3}"
    ".frame{fill:none;stroke:#999}@media(prefers-color-scheme:dark){text{fill:#bbb}}"
)


def page() -> str:
    """An SVG: for each tenth of the score (across) the share of claims that are right (up), and how many they are."""
    told = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    size = SIDE + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" role="img" '
        f'aria-label="Reliability of scores"><style>{STYLE}</style>',
        f'<rect class="frame" x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}"/>',
        f'<line class="line" x1="{MARGIN}" y1="{MARGIN + SIDE}" x2="{MARGIN + SIDE}" y2="{MARGIN}"/>',
    ]
    for score, right, count in told["bins"]:
        x, height = MARGIN + SIDE * score, SIDE * right
        out.append(
            f'<rect class="bar" x="{x - 8:.1f}" y="{MARGIN + SIDE - height:.1f}" width="16" height="{height:.1f}"/>'
        )
        out.append(f'<text x="{x:.1f}" y="{MARGIN + SIDE - height - 4:.1f}" text-anchor="middle">{count}</text>')
    for tick in (0, 0.5, 1):
        out.append(f'<text x="{MARGIN + SIDE * tick}" y="{MARGIN + SIDE + 16}" text-anchor="middle">{tick}</text>')
        out.append(f'<text x="{MARGIN - 6}" y="{MARGIN + SIDE * (1 - tick) + 4}" text-anchor="end">{tick}</text>')
    out.append(f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">score of a claim</text>')
    out.append(
        f'<text x="12" y="{MARGIN - 14}">share that is right; expected calibration error {told["error"]:.3f}</text>'
    )
    return "\n".join([*out, "</svg>"]) + "\n"
