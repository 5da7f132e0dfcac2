# One stage builds the frontend, one installs the packages; their tools do not come along.
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
WORKDIR /srv/bigroom
RUN python -m venv /opt/bigroom
COPY requirements.lock ./
RUN /opt/bigroom/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app/ app/
COPY migrations/ migrations/
# Editable: the `bigroom` command finds the code where it lies, and beside it migrations and frontend.
RUN /opt/bigroom/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && /opt/bigroom/bin/pip uninstall --yes pip

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home bigroom \
    && install --directory --owner bigroom --group bigroom --mode 0700 /data
WORKDIR /srv/bigroom
COPY --from=packages /opt/bigroom /opt/bigroom
COPY --from=packages /srv/bigroom ./
COPY --from=frontend /build/dist frontend/dist
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
