/** `npm run bench -- NAME`: figures of ours beside those of what a user would use instead, measured in one run. */
import { benchBudget } from './budget/bench';
import { benchClones } from './clones/bench';
import { benchDecisions } from './decisions/bench';
import { benchFleet } from './fleet/bench';
import { benchGroups } from './groups/bench';
import { benchHandOvers } from './hand-overs/bench';
import { benchHostile } from './hostile/bench';
import { benchKit } from './kit/bench';
import { benchKubernetes } from './kubernetes/bench';
import { benchPlan } from './plan/bench';
import { benchRepair } from './repair/bench';
import { benchScale } from './scale/bench';
import { benchScrape } from './scrape/bench';
import { benchStatus } from './status/bench';
import { benchVCenters } from './vcenters/bench';
import { benchVsphere } from './vsphere/bench';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  budget: benchBudget,
  clones: benchClones,
  decisions: benchDecisions,
  fleet: benchFleet,
  groups: benchGroups,
  'hand-overs': benchHandOvers,
  hostile: benchHostile,
  kit: benchKit,
  kubernetes: benchKubernetes,
  plan: benchPlan,
  repair: benchRepair,
  scale: benchScale,
  scrape: benchScrape,
  status: benchStatus,
  vcenters: benchVCenters,
  vsphere: benchVsphere,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(BENCHES).join(' | ')}\n`);
  process.exit(2);
}
bench(args).then(
  // A bench whose figures break a promise has set the exit code.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
