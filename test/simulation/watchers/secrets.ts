import { MODEL_ACCOUNT } from '../../fakes/vcenter';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import { GUEST_CANARY } from '../spec';
import type { WatchedWorld, Watcher } from './watcher';

/** R10: no password, session cookie or guest data is in a status, an event or a log. */
export class SecretWatcher implements Watcher {
  constructor(private readonly watched: WatchedWorld) {}

  requestArrives(_process: OperatorProcess, { name, request }: ApiCall): void {
    if (request.body !== undefined) this.#check(JSON.stringify(request.body), name);
  }

  logged(_process: OperatorProcess, line: string): void {
    this.#check(line, 'the log');
  }

  #check(text: string, where: string): void {
    if (text.includes(MODEL_ACCOUNT.password))
      this.watched.violated(`R10: the password of vCenter in ${where}: ${text}`);
    else if (text.includes(GUEST_CANARY)) this.watched.violated(`R10: guest data in ${where}: ${text}`);
    else if (/\bsession-\d/.test(text)) this.watched.violated(`R10: a session's cookie in ${where}: ${text}`);
  }
}
