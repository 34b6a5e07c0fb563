# The operator as a container image:
#
#   docker build -t codeconnect-vm-operator:0.1.0 .
#
# The user is the one that the Deployment runs it as; nothing is written to the file system.

FROM node:24.21.0-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# No install scripts: the build needs neither the Node of the package `node` nor esbuild's self-check.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY crds crds
COPY imports imports
COPY src src
COPY charts charts
RUN npm run build

FROM node:24.21.0-slim
ENV NODE_ENV=production
COPY --from=build /src/lib/vm-operator.js /usr/local/bin/vm-operator
USER 65532:65532
ENTRYPOINT ["node", "/usr/local/bin/vm-operator"]
CMD ["run"]
