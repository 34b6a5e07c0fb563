import { readFile } from 'node:fs/promises';

/** Where Podman, buildah and CRI-O have their default profile. */
const DEFAULT_PROFILE = '/usr/share/containers/seccomp.json';

/** Which system calls a container may use, as an OCI runtime takes it. Without architectures: those of this machine only. */
export interface SeccompProfile {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly syscalls: readonly SeccompRule[];
}

interface SeccompRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly unknown[];
}

interface Condition {
  readonly caps?: readonly string[];
  readonly arches?: readonly string[];
}

/** A profile for any container: its rules have conditions, which whoever starts the container decides. */
export interface ConditionalProfile {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly syscalls: readonly (SeccompRule & { readonly includes?: Condition; readonly excludes?: Condition })[];
}

/** The profile RuntimeDefault of CRI-O for a container without any capability. Undefined where it is not installed. */
export async function runtimeDefaultProfile(goarch: string): Promise<SeccompProfile | undefined> {
  const text = await readFile(DEFAULT_PROFILE, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : withoutCapabilities(JSON.parse(text), goarch);
}

/** Decides the conditions of a profile for a container without any capability, on a processor with Go's name `goarch`. */
export function withoutCapabilities(profile: ConditionalProfile, goarch: string): SeccompProfile {
  const { defaultAction, defaultErrnoRet, syscalls } = profile;
  return {
    defaultAction,
    ...(defaultErrnoRet === undefined ? {} : { defaultErrnoRet }),
    syscalls: syscalls
      .filter(({ includes, excludes }) => {
        if ((includes?.caps ?? []).length > 0) return false;
        if (includes?.arches !== undefined && !includes.arches.includes(goarch)) return false;
        return !(excludes?.arches ?? []).includes(goarch);
      })
      .map(({ names, action, errnoRet, args }) => ({
        ...{ names, action },
        ...(errnoRet === undefined ? {} : { errnoRet }),
        ...(args === undefined || args === null || args.length === 0 ? {} : { args }),
      })),
  };
}
