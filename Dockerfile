# diemtin as a container: no shell, no package manager, not root; works on a read-only root with a volume on /data.

FROM docker.io/library/rust:1.95-bookworm AS builder
WORKDIR /src
# rust-toolchain.toml stays outside: it would fetch rustfmt and clippy, which a build does not need.
COPY . .
# The caches keep compiled dependencies between builds; the binary is copied out because they are not layers.
# Cargo goes by times of change: without the touch, sources older than the last build would leave its binary in place.
# /data exists here because the final image has no shell to make a folder that belongs to its user.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    touch src/lib.rs src/main.rs \
    && cargo build --release --locked --bin diemtin \
    && install -D target/release/diemtin /image/usr/local/bin/diemtin \
    && install -D -m 0644 sources.toml /image/etc/diemtin/sources.toml \
    && install -D -m 0644 -t /image/usr/share/doc/diemtin LICENSE-MIT LICENSE-APACHE \
    && install -d /image-data

# glibc, libgcc and a CA bundle, about 25 MB; time zones are compiled into diemtin.
FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="diemtin" \
      org.opencontainers.image.description="A self-hosted news monitor: polls feeds, reads the articles, and alerts once when tracked names appear" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=builder /image/ /
COPY --from=builder --chown=10001:10001 /image-data /data

# A folder, not a file, so that a mounted sources.toml can be replaced by rename, as editors save. What an upgrade of the database
# sorts lies beside it: /tmp may be memory.
ENV DIEMTIN_CONFIG=/etc/diemtin/sources.toml \
    DIEMTIN_DATA_DIR=/data \
    DIEMTIN_LISTEN=0.0.0.0:8080 \
    SQLITE_TMPDIR=/data
# A number, so that orchestrators can verify that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/usr/local/bin/diemtin", "health"]
ENTRYPOINT ["/usr/local/bin/diemtin"]
CMD ["run"]
