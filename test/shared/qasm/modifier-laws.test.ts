import { describeModifierLaws } from '../../support/describe-modifier-laws.ts';

describeModifierLaws(1);
