export type { AccessProof, ProofAnswer, ProofDifference, ProofRow } from '../../model/review/access-proof';
export { readStacks, type Stacks, type SynthesizedStack } from '../synthesized/read-stacks';
export { proveSynthesized } from './prove-synthesized';
