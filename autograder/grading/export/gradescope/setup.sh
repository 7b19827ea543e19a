#!/usr/bin/env bash
# Gradescope runs this once, while it builds the image: a Python that the judge runs on, and what
# requirements.txt says, this project included (its last line).
set -euo pipefail
home="${AUTOGRADER_HOME:-/autograder}"
export DEBIAN_FRONTEND=noninteractive

apt-get update
apt-get install -y libseccomp2
for version in 3.13 3.12 3.11; do
    if apt-get install -y "python$version" "python$version-venv"; then
        python="python$version"
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "This image has no Python 3.11 to 3.13: choose a newer Ubuntu as the base image." >&2
    exit 1
fi

"$python" -m venv "$home/venv"
cd "$home/source"
"$home/venv/bin/python" -m pip install --no-cache-dir --requirement requirements.txt
chmod -R go-rwx master
