# Makes .venv with exactly what a requirements file names. Sourced by scripts/build and scripts/test.

say() { printf '%s\n' "$*" >&2; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# need_packages COMMAND-OR-CHECK PACKAGE...: install Debian packages unless the check passes
need_packages() {
  check=$1
  shift
  if sh -c "$check" >/dev/null 2>&1; then return 0; fi
  say "安装系统软件：$*"
  if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    as_root apt-get update -q >/dev/null 2>&1 || true
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2; then
      return 0
    fi
  fi
  say "没能自动安装。请让管理员运行：apt-get install $*"
  exit 3
}

find_python() {
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return 0
    fi
  done
  return 1
}

# need_environment REQUIREMENTS-FILE: make or bring up to date .venv
need_environment() {
  need_packages 'for p in python3.11 python3.12 python3.13 python3; do $p -c "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))" && exit 0; done; exit 1' \
    python3 python3-venv
  wanted=$(cat requirements.txt "$1" pyproject.toml | cksum)
  if [ -f ".venv/.$1" ] && [ "$(cat ".venv/.$1")" = "$wanted" ]; then return 0; fi
  if [ ! -x .venv/bin/python ]; then
    say "建立运行环境（只有第一次需要几分钟）……"
    rm -rf .venv
    "$(find_python)" -m venv .venv
  fi
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$1" 2>.venv/pip.log ||
    { cat .venv/pip.log >&2; say "安装失败，请检查能否访问软件源。"; exit 3; }
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e . 2>>.venv/pip.log ||
    { cat .venv/pip.log >&2; exit 3; }
  printf '%s' "$wanted" >".venv/.$1"
  # what the tests need includes what the program needs
  if [ "$1" = requirements-test.txt ]; then
    cat requirements.txt requirements.txt pyproject.toml | cksum >.venv/.requirements.txt
  fi
}
