#!/bin/bash
# Makes the embedded pair from nothing: speech, training, export, quantising, measuring. See README.md for what must be installed.
#
#   ./run.sh [--smoke] [BUILD]     BUILD defaults to ./build; results are BUILD/fast.bin and BUILD/heavy.bin
#
# The whole takes about 80 minutes on two cores with AVX512-BF16. --smoke goes the same way in two minutes with some dozens of
# utterances and a few steps: its models load and run, and know nothing.
set -euo pipefail
cd "$(dirname "$0")"
smoke=
if [ "${1:-}" = --smoke ]; then smoke=yes; shift; fi
build=$(mkdir -p "${1:-build}" && cd "${1:-build}" && pwd)
python=${PYTHON:-/usr/bin/python3}
work=$build/work
mkdir -p "$work" "$build/speech"
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

fast=(fast --width 96 --heads 3 --encoder-layers 4 --decoder-layers 1 --build "$build")
heavy=(heavy --width 160 --heads 5 --encoder-layers 4 --decoder-layers 3 --build "$build")

train() { nice -n 15 "$python" train.py "$@"; }

# Starts a worker in the background and waits for all; fails if one fails.
wait_all() { local failed=0; for job in "$@"; do wait "$job" || failed=1; done; return $failed; }

train_smoke() {
  local now; now=$(date +%s)
  local few=(--from "$now" --until $((now + 3600)) --steps 6 --budget 2000 --warm-up 2 --evaluate-every 0)
  train "${fast[@]}" --rate 0.002 "${few[@]}"
  train "${heavy[@]}" --rate 0.002 "${few[@]}"
}

# Both cores for the heavy model.
train_heavy_together() {
  rm -f "$work/heavy.meeting"
  train "${heavy[@]}" "$@" --workers 2 --worker 1 --warm-up 40 --budget 3000 > "$work/heavy-1.log" 2>&1 & local second=$!
  train "${heavy[@]}" "$@" --workers 2 --worker 0 --warm-up 40 --budget 3000 >> "$work/heavy.log" 2>&1 & local first=$!
  wait_all $first $second
}

train_whole() {
  local minute=60 start now; start=$(date +%s)
  # The fast model on one core for 28 minutes; the heavy one beside it, stopped after 34 of its 52 minutes.
  train "${fast[@]}" --rate 0.0022 --from "$start" --until $((start + 28 * minute)) > "$work/fast.log" 2>&1 & local one=$!
  train "${heavy[@]}" --rate 0.0017 --from "$start" --until $((start + 52 * minute)) > "$work/heavy.log" 2>&1 & local two=$!
  wait_all $one
  # The fast model again for 10 minutes, with longer windows, from the middle of a schedule.
  now=$(date +%s)
  train "${fast[@]}" --rate 0.0022 --from $((now - 16 * minute)) --until $((now + 10 * minute)) --least-hardness .7 \
    --warm-up 40 --budget 3000 >> "$work/fast.log" 2>&1 & one=$!
  local rest=$((start + 34 * minute - $(date +%s)))
  if [ $rest -gt 0 ]; then sleep $rest; fi
  touch "$work/heavy.stop"
  wait_all $one $two
  rm -f "$work/heavy.stop"
  # The heavy model on both cores to the end of its schedule, then 10 minutes with longer windows.
  train_heavy_together --rate 0.0017 --from "$start" --until $((start + 52 * minute)) --least-hardness .8
  now=$(date +%s)
  train_heavy_together --rate 0.0014 --from $((now - 15 * minute)) --until $((now + 10 * minute)) --least-hardness .5 \
    --long-share .15 --joined-share .45
}

echo '== tools'
[ -x "$build/whisper/bin/whisper-quantize" ] || ./build-tools.sh "$build" > "$work/tools.log" 2>&1 || { tail "$work/tools.log"; exit 1; }
node make-header.mjs "$build/header.bin"

echo '== speech'
utterances=36000
if [ $smoke ]; then utterances=40; fi
nice -n 15 "$python" speech.py "$build/speech" 1 $utterances & one=$!
nice -n 15 "$python" speech.py "$build/speech" 2 $utterances & two=$!
wait_all $one $two
"$python" vocabulary.py "$build"

echo '== training'
if [ $smoke ]; then train_smoke; else train_whole; fi

echo '== export'
for model in fast:q5_1 heavy:q8_0; do
  name=${model%%:*}
  "$python" export.py "$build" "$name" "$build/$name-f16.bin"
  "$build/whisper/bin/whisper-quantize" "$build/$name-f16.bin" "$build/$name.bin" "${model##*:}" > "$work/quantize-$name.log" 2>&1 ||
    { tail "$work/quantize-$name.log"; exit 1; }
done

echo '== measuring'
"$python" make_recordings.py "$build"
limit=()
if [ $smoke ]; then limit=(--limit 3); fi
"$python" evaluate.py "$build" "$build/fast.bin" "$build/heavy.bin" --whisper-cli "$build/whisper/bin/whisper-cli" "${limit[@]}"
ls -l "$build/fast.bin" "$build/heavy.bin"
