# One stage builds the pages, one installs the package that carries them; their tools do not come along.
#
#   docker build --tag bigroom .
#   docker run --publish 8000:8000 --volume bigroom:/data --env BIGROOM_PUBLIC_URL=http://localhost:8000 bigroom
#
# The log of the first start shows the link with which the first coach sets the house up.

FROM node:22-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM python:3.12-slim AS packages
WORKDIR /build
RUN python -m venv /opt/bigroom
COPY requirements.lock ./
RUN /opt/bigroom/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY app/ app/
COPY migrations/ migrations/
COPY --from=frontend /build/dist frontend/dist
# The wheel carries pages and migrations: nothing of this folder, and none of the tools, is needed afterwards.
RUN /opt/bigroom/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/bigroom/bin/pip uninstall --yes hatchling pathspec pluggy tomlkit trove-classifiers pip

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home bigroom \
    && install --directory --owner bigroom --group bigroom --mode 0700 /data
COPY --from=packages /opt/bigroom /opt/bigroom
ENV PATH=/opt/bigroom/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIGROOM_HOST=0.0.0.0 \
    BIGROOM_PORT=8000 \
    BIGROOM_DATA=/data
USER bigroom
VOLUME /data
EXPOSE 8000
# Alive is enough here: a server whose disk is full still shows everybody the room.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['BIGROOM_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["bigroom"]
CMD ["serve"]
