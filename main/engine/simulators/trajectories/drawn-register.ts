import type { Rng } from '#shared/base/rng.ts';
import type { NoiseStep } from '../../noise/model.ts';
import type { UnitaryStep } from '../register.ts';
import { newStore } from '../state-store.ts';
import { Statevector } from '../statevector.ts';
import { type ChannelDraw, channelDrawOf, drawJump, stepOf } from './channel-draws.ts';
import { reducedState, weightOf } from '../reduced-state.ts';

const draws = new WeakMap<NoiseStep, ChannelDraw>();

function drawOf(step: NoiseStep): ChannelDraw {
  const known = draws.get(step) ?? channelDrawOf(step);
  draws.set(step, known);
  return known;
}

/** A pure state of one shot that draws one operator of every channel, for programs run step by step. */
export class DrawnRegister extends Statevector {
  readonly #rng: Rng;

  constructor(qubits: number, precision: 'f32' | 'f64', rng: Rng) {
    super(newStore(qubits, precision));
    this.#rng = rng;
  }

  override applyChannel(step: NoiseStep): void {
    const draw = drawOf(step);
    const steps = draw.kind === 'mixture' ? this.#ofMixture(draw) : this.#ofKraus(draw);
    for (const one of steps) this.applyUnitary(one);
  }

  #ofMixture({ hazard, rates, stay, jumps }: ChannelDraw & { kind: 'mixture' }) {
    const stays = this.#rng.uniform() < Math.exp(-hazard);
    return stays ? stay : (jumps[drawJump(rates, this.#rng)] as readonly UnitaryStep[]);
  }

  #ofKraus({ qubits, stay, jumps }: ChannelDraw & { kind: 'kraus' }): readonly UnitaryStep[] {
    const operators = [stay[0].matrix, ...jumps];
    const reduced = reducedState(this.state, qubits);
    const weights = Float64Array.from(operators, (operator) => weightOf(operator, reduced));
    const which = drawJump(weights, this.#rng);
    const { size, re, im } = operators[which] as (typeof operators)[number];
    const factor = Math.sqrt(this.weight() / (weights[which] as number));
    const scaled = { size, re: re.map((x) => x * factor), im: im.map((x) => x * factor) };
    return [stepOf(qubits, scaled)];
  }
}
