import { announce } from '#renderer/lib/notices.ts';
import {
  activeDocument,
  changeBeside,
  changeCircuit,
} from '#renderer/lib/workspace/workspace-store.ts';

/** Declares one more parameter under a name that is free. */
export function addParameter(): void {
  const circuit = activeDocument()?.drawn;
  if (circuit === undefined) return;
  const { parameters, qubitRegisters, bitRegisters, definitions } = circuit;
  const taken = new Set(
    [...parameters, ...qubitRegisters, ...bitRegisters, ...definitions].map(({ name }) => name),
  );
  const usual = ['theta', 'phi', 'lambda', 'alpha', 'beta', 'gamma', 'delta'];
  let name = usual.find((one) => !taken.has(one)) ?? 'theta2';
  for (let number = 3; taken.has(name); number += 1) name = `theta${number}`;
  const done = changeCircuit([{ kind: 'add-parameter', name }], `Parameter ${name} added.`);
  if (done) focusParameter(name);
}

export function removeParameter(name: string): void {
  changeCircuit([{ kind: 'remove-parameter', name }], `Parameter ${name} removed.`);
}

/** Renames a parameter in the whole text; its value and range go along. */
export function renameParameter(key: string, name: string, to: string): void {
  const label = `Parameter ${name} is now ${to}.`;
  if (!changeCircuit([{ kind: 'rename-parameter', name, to }], label)) return;
  changeBeside(key, ({ parameters }) => {
    const setting = parameters[name];
    return setting === undefined ? {} : { parameters: { ...parameters, [to]: setting } };
  });
}

/** Takes the keyboard to the sliders. */
export function goToParameters(): void {
  const slider = document.querySelector<HTMLElement>('[data-parameter]');
  if (slider === null) {
    announce('This circuit has no named parameters. Type a name such as theta as an angle.');
  } else slider.focus();
}

function focusParameter(name: string): void {
  // The slider is there once the strip is drawn.
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-parameter="${name}"]`)?.focus();
  });
}
