# Two stages: the first builds the app, the second runs it with nothing but what running needs.

FROM node:24-slim AS build
WORKDIR /downbeat
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node server/start-build.ts

FROM node:24-slim
WORKDIR /downbeat
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4380 DOWNBEAT_DATA=/data
COPY package.json package-lock.json .npmrc ./
# Without the optional Node of package.json: the image brings its own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
	&& npm cache clean --force \
	&& install --directory --owner=node --group=node --mode=0700 /data
COPY server server
COPY src/lib src/lib
COPY --from=build /downbeat/build build
USER node
# Everything that is written goes here; the rest may be mounted read-only.
VOLUME /data
EXPOSE 4380
# A start after the power went reads the whole database first.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
	CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: it hears SIGTERM, drains, and ends with 0.
CMD ["node", "server/main.ts"]
