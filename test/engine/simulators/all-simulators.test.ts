import { simulators } from '#engine/simulators/registry.ts';
import { simulatorConformance } from '#test/support/conformance/simulator.ts';

for (const simulator of simulators) simulatorConformance(simulator);
