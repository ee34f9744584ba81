# `just` alone lists what can be done. Each recipe is one plain command, for those without just.

# What builds images: docker, podman or buildah, as in `just builder=buildah image`.
builder := env("IMAGE_BUILDER", "docker")
image := "diemtin"
# Buildah writes HEALTHCHECK only into images of Docker's format.
builder_options := if builder == "buildah" { "--format docker --isolation chroot --layers" } else { "" }
# Further options, as in the note on base-images below.
options := ""

_default:
    @just --list --unsorted

# Everything that has to hold before a change is taken
check:
    .ci/run

# All tests
test *arguments:
    cargo test --locked {{ arguments }}

# Formatting and lints
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings

# The code's documentation, warnings as errors
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

# The whole product on an invented newsroom, no network needed
demo *arguments:
    cargo run --locked -- demo {{ arguments }}

# Licences, banned crates and registries of the dependencies (cargo install --locked cargo-deny)
deny:
    cargo deny --log-level error check bans licenses sources

# Spelling of code and English texts (cargo install --locked typos-cli)
spelling:
    typos

# The container image
image:
    {{ builder }} build {{ builder_options }} {{ options }} --tag {{ image }} .

# The Dockerfile and the shell code (hadolint, shellcheck)
lint-image:
    hadolint Dockerfile
    shellcheck .ci/run

# Where no image registry can be reached, Debian's packages and this machine's Rust stand in for the two base images
# (as root on Debian 12, with buildah and debootstrap installed):
#     just base-images FOLDER
#     just builder=buildah options="--pull-never --volume $(rustc --print sysroot):/usr/local/rust:ro" image
# Stand-ins for the base images, where no image registry can be reached
base-images folder:
    mkdir -p {{ folder }}/final/etc/ssl/certs {{ folder }}/packages
    debootstrap --variant=minbase --include=gcc,libc6-dev,ca-certificates bookworm {{ folder }}/builder
    cp /etc/ssl/certs/ca-certificates.crt {{ folder }}/builder/etc/ssl/certs/
    cp /etc/ssl/certs/ca-certificates.crt {{ folder }}/final/etc/ssl/certs/
    cd {{ folder }}/packages && apt-get download base-files netbase gcc-12-base libc6 libgcc-s1 libstdc++6
    for package in {{ folder }}/packages/*.deb; do dpkg-deb --extract "$package" {{ folder }}/final; done
    printf 'FROM scratch\nADD builder /\nENV CARGO_HOME=/usr/local/cargo PATH=/usr/local/rust/bin:/usr/bin:/bin\n' \
        | buildah build --format docker --file - --tag docker.io/library/rust:1.95-bookworm {{ folder }}
    printf 'FROM scratch\nADD final /\nENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\nUSER 65532\n' \
        | buildah build --format docker --file - --tag gcr.io/distroless/cc-debian12:nonroot {{ folder }}
