/** A property is tried with few inputs for each mutant, always the same ones. */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: 1, interruptAfterTimeLimit: 100, markInterruptAsFailure: false, endOnFailure: true });
