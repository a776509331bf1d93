import { conformance } from '../../conformance/conformance.js';
import { harness } from './harness.js';

await conformance('gitlab', harness);
