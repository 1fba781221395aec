# Two stages: the first builds the packages' environment, the second holds only what runs.
FROM python:3.11.13-slim-bookworm@sha256:86adf8dbadc3d6e82ee5dd2c74bec2e1c2467cdad47886280501df722372d2e1 AS build
WORKDIR /app
# without pip in it: nothing is installed where it runs
RUN python -m venv --without-pip /venv
COPY requirements.txt ./
RUN python -m pip --python /venv/bin/python install --no-cache-dir --no-compile --disable-pip-version-check \
        --only-binary :all: --require-hashes -r requirements.txt
COPY bot ./bot
COPY locales ./locales
# compiled here, since the root is read-only where it runs; by hash, so that no file's time matters
RUN python -m compileall -q --invalidation-mode unchecked-hash /venv/lib /app/bot \
    && rm requirements.txt

FROM python:3.11.13-slim-bookworm@sha256:86adf8dbadc3d6e82ee5dd2c74bec2e1c2467cdad47886280501df722372d2e1
LABEL org.opencontainers.image.title="OnRoute" \
      org.opencontainers.image.description="Order tracking in Telegram for stores that run VTEX Pick and Pack" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --uid 10001 --user-group --home-dir /app --no-create-home --shell /usr/sbin/nologin onroute \
    && install -d -o onroute -g onroute -m 0700 /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATABASE_PATH=/data/bot.db
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s CMD ["python", "-m", "bot", "healthcheck"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
