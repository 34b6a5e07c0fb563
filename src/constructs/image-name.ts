import { containerImage, version } from '../../package.json';

/**
 * The operator of this package's version. `containerImage` of package.json is the one place where it is named: a release
 * writes the registry that it publishes to, and a checkout has no registry but the machine itself.
 */
export const DEFAULT_IMAGE = `${containerImage}:${version}`;

const PART = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*';
const DOMAIN = '([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[0-9]+)?/)?';

/**
 * Name of a container image as container runtimes take it, with or without registry, tag and digest, as a pattern that
 * JSON schema has too.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
export const IMAGE_NAME = `^${DOMAIN}${PART}(/${PART})*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[a-z0-9]+:[0-9a-f]{32,})?$`;
