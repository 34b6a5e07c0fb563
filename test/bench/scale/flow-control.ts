/** What the API server's priority and fairness, as it is by default, made of the requests of the operator. */
import { type ApiServer, adminRequest } from '../../envtest/real-parts';

export interface FlowControlFigures {
  /** Requests that got a turn. */
  readonly taken: number;
  readonly refused: number;
  /** Of all of them, until their turn. */
  readonly waitedS: number;
}

/** The administrator is exempt, so what counts is the operator's. Source: the API server's metrics `apiserver_flowcontrol_*`. */
export async function flowControlOf(server: ApiServer): Promise<FlowControlFigures> {
  const { body } = await adminRequest(server, 'GET', '/metrics', undefined, new AbortController().signal);
  const sum = (name: string) =>
    [...body.matchAll(new RegExp(`^apiserver_flowcontrol_${name}\\{([^}]*)\\} (\\S+)$`, 'gm'))]
      .filter(([, labels = '']) => !labels.includes('priority_level="exempt"'))
      .reduce((total, [, , value]) => total + Number(value), 0);
  return {
    taken: sum('dispatched_requests_total'),
    refused: sum('rejected_requests_total'),
    waitedS: sum('request_wait_duration_seconds_sum'),
  };
}
