# need_tools [GROUP]: the system tools that cfn-lint (python) and the local AWS (python, compiler) need; without GROUP, all.
# Debian's packages are installed when this is root's machine. Where they come from is the machine's business and stays as it is.

# A group, a Debian package, and a command that succeeds when what the package brings is there, however it came.
tools=(
  'python   python3      python3 -c "import sys; sys.exit(sys.version_info < (3, 11))"'
  'python   python3-venv python3 -c "import ensurepip, venv"'
  'python   util-linux   flock --version'
  'compiler gcc          gcc --version'
  'compiler make         make --version'
  'compiler libssl-dev   gcc -E -x c -include openssl/ssl.h /dev/null'
  'compiler dpkg-dev     dpkg-source --version'
  'compiler pkgconf      pkg-config --version'
  'compiler openssl      openssl version'
)

missing_packages() { # GROUP
  local tool group package probe
  for tool in "${tools[@]}"; do
    read -r group package probe <<<"$tool"
    [[ $1 == all || $1 == "$group" ]] && { eval "$probe" >/dev/null 2>&1 || echo -n "$package "; }
  done
}

need_tools() {
  local group=${1:-all} missing
  missing=$(missing_packages "$group")
  if [[ -z $missing ]]; then
    echo 'no system tool is missing'
    return
  fi
  echo "missing Debian packages: $missing"
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo 'Install them, or what brings the same: only as root on Debian they are installed from here.'
    return 1
  fi
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive bash -ec 'apt-get update --quiet; apt-get install --quiet --yes --no-install-recommends "$@"' - $missing || return
  missing=$(missing_packages "$group")
  [[ -z $missing ]] || { echo "still missing after the installation: $missing"; return 1; }
}
