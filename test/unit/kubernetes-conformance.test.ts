import { apiServerConformance } from '../kubernetes/conformance-suite';
import { modelWorld } from '../kubernetes/model-world';

apiServerConformance('the model of an API server', modelWorld);
