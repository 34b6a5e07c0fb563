/**
 * Imported before all that reads or sends: what this process knows, credentials among it, is not for whoever can send it a
 * signal (R10).
 */
import process from 'node:process';

// SIGUSR1 opens Node's debugger unless somebody listens. The image says --disable-sigusr1, which holds from the first
// moment; this holds wherever `vm-operator` is started without it.
process.on('SIGUSR1', () => {});
// A diagnostic report is written only when a flag of Node asks for it. Even then not with VC_PASS in it.
process.report.excludeEnv = true;
