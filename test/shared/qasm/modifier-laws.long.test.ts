import { describeModifierLaws } from '../../support/describe-modifier-laws.ts';

/** More with KETBENCH_LAW_ROUNDS. */
describeModifierLaws(Number(process.env.KETBENCH_LAW_ROUNDS ?? 8));
