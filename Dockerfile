# The server and the worker: one image, two commands. The database is PostgreSQL's own image, see docker-compose.yml.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/run.mjs build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production THROUGHLINE_LOG=json
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/server/reports ./server/reports
COPY --from=build /app/etl/mappings ./etl/mappings
RUN install -d -o node -g node /data
ENV DATA_DIR=/data
VOLUME /data
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=8", "--liftoff-only", "dist/server/main.js"]
