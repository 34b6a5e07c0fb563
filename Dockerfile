# The operator as a container image:
#
#   docker build -t localhost/codeconnect-vm-operator:0.1.0 .
#
# Without Docker: `npm run image`.
#
# It contains Node and one file of ours. The user is the same as in the Deployment. Nothing is written to the file system,
# so the root file system may be read-only. A release sets NODE_IMAGE to an image with a digest.
ARG NODE_IMAGE=docker.io/library/node:24.21.0-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
# No install scripts: the build needs neither the Node.js of the package `node` nor esbuild's check of its binary.
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
# Licence texts and bill of materials of the packages in the bundle. A scanner of images finds the latter by its name.
COPY --from=build /src/lib/vm-operator.js.LEGAL.txt /src/lib/vm-operator.cdx.json /usr/share/doc/vm-operator/
COPY --from=build /src/lib/vm-operator.js /usr/local/bin/vm-operator
USER 65532:65532
# Without the first flag SIGUSR1 would open a debugger, which can read all that the process knows. The others give V8's young
# generation one size, of 8 MB: with its 1 MB at first a sync takes a seventh longer, and what it grows to by itself stays.
ENTRYPOINT ["node", "--disable-sigusr1", "--min-semi-space-size=8", "--max-semi-space-size=8", "/usr/local/bin/vm-operator"]
CMD ["run"]
