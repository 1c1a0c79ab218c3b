# The program and its licences, and nothing else. The context holds one folder for each architecture, as unpacked
# from the release archives of the static Linux builds:
#   docker run --rm -v "$PWD:/work:ro" IMAGE check docs/decisions
FROM scratch
ARG TARGETARCH
COPY ${TARGETARCH}/mesh-advisor /mesh-advisor
COPY ${TARGETARCH}/LICENSE-APACHE ${TARGETARCH}/LICENSE-MIT /licenses/
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/mesh-advisor"]
