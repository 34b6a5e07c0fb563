import type { Target } from '../target';
import { decisionDumps } from './decision-dumps';
import { decoding } from './decoding';
import { guestTexts } from './guest-texts';
import { inventoryUpdates } from './inventory-updates';
import { manifests } from './manifests';
import { storedGroups } from './stored-groups';
import { storedVCenters } from './stored-vcenters';
import { answersOverHttps, answersOverSoap } from './transport-answers';

export const TARGETS: readonly Target[] = [
  ...[storedGroups, storedVCenters, guestTexts, manifests, decisionDumps],
  ...[decoding, answersOverHttps, answersOverSoap, inventoryUpdates],
];
