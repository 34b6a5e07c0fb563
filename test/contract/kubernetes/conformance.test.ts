import { apiServerConformance } from './conformance-suite';
import { modelWorld } from './model-world';

apiServerConformance('the model of an API server', modelWorld);
