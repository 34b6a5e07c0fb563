import path from 'node:path';

/**
 * The three programs that the demo and the integration tests run, and how Go builds them. The versions are those that
 * modules/go.mod pins; a unit test compares them.
 */
export type ProgramName = 'kube-apiserver' | 'etcd' | 'vcsim';

export interface Program {
  readonly name: ProgramName;
  readonly version: string;
  /** Value of `go build -ldflags`. */
  readonly linkerFlags: string;
  /** Measured on 2 cores, with an empty build cache of Go. */
  readonly typicalColdBuildMs: number;
}

const STRIPPED = '-s -w';
const VERSION_VARIABLE = '-X k8s.io/component-base/version.git';

export const KUBERNETES_VERSION = 'v1.36.3';

/** Small programs first, so that a broken toolchain shows within seconds. */
export const PROGRAMS: Readonly<Record<ProgramName, Program>> = {
  vcsim: { name: 'vcsim', version: 'v0.56.0', linkerFlags: STRIPPED, typicalColdBuildMs: 60_000 },
  etcd: { name: 'etcd', version: 'v3.6.8', linkerFlags: STRIPPED, typicalColdBuildMs: 40_000 },
  'kube-apiserver': {
    name: 'kube-apiserver',
    version: KUBERNETES_VERSION,
    // Without these kube-apiserver has the version v0.0.0, and kubectl warns about version skew.
    linkerFlags: `${STRIPPED} ${VERSION_VARIABLE}Version=${KUBERNETES_VERSION} ${VERSION_VARIABLE}Major=1 ${VERSION_VARIABLE}Minor=36`,
    typicalColdBuildMs: 300_000,
  },
};

/** The Go module, with one main package per program. */
export const MODULES_FOLDER = path.join(__dirname, '..', 'modules');
