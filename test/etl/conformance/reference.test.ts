import { conformance } from './conformance.js';
import { reference } from './reference/harness.js';

await conformance('reference', reference);
