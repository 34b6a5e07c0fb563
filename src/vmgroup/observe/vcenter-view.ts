import { ConditionReason } from '../../api/reasons';
import type { VCenterConnection, VsphereFailure } from '../../vsphere/port';
import type { Moment } from '../model/moment';
import type { VCenterView } from '../model/observation';
import type { SelectedVCenter, VCenterSelection } from '../model/port';
import { vcenterForPeople } from '../model/vcenter-name';

/** How long a lost or refused connection is not shown in the status: a reconnect usually takes less. */
export const CONNECTION_GRACE_MS = 30_000;

/** The part of a selection that tells it. */
type Selection =
  | Extract<VCenterSelection, { kind: 'None' }>
  | {
      readonly kind: 'Selected';
      readonly vcenter: Pick<SelectedVCenter, 'name' | 'host'> & {
        readonly connection: Pick<VCenterConnection, 'status'>;
      };
    };

/** The state of the group's vCenter (R13), and when it changes without an event. */
export function viewVCenter(
  selection: Selection,
  now: Moment,
): { readonly view: VCenterView; readonly requeueAtMs?: number } {
  if (selection.kind === 'None') {
    const { reason, message, isPassing = false } = selection;
    const view = { name: '', reason, message, needsUser: !isPassing, reconnecting: isPassing };
    return { view: { kind: 'Unavailable', ...view } };
  }
  const { name, host, connection } = selection.vcenter;
  const shown = vcenterForPeople(selection.vcenter);
  const { status } = connection;
  switch (status.kind) {
    case 'Ready':
      return {
        view: {
          kind: 'Ready',
          name,
          ...(host !== undefined && { host }),
          instanceUuid: status.about.instanceUuid,
        },
      };
    case 'Connecting':
      return withinGrace(status, now, {
        kind: 'Unavailable',
        name,
        reason: ConditionReason.Unreachable,
        message: `vCenter ${shown} has not been read completely yet`,
        needsUser: false,
        reconnecting: true,
      });
    case 'Failed': {
      const needsUser = NEEDS_USER.has(status.error.code);
      const view = {
        kind: 'Unavailable',
        name,
        reason: REFUSED_LOGIN.has(status.error.code) ? ConditionReason.InvalidCredentials : ConditionReason.Unreachable,
        message: failureMessage(shown, status.error),
        needsUser,
        reconnecting: !needsUser,
      } as const;
      return needsUser ? { view } : withinGrace(status, now, view);
    }
  }
}

function withinGrace(
  status: Extract<VCenterConnection['status'], { sinceMonotonicMs: number }>,
  now: Moment,
  view: Extract<VCenterView, { kind: 'Unavailable' }>,
): { readonly view: VCenterView; readonly requeueAtMs?: number } {
  const endsAtMs = status.sinceMonotonicMs + CONNECTION_GRACE_MS;
  if (now.monotonicMs < endsAtMs) return { view, requeueAtMs: endsAtMs };
  return { view: { ...view, reconnecting: false } };
}

function failureMessage(name: string, error: VsphereFailure): string {
  return `vCenter ${name}: ${error.message}`;
}

const REFUSED_LOGIN: ReadonlySet<string> = new Set([
  'InvalidLogin',
  'FailedAuthentication',
  'PasswordExpired',
  'InvalidToken',
  'CredentialsMissing',
]);

const NEEDS_USER: ReadonlySet<string> = new Set([
  ...REFUSED_LOGIN,
  'CredentialsUnreadable',
  'ClockSkew',
  'StsCertificateInvalid',
  'TLSUntrusted',
  'FingerprintMismatch',
  'CertificateChanged',
  'NotVCenter',
  'Forbidden',
  'NoPermission',
  'VersionUnsupported',
]);
