import type { Target } from '../target';
import { guestTexts } from './guest-texts';
import { manifests } from './manifests';
import { storedGroups } from './stored-groups';

export const TARGETS: readonly Target[] = [storedGroups, guestTexts, manifests];
