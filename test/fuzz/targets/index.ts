import type { Target } from '../target';
import { decoding } from './decoding';
import { inventoryUpdates } from './inventory-updates';
import { answersOverHttps, answersOverSoap } from './transport-answers';

export const TARGETS: readonly Target[] = [decoding, answersOverHttps, answersOverSoap, inventoryUpdates];
