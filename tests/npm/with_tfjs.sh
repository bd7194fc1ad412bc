#!/bin/sh
# with_tfjs.sh MODULES COMMAND...: runs it where node finds TensorFlow.js in that folder, or says that there is none.
if ! command -v node >/dev/null || [ ! -d "$1/@tensorflow/tfjs" ]; then
  echo "skipped: no node with @tensorflow/tfjs in $1"
  exit
fi
NODE_PATH=$1
export NODE_PATH
shift
exec "$@"
