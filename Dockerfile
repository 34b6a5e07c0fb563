# The operator as a container image:
#
#   docker build -t codeconnect-vm-operator:0.1.0 .
#
# It holds Node and one file. The user is the one that the Deployment runs it as; nothing is written to the file system,
# so the root may be read-only. A release gives NODE_IMAGE with its digest.
ARG NODE_IMAGE=node:24.21.0-slim

FROM ${NODE_IMAGE} AS build
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

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="codeconnect-vm-operator" \
      org.opencontainers.image.description="Declarative virtual machine groups on plain vCenter" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
COPY --from=build /src/lib/vm-operator.js.LEGAL.txt /usr/share/doc/vm-operator/
COPY --from=build /src/lib/vm-operator.js /usr/local/bin/vm-operator
USER 65532:65532
ENTRYPOINT ["node", "/usr/local/bin/vm-operator"]
CMD ["run"]
