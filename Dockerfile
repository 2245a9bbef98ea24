# Base image and package index are those of the machine that builds:
#   docker build --build-arg BASE=<an image with Python 3.11 or newer> --build-arg PIP_INDEX_URL -t armswatch .
ARG BASE=python:3.12-slim
FROM ${BASE}
ARG PIP_INDEX_URL
WORKDIR /opt/armswatch
COPY requirements/base.txt requirements/base.txt
RUN python3 -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements/base.txt
COPY . .
RUN .venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && useradd --uid 1000 --create-home armswatch \
    && install --directory --owner armswatch /landing /warehouse
USER armswatch
ENV LANDING=/landing WAREHOUSE=/warehouse/analytics.duckdb DO_NOT_TRACK=1
VOLUME /warehouse
ENTRYPOINT ["/opt/armswatch/.venv/bin/armswatch"]
CMD ["run"]
